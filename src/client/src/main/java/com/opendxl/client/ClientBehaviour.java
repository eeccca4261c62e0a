package com.opendxl.client;

import io.github.dxlcdi.client.transport.PacketSize;

/** How a client behaves: retries, waits, threads. The part of {@link DxlClientConfig} that is numbers and switches. */
abstract class ClientBehaviour {
    private static final int UNLIMITED_PACKET_SIZE = 0;

    private final boolean disconnectedStrategyDisabled =
            Boolean.getBoolean(Constants.SYSPROP_DISABLE_DISCONNECTED_STRATEGY);
    private final int brokerConnectTimeout = SystemProperty.integer(Constants.SYSPROP_CONNECT_TIMEOUT, 2_000, 1);
    private final long defaultWait = SystemProperty.longInteger(Constants.SYSPROP_DEFAULT_WAIT, 3_600_000, 1);
    private int connectRetries = SystemProperty.integer(Constants.SYSPROP_CONNECT_RETRIES, -1, -1);
    private boolean infiniteReconnectRetries = true;
    private int reconnectDelay = SystemProperty.integer(Constants.SYSPROP_RECONNECT_DELAY, 1_000, 0);
    private int reconnectBackOffMultiplier =
            SystemProperty.integer(Constants.SYSPROP_RECONNECT_BACK_OFF_MULTIPLIER, 2, 1);
    private long reconnectDelayMax = SystemProperty.longInteger(Constants.SYSPROP_MAX_RECONNECT_DELAY, 60_000, 0);
    private float reconnectDelayRandom = SystemProperty.fraction(Constants.SYSPROP_RECONNECT_DELAY_RANDOM, 0.25f);
    private long operationTimeToWait = SystemProperty.longInteger(Constants.MQTT_TIME_TO_WAIT, 120_000, 1);
    private int connectTimeout = SystemProperty.integer(Constants.MQTT_CONNECT_TIMEOUT, 30, 1);
    private int disconnectTimeout = SystemProperty.integer(Constants.MQTT_DISCONNECT_TIMEOUT, 60, 0);
    private int keepAliveInterval = SystemProperty.integer(Constants.SYSPROP_MQTT_KEEP_ALIVE_INTERVAL, 60, 0);
    private int incomingMessageThreadPoolSize =
            SystemProperty.integer(Constants.SYSPROP_INCOMING_MESSAGE_THREAD_POOL_SIZE, 1, 1);
    private int incomingMessageQueueSize =
            SystemProperty.integer(Constants.SYSPROP_INCOMING_MESSAGE_QUEUE_SIZE, 16_384, 1);
    private int maxPacketSize =
            SystemProperty.integer("dxlClient.maxPacketSize", PacketSize.BROKER_DEFAULT, UNLIMITED_PACKET_SIZE);
    private boolean httpsHostnameVerificationEnabled;

    ClientBehaviour() {}

    /** How long the answer to a request is awaited when nothing is said, ms. */
    long defaultWait() {
        return defaultWait;
    }

    /** How long each broker may take to answer when they are compared, ms. */
    int brokerConnectTimeout() {
        return brokerConnectTimeout;
    }

    /** Whether a client does nothing by itself when its connection is lost. */
    boolean disconnectedStrategyDisabled() {
        return disconnectedStrategyDisabled;
    }

    /** Passes over all brokers after the first one, by {@link DxlClient#connect()}; -1: without end. */
    public int getConnectRetries() {
        return connectRetries;
    }

    /** Sets it; any negative number: without end. The default is -1, or {@code dxlClient.connectRetries}. */
    public void setConnectRetries(int connectRetries) {
        this.connectRetries = connectRetries;
    }

    /** Whether a lost connection is sought without end, whatever {@link #getConnectRetries()} says. */
    public boolean isInfiniteReconnectRetries() {
        return infiniteReconnectRetries;
    }

    /** Sets it; the default is true. With false {@link #getConnectRetries()} counts after a loss as it does at first. */
    public void setInfiniteReconnectRetries(boolean infiniteReconnectRetries) {
        this.infiniteReconnectRetries = infiniteReconnectRetries;
    }

    /** The first pause between two passes, ms. */
    public int getReconnectDelay() {
        return reconnectDelay;
    }

    /** Sets it, ms; less than 10 counts as 10. The default is 1,000, or {@code dxlClient.reconnectDelay}. */
    public void setReconnectDelay(int reconnectDelay) {
        this.reconnectDelay = reconnectDelay;
    }

    /** The longest pause between two passes, ms, without its random part. */
    public long getReconnectDelayMax() {
        return reconnectDelayMax;
    }

    /** Sets it, ms; less than 10 counts as 10. The default is 60,000, or {@code dxlClient.maxReconnectDelay}. */
    public void setReconnectDelayMax(long reconnectDelayMax) {
        this.reconnectDelayMax = reconnectDelayMax;
    }

    /** The factor from one pause to the next. */
    public int getReconnectBackOffMultiplier() {
        return reconnectBackOffMultiplier;
    }

    /** Sets it; 1 or more, 1: the pauses don't grow. The default is 2, or {@code dxlClient.reconnectBackOffMultiplier}. */
    public void setReconnectBackOffMultiplier(int reconnectBackOffMultiplier) {
        this.reconnectBackOffMultiplier = reconnectBackOffMultiplier;
    }

