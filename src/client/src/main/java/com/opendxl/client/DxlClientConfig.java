package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.util.UuidGenerator;
import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.config.ClientConfigFile;
import io.github.dxlcdi.client.config.ProxyAddress;
import io.github.dxlcdi.client.connection.BackOff;
import io.github.dxlcdi.client.connection.ConnectionSettings;
import io.github.dxlcdi.client.spi.TlsSettings;
import io.github.dxlcdi.client.tls.CredentialSource;
import io.github.dxlcdi.client.tls.TlsProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link DxlClient} needs to join a fabric: brokers, certificates and how it behaves. It is read when the client is
 * made, the numbers of retries at each connect; other changes have no effect on that client. Not safe for use by several
 * threads.
 */
public class DxlClientConfig implements TlsSettings {
    private final List<Broker> brokers;
    private final String brokerCaBundlePath;
    private final String certFile;
    private final String privateKey;
    private String uniqueId = UuidGenerator.generateIdAsString();
    private int connectRetries = Integer.getInteger("dxlClient.connectRetries", -1);
    private boolean infiniteReconnectRetries = true;
    private int reconnectDelay = Integer.getInteger("dxlClient.reconnectDelay", 1_000);
    private int reconnectBackOffMultiplier = Integer.getInteger("dxlClient.reconnectBackOffMultiplier", 2);
    private long reconnectDelayMax = Long.getLong("dxlClient.maxReconnectDelay", 60_000);
    private float reconnectDelayRandom = Float.parseFloat(System.getProperty("dxlClient.reconnectDelayRandom", "0.25"));
    private long operationTimeToWait = Long.getLong("dxlClient.mqtt.timeToWait", 120_000);
    private int connectTimeout = Integer.getInteger("dxlClient.mqtt.connectTimeout", 30);
    private int keepAliveInterval = Integer.getInteger("dxlClient.mqtt.keepAliveInterval", 60);
    private int incomingMessageThreadPoolSize = Integer.getInteger("dxlClient.incomingMessageThreadPoolSize", 1);
    private int incomingMessageQueueSize = Integer.getInteger("dxlClient.incomingMessageQueueSize", 16_384);
    private boolean httpsHostnameVerificationEnabled;
    private String proxyAddress;
    private int proxyPort;
    private String proxyUserName;
    private char[] proxyPassword;
    private char[] privateKeyPassword;
    private TlsProvider tlsProvider = TlsProvider.named(System.getProperty("dxlClient.tlsProvider", "auto"));

    /** A configuration without brokers and certificates, with an id made at random; for subclasses that bring them. */
    protected DxlClientConfig() {
        this("", "", "", List.of());
    }

    /** The same with a given id. */
    protected DxlClientConfig(String uniqueId) {
        this();
        this.uniqueId = uniqueId;
    }

    /**
     * A configuration made by hand. Where a path is asked for, the PEM text itself may stand.
     *
     * @param brokerCaBundlePath the certificate authorities of the fabric's brokers, PEM
     * @param certFile the client's certificate, PEM, its issuers may follow; or the path of a key store of the kind PKCS#12,
     *     {@code .p12} or {@code .pfx}, with all of them
     * @param privateKey the key of the certificate: PKCS#8, PKCS#1 or SEC 1, PEM, encrypted or not; or the path of a key
     *     store; empty: it is in that of the certificate
     * @param brokers the brokers, in the order in which they are tried
     */
    public DxlClientConfig(String brokerCaBundlePath, String certFile, String privateKey, List<Broker> brokers) {
        this.brokerCaBundlePath = brokerCaBundlePath;
        this.certFile = certFile;
        this.privateKey = privateKey;
        this.brokers = new ArrayList<>(brokers);
    }

    /**
     * Reads a {@code dxlclient.config}, as provisioning writes it.
     *
     * @throws DxlException naming the file and what is wrong in it
     */
    public static DxlClientConfig createDxlConfigFromFile(String fileName) throws DxlException {
        ClientConfigFile file = ClientConfigFile.read(Path.of(fileName));
        DxlClientConfig config = new DxlClientConfig(
                file.caBundle(),
                file.certificate(),
                file.privateKey(),
                file.brokers().stream().map(Broker::new).toList());
        file.clientId().ifPresent(config::setUniqueId);
        return config;
    }

