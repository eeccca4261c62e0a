package com.opendxl.client;

import io.github.dxlcdi.client.service.RegistryText;

/** Topics of the service registry, and the system properties that a client reads when its configuration is made. */
public abstract class Constants {
    /** Event: a service was registered. */
    public static final String DXL_SERVICE_REGISTER_TOPIC = "/mcafee/event/dxl/svcregistry/register";

    /** Request that registers a service. */
    public static final String DXL_SERVICE_REGISTER_REQUEST_TOPIC = RegistryText.REGISTER;

    /** Event: a service was unregistered. */
    public static final String DXL_SERVICE_UNREGISTER_TOPIC = "/mcafee/event/dxl/svcregistry/unregister";

    /** Request that ends a service's registration. */
    public static final String DXL_SERVICE_UNREGISTER_REQUEST_TOPIC = RegistryText.UNREGISTER;

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
    public static final String MQTT_TIME_TO_WAIT = "dxlClient.mqtt.timeToWait";

    /** How long each step of an attempt to connect may take, s; default 30. */
    public static final String MQTT_CONNECT_TIMEOUT = "dxlClient.mqtt.connectTimeout";

    /** How long leaving a broker may take, s; default 60. */
    public static final String MQTT_DISCONNECT_TIMEOUT = "dxlClient.mqtt.disconnectTimeout";

    /** How long each broker's TCP port may take to answer when brokers are sorted, ms; default 2000. */
    public static final String SYSPROP_CONNECT_TIMEOUT = "dxlClient.brokerConnectTimeout";

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

    /** For subclasses, which inherit the names. */
    public Constants() {}
}