    /** The largest random part added to a pause, as a fraction of it, 0 to 1. */
    public float getReconnectDelayRandom() {
        return reconnectDelayRandom;
    }

    /**
     * Sets it. The default is 0.25, or {@code dxlClient.reconnectDelayRandom}.
     *
     * @throws IllegalArgumentException outside 0 to 1
     */
    public void setReconnectDelayRandom(float reconnectDelayRandom) {
        if (!(reconnectDelayRandom >= 0 && reconnectDelayRandom <= 1)) {
            throw new IllegalArgumentException("The random part is " + reconnectDelayRandom + ", expected 0 to 1");
        }
        this.reconnectDelayRandom = reconnectDelayRandom;
    }

    /** How long the broker's answer to a SUBSCRIBE or UNSUBSCRIBE is awaited, and room for a message to send, ms. */
    public long getOperationTimeToWait() {
        return operationTimeToWait;
    }

    /** Sets it, ms, 1 or more. The default is 120,000, or {@code dxlClient.mqtt.timeToWait}. */
    public void setOperationTimeToWait(long operationTimeToWait) {
        this.operationTimeToWait = operationTimeToWait;
    }

    /** How long each step of an attempt may take, s: TCP; TLS and the broker's acceptance; the subscriptions. */
    public int getConnectTimeout() {
        return connectTimeout;
    }

    /** Sets it, s, 1 or more. The default is 30, or {@code dxlClient.mqtt.connectTimeout}. */
    public void setConnectTimeout(int connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /**
     * How long a broker may take to read what was sent to it, before the client leaves it, s: on {@link
     * DxlClient#disconnect()}, {@link DxlClient#reconnect()} and when certificates are reloaded. Most brokers take
     * milliseconds.
     */
    public int getDisconnectTimeout() {
        return disconnectTimeout;
    }

    /** Sets it, s; 0: the client does not wait. The default is 60, or {@code dxlClient.mqtt.disconnectTimeout}. */
    public void setDisconnectTimeout(int disconnectTimeout) {
        this.disconnectTimeout = disconnectTimeout;
    }

    /**
     * How long the broker may be silent, s; a dead one is noticed within one and a half of it. 0: for ever. The default is
     * 60, not the 1800 of the OpenDXL Java client, which notices a dead broker after half an hour.
     */
    public int getKeepAliveInterval() {
        return keepAliveInterval;
    }

    /**
     * Sets it, s. The default is 60, or {@code dxlClient.mqtt.keepAliveInterval}.
     *
     * @throws IllegalArgumentException if negative
     */
    public void setKeepAliveInterval(int keepAliveInterval) throws IllegalArgumentException {
        if (keepAliveInterval < 0) {
            throw new IllegalArgumentException("The keep alive interval is " + keepAliveInterval + " s, expected >= 0");
        }
        this.keepAliveInterval = keepAliveInterval;
    }

    /** Number of threads that call callbacks; with 1, the default, messages come in the order of their arrival. */
    public int getIncomingMessageThreadPoolSize() {
        return incomingMessageThreadPoolSize;
    }

    /** Sets it; less than 1 counts as 1. The default is 1, or {@code dxlClient.incomingMessageThreadPoolSize}. */
    public void setIncomingMessageThreadPoolSize(int incomingMessageThreadPoolSize) {
        this.incomingMessageThreadPoolSize = Math.max(1, incomingMessageThreadPoolSize);
    }

    /** Number of messages that may wait for these threads before the client stops reading from the network. */
    public int getIncomingMessageQueueSize() {
        return incomingMessageQueueSize;
    }

    /** Sets it; less than 1 counts as 1. The default is 16,384, or {@code dxlClient.incomingMessageQueueSize}. */
    public void setIncomingMessageQueueSize(int incomingMessageQueueSize) {
        this.incomingMessageQueueSize = Math.max(1, incomingMessageQueueSize);
    }

    /**
     * The largest message that is sent, in bytes of its MQTT packet: the body, the topic, and up to seven bytes more.
     * 0: as large as MQTT allows, 268,435,460.
     */
    public int getMaxPacketSize() {
        return maxPacketSize;
    }

    /**
     * Sets it. The default is 1,048,576, or {@code dxlClient.maxPacketSize}: a DXL broker closes the connection that
     * brings more, unless its {@code messageSizeLimit} says otherwise. To send a larger message is a DxlException, and
     * nothing is sent.
     *
     * @throws IllegalArgumentException if negative
     */
    public void setMaxPacketSize(int maxPacketSize) {
        if (maxPacketSize < 0) {
            throw new IllegalArgumentException(
                    "The largest packet is " + maxPacketSize + " bytes, expected 0 for no limit, or more");
        }
        this.maxPacketSize = maxPacketSize;
    }

    /** Whether the broker's certificate must name its host; default broker certificates do not, so this is off. */
    public boolean isHttpsHostnameVerificationEnabled() {
        return httpsHostnameVerificationEnabled;
    }

    /** Sets it; the default is false. The brokers' authority is checked in any case. */
    public void setHttpsHostnameVerificationEnabled(boolean httpsHostnameVerificationEnabled) {
        this.httpsHostnameVerificationEnabled = httpsHostnameVerificationEnabled;
    }
}