    /** All of it as the connection wants it; loads the certificates. */
    ConnectionSettings connectionSettings() throws DxlException {
        List<BrokerAddress> addresses = brokers.stream().map(Broker::address).toList();
        if (addresses.isEmpty()) {
            throw new DxlException("No broker is configured");
        }
        for (BrokerAddress address : addresses) {
            if (address.webSocket()) {
                throw new DxlException("Broker " + address + " speaks web sockets, which this version does not know");
            }
        }
        return new ConnectionSettings(
                uniqueId,
                addresses,
                proxyAddress == null
                        ? Optional.empty()
                        : Optional.of(new ProxyAddress(proxyAddress, proxyPort, proxyUserName, proxyPassword)),
                CredentialSource.load(brokerCaBundlePath, certFile, privateKey, privateKeyPassword),
                tlsProvider,
                httpsHostnameVerificationEnabled,
                Duration.ofSeconds(keepAliveInterval),
                Duration.ofSeconds(connectTimeout),
                Duration.ofMillis(operationTimeToWait),
                new BackOff.Settings(
                        Duration.ofMillis(reconnectDelay),
                        Duration.ofMillis(reconnectDelayMax),
                        reconnectBackOffMultiplier,
                        reconnectDelayRandom));
    }

    /** Path or text of the brokers' certificate authorities. */
    public String getBrokerCaBundlePath() {
        return brokerCaBundlePath;
    }

    /** The client's id; made at random if it was not set. */
    public String getUniqueId() {
        return uniqueId;
    }

    public void setUniqueId(String uniqueId) {
        this.uniqueId = uniqueId;
    }

    /** The brokers, in the order in which they are tried. */
    public List<Broker> getBrokerList() {
        return brokers;
    }

    /** Passes over all brokers after the first one, by {@link DxlClient#connect()}; -1: without end. */
    public int getConnectRetries() {
        return connectRetries;
    }

    public void setConnectRetries(int connectRetries) {
        this.connectRetries = connectRetries;
    }

    /** Whether a lost connection is sought without end, whatever {@link #getConnectRetries()} says. */
    public boolean isInfiniteReconnectRetries() {
        return infiniteReconnectRetries;
    }

    public void setInfiniteReconnectRetries(boolean infiniteReconnectRetries) {
        this.infiniteReconnectRetries = infiniteReconnectRetries;
    }

    /** The first pause between two passes, ms. */
    public int getReconnectDelay() {
        return reconnectDelay;
    }

    public void setReconnectDelay(int reconnectDelay) {
        this.reconnectDelay = reconnectDelay;
    }

    /** The longest pause between two passes, ms, without its random part. */
    public long getReconnectDelayMax() {
        return reconnectDelayMax;
    }

    public void setReconnectDelayMax(long reconnectDelayMax) {
        this.reconnectDelayMax = reconnectDelayMax;
    }

    /** The factor from one pause to the next. */
    public int getReconnectBackOffMultiplier() {
        return reconnectBackOffMultiplier;
    }

    public void setReconnectBackOffMultiplier(int reconnectBackOffMultiplier) {
        this.reconnectBackOffMultiplier = reconnectBackOffMultiplier;
    }

    /** The largest random part added to a pause, as a fraction of it, 0 to 1. */
    public float getReconnectDelayRandom() {
        return reconnectDelayRandom;
    }

    /**
     * Sets it.
     *
     * @throws IllegalArgumentException outside 0 to 1
     */
    public void setReconnectDelayRandom(float reconnectDelayRandom) {
        if (!(reconnectDelayRandom >= 0 && reconnectDelayRandom <= 1)) {
            throw new IllegalArgumentException("The random part is " + reconnectDelayRandom + ", expected 0 to 1");
        }
        this.reconnectDelayRandom = reconnectDelayRandom;
    }

