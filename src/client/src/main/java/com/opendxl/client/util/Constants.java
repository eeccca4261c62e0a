package com.opendxl.client.util;

/** Topics of the fabric, and the system properties that a client reads when its configuration is made. */
public final class Constants {
    /** Followed by a client's id: where the answers to its requests go. */
    public static final String TOPIC_CLIENT_PREFIX = "/mcafee/client/";

    /** Request that registers a service. */
    public static final String TOPIC_SERVICE_REGISTER = "/mcafee/service/dxl/svcregistry/register";

    /** Request that ends a service's registration. */
    public static final String TOPIC_SERVICE_UNREGISTER = "/mcafee/service/dxl/svcregistry/unregister";

    /** Request for the registered services. */
    public static final String TOPIC_SERVICE_QUERY = "/mcafee/service/dxl/svcregistry/query";

    /** Request for the brokers of the fabric. */
    public static final String TOPIC_BROKER_QUERY = "/mcafee/service/dxl/brokerregistry/query";

    /** Request whether brokers have subscribers of given topics. */
    public static final String TOPIC_BROKER_TOPIC_QUERY = "/mcafee/service/dxl/brokerregistry/topicquery";

    /** Request for a broker's number of subscriptions of a topic. */
    public static final String TOPIC_BROKER_SUBSCRIPTIONS = "/mcafee/service/dxl/broker/subs";

    /** Request for the health of all brokers; each answers. */
    public static final String TOPIC_BROKER_HEALTH = "/mcafee/service/dxl/broker/health";

    /** Request whether a client is connected; only the broker that has it answers. */
    public static final String TOPIC_CLIENT_QUERY = "/mcafee/service/dxl/clientregistry/query";

    /** Event: a service was registered. */
    public static final String TOPIC_EVENT_SERVICE_REGISTERED = "/mcafee/event/dxl/svcregistry/register";

    /** Event: a service was unregistered. */
    public static final String TOPIC_EVENT_SERVICE_UNREGISTERED = "/mcafee/event/dxl/svcregistry/unregister";

    /** Event: brokers joined, left or were bridged otherwise. */
    public static final String TOPIC_EVENT_FABRIC_CHANGE = "/mcafee/event/dxl/fabricchange";

    /** Passes over the brokers after the first one; -1, the default: without end. */
    public static final String SYSPROP_CONNECT_RETRIES = "dxlClient.connectRetries";

    /** First pause between two passes, ms; default 1000. */
    public static final String SYSPROP_RECONNECT_DELAY = "dxlClient.reconnectDelay";

    /** Factor from one pause to the next; default 2. */
    public static final String SYSPROP_RECONNECT_BACK_OFF_MULTIPLIER = "dxlClient.reconnectBackOffMultiplier";

    /** Longest pause between two passes, ms; default 60000. */
    public static final String SYSPROP_MAX_RECONNECT_DELAY = "dxlClient.maxReconnectDelay";

    /** Largest random part of a pause, 0 to 1; default 0.25. */
    public static final String SYSPROP_RECONNECT_DELAY_RANDOM = "dxlClient.reconnectDelayRandom";

    /** How long the broker's answer to a SUBSCRIBE or UNSUBSCRIBE is awaited, ms; default 120000. */
    public static final String SYSPROP_MQTT_TIME_TO_WAIT = "dxlClient.mqtt.timeToWait";

    /** How long each step of an attempt to connect may take, s; default 30. */
    public static final String SYSPROP_MQTT_CONNECT_TIMEOUT = "dxlClient.mqtt.connectTimeout";

    /** How long leaving a broker may take, s; default 60. */
    public static final String SYSPROP_MQTT_DISCONNECT_TIMEOUT = "dxlClient.mqtt.disconnectTimeout";

    /** How long each broker's TCP port may take to answer when brokers are sorted, ms; default 2000. */
    public static final String SYSPROP_BROKER_CONNECT_TIMEOUT = "dxlClient.brokerConnectTimeout";

    /** How long a broker may be silent, s; default 60. */
    public static final String SYSPROP_MQTT_KEEP_ALIVE_INTERVAL = "dxlClient.mqtt.keepAliveInterval";

    /** Number of threads that call callbacks; default 1. */
    public static final String SYSPROP_INCOMING_MESSAGE_THREAD_POOL_SIZE = "dxlClient.incomingMessageThreadPoolSize";

    /** Number of messages that may wait for these threads; default 16384. */
    public static final String SYSPROP_INCOMING_MESSAGE_QUEUE_SIZE = "dxlClient.incomingMessageQueueSize";

    /** How long the answer to a request is awaited when nothing is said, ms; default 3600000. */
    public static final String SYSPROP_DEFAULT_WAIT = "dxlClient.defaultWait";

    /** Known for the sake of programs that set it; without effect, since each request has a deadline of its own. */
    public static final String SYSPROP_ASYNC_CALLBACK_CHECK_INTERVAL = "dxlClient.asyncCallbackCheckInterval";

    /** Whether a client does nothing by itself when its connection is lost; default false. */
    public static final String SYSPROP_DISABLE_DISCONNECTED_STRATEGY = "dxlClient.disableDisconnectedStrategy";

    /** How long a service's registration lasts, in units of {@link #SYSPROP_SERVICE_TTL_RESOLUTION}; default 60. */
    public static final String SYSPROP_SERVICE_TTL_DEFAULT = "dxlClient.service.ttlDefault";

    /** The shortest that it may last, in the same units; default 10. */
    public static final String SYSPROP_SERVICE_TTL_LOWER_LIMIT = "dxlClient.service.ttlLowerLimit";

    /** How long after its end it is still worth unregistering, in the same units; default 10. */
    public static final String SYSPROP_SERVICE_TTL_GRACE_PERIOD = "dxlClient.service.ttlGracePeriod";

    /** The unit of these times: {@code min}, the default, or {@code sec}, for tests. */
    public static final String SYSPROP_SERVICE_TTL_RESOLUTION = "dxlClient.service.ttlResolution";

    private Constants() {}
}