    /** How long the broker's answer to a SUBSCRIBE or UNSUBSCRIBE is awaited, ms. */
    public long getOperationTimeToWait() {
        return operationTimeToWait;
    }

    public void setOperationTimeToWait(long operationTimeToWait) {
        this.operationTimeToWait = operationTimeToWait;
    }

    /** How long each step of an attempt may take, s: TCP; TLS and the broker's acceptance; the subscriptions. */
    public int getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(int connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /**
     * How long the broker may be silent, s; a dead one is noticed within one and a half of it. 0: for ever. The default is
     * 60, not the 1800 of the OpenDXL Java client, which notices a dead broker after half an hour.
     */
    public int getKeepAliveInterval() {
        return keepAliveInterval;
    }

    /**
     * Sets it.
     *
     * @throws IllegalArgumentException if negative
     */
    public void setKeepAliveInterval(int keepAliveInterval) {
        if (keepAliveInterval < 0) {
            throw new IllegalArgumentException("The keep alive interval is " + keepAliveInterval + " s, expected >= 0");
        }
        this.keepAliveInterval = keepAliveInterval;
    }

    /** Number of threads that call callbacks; with 1, the default, messages come in the order of their arrival. */
    public int getIncomingMessageThreadPoolSize() {
        return incomingMessageThreadPoolSize;
    }

    /** Sets it; less than 1 counts as 1. */
    public void setIncomingMessageThreadPoolSize(int incomingMessageThreadPoolSize) {
        this.incomingMessageThreadPoolSize = Math.max(1, incomingMessageThreadPoolSize);
    }

    /** Number of messages that may wait for these threads before the client stops reading from the network. */
    public int getIncomingMessageQueueSize() {
        return incomingMessageQueueSize;
    }

    /** Sets it; less than 1 counts as 1. */
    public void setIncomingMessageQueueSize(int incomingMessageQueueSize) {
        this.incomingMessageQueueSize = Math.max(1, incomingMessageQueueSize);
    }

    /** Whether the broker's certificate must name its host; default broker certificates do not, so this is off. */
    public boolean isHttpsHostnameVerificationEnabled() {
        return httpsHostnameVerificationEnabled;
    }

    public void setHttpsHostnameVerificationEnabled(boolean httpsHostnameVerificationEnabled) {
        this.httpsHostnameVerificationEnabled = httpsHostnameVerificationEnabled;
    }

    /** Host name or address of the HTTP proxy on the way to the brokers; null: there is none. */
    public String getProxyAddress() {
        return proxyAddress;
    }

    public void setProxyAddress(String proxyAddress) {
        this.proxyAddress = proxyAddress;
    }

    /** Its port. */
    public int getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(int proxyPort) {
        this.proxyPort = proxyPort;
    }

    /** The login name at the proxy; null: it asks for none. */
    public String getProxyUserName() {
        return proxyUserName;
    }

    public void setProxyUserName(String proxyUserName) {
        this.proxyUserName = proxyUserName;
    }

    /** The password at the proxy. */
    public char[] getProxyPassword() {
        return proxyPassword;
    }

    public void setProxyPassword(char[] proxyPassword) {
        this.proxyPassword = proxyPassword;
    }

    /** The passphrase of an encrypted private key, or of a key store; copied. Null: there is none. */
    @Override
    public void setPrivateKeyPassword(char[] privateKeyPassword) {
        this.privateKeyPassword = privateKeyPassword == null ? null : privateKeyPassword.clone();
    }

    /**
     * Whose TLS is spoken: {@code jdk}; {@code openssl}, with {@code netty-tcnative-boringssl-static} on the class path; {@code
     * auto}, the default: OpenSSL's if it is there. The default is in the system property {@code dxlClient.tlsProvider}.
     *
     * @throws IllegalArgumentException if it is another word
     */
    @Override
    public void setTlsProvider(String tlsProvider) {
        this.tlsProvider = TlsProvider.named(tlsProvider);
    }
}
