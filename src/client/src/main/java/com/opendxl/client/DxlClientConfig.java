package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.util.UuidGenerator;
import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.config.ClientConfigFile;
import io.github.dxlcdi.client.config.ProxyAddress;
import io.github.dxlcdi.client.connection.BackOff;
import io.github.dxlcdi.client.connection.ConnectionSettings;
import io.github.dxlcdi.client.spi.GivenText;
import io.github.dxlcdi.client.spi.SendSettings;
import io.github.dxlcdi.client.spi.TlsSettings;
import io.github.dxlcdi.client.tls.CredentialSource;
import io.github.dxlcdi.client.tls.TlsCredentials;
import io.github.dxlcdi.client.tls.TlsProvider;
import io.github.dxlcdi.client.tls.TlsRules;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * What a {@link DxlClient} needs to join a fabric: brokers, certificates and how it behaves. It is read when the client is
 * made, the numbers of retries at each connect; other changes have no effect on that client. Defaults come from the system
 * properties that {@link Constants} names, as they are when the configuration is made.
 *
 * <p>Lists that are given to it are copied, so that it can always be changed; the lists of brokers that it gives are its
 * own, and what is added to them counts. Not safe for use by several threads.
 */
public class DxlClientConfig extends ClientBehaviour implements SendSettings, TlsSettings {
    /** The password of the key store that {@link #getKeyStore()} makes. */
    public static final String KS_PASS = "";

    private static final Pattern UNIQUE_ID = Pattern.compile("[^+#\\p{Cc}]{1,128}");

    private List<Broker> brokers;
    private List<Broker> webSocketBrokers;
    private final String brokerCaBundlePath;
    private final String certFile;
    private final String privateKey;
    private String uniqueId = UuidGenerator.generateIdAsString();
    private boolean uniqueIdGiven;
    private Boolean useWebSockets;
    private String tlsMinVersion;
    private String tlsCiphers;
    private String proxyAddress;
    private int proxyPort;
    private String proxyUserName;
    private char[] proxyPassword;
    private KeyStore keyStore;
    private ConfigOrigin origin = ConfigOrigin.NONE;
    private char[] privateKeyPassword;
    private boolean verifyExtendedKeyUsage = Boolean.getBoolean("dxlClient.verifyExtendedKeyUsage");
    private TlsProvider tlsProvider = TlsProvider.named(System.getProperty("dxlClient.tlsProvider", "auto"));

    /** A configuration without brokers and certificates, with an id made at random; for subclasses that bring them. */
    protected DxlClientConfig() {
        this("", "", "", List.of());
    }

    /** The same with a given id. */
    protected DxlClientConfig(String uniqueId) {
        this();
        setUniqueId(uniqueId);
    }

    /**
     * A configuration made by hand. Where a path is asked for, the PEM text itself may stand.
     *
     * @param brokerCaBundlePath the certificate authorities of the fabric's brokers, PEM
     * @param certFile the client's certificate, PEM, its issuers may follow; or the path of a key store of the kind PKCS#12,
     *     {@code .p12} or {@code .pfx}, with all of them
     * @param privateKey the key of the certificate: PKCS#8, PKCS#1 or SEC 1, PEM, encrypted or not; or the path of a key
     *     store; empty: it is in that of the certificate
     * @param brokers the brokers; of several the first that answers is taken
     */
    public DxlClientConfig(String brokerCaBundlePath, String certFile, String privateKey, List<Broker> brokers) {
        this(brokerCaBundlePath, certFile, privateKey, brokers, List.of());
    }

    /**
     * The same, with brokers that speak web sockets besides; {@link #isUseWebSockets()} says which of the two lists is
     * used.
     */
    public DxlClientConfig(
            String brokerCaBundlePath,
            String certFile,
            String privateKey,
            List<Broker> brokers,
            List<Broker> webSocketBrokers) {
        this.brokerCaBundlePath = brokerCaBundlePath;
        this.certFile = certFile;
        this.privateKey = privateKey;
        this.brokers = copy(brokers);
        this.webSocketBrokers = copy(webSocketBrokers);
    }

    /**
     * Reads a {@code dxlclient.config}, as provisioning or a client in Java, Python or JavaScript writes it.
     *
     * @throws DxlException naming the file, the line and what is wrong in it
     */
    public static DxlClientConfig createDxlConfigFromFile(String fileName) throws DxlException {
        ConfigOrigin origin = ConfigOrigin.read(fileName);
        ClientConfigFile file = origin.content();
        DxlClientConfig config = new DxlClientConfig(
                file.caBundle(),
                file.certificate(),
                file.privateKey(),
                brokers(file.brokers()),
                brokers(file.webSocketBrokers()));
        config.take(file);
        config.origin = origin;
        return config;
    }

    /**
     * Writes a {@code dxlclient.config} that clients in Java, Python and JavaScript read. If this configuration comes from
     * a file, that file's comments, order and unknown keys are kept, and its paths as they stand there. The file is
     * replaced as a whole; it keeps its permissions.
     *
     * @throws DxlException if it can't be written, or a certificate is given as a text and not as a path
     */
    public void write(String fileName) throws Exception {
        origin.write(fileName, this);
    }

    private void take(ClientConfigFile file) {
        file.clientId().ifPresent(this::setUniqueId);
        // A client in JavaScript takes web sockets even against an explicit false if there are no other brokers.
        useWebSockets = file.general()
                .useWebSockets()
                .filter(use -> use || !brokers.isEmpty())
                .orElse(null);
        file.general().verifyHostname().ifPresent(this::setHttpsHostnameVerificationEnabled);
        file.general().connectRetries().ifPresent(this::setConnectRetries);
        tlsMinVersion = file.general().tlsMinVersion().orElse(null);
        tlsCiphers = file.general().tlsCiphers().orElse(null);
        file.proxy().ifPresent(proxy -> {
            proxyAddress = proxy.host();
            proxyPort = proxy.port();
            proxyUserName = proxy.user();
            proxyPassword = proxy.password();
        });
    }

    /** All of it as the connection wants it; loads the certificates. */
    ConnectionSettings connectionSettings() throws DxlException {
        if (uniqueId == null || !UNIQUE_ID.matcher(uniqueId).matches()) {
            throw new DxlException("The client's id is '" + GivenText.shown(uniqueId)
                    + "' (ClientId in dxlclient.config), expected 1 to 128 characters without + and #: it is a part of"
                    + " topics");
        }
        List<BrokerAddress> addresses = BrokerAddress.distinct(
                getInUseBrokerList().stream().map(Broker::address).toList());
        if (addresses.isEmpty()) {
            throw new DxlException(
                    isUseWebSockets()
                            ? "No broker is configured that speaks web sockets; add one under [BrokersWebSockets], or set"
                                    + " UseWebSockets=false"
                            : "No broker is configured");
        }
        Optional<ProxyAddress> proxy = proxy();
        if (proxy.isPresent()) {
            ProxyAddress.host(proxy.get().host());
        }
        return new ConnectionSettings(
                uniqueId,
                addresses,
                proxy,
                CredentialSource.load(brokerCaBundlePath, certFile, privateKey, privateKeyPassword),
                TlsRules.of(tlsProvider, isHttpsHostnameVerificationEnabled())
                        .verifyingExtendedKeyUsage(verifyExtendedKeyUsage)
                        .within(tlsMinVersion(), tlsCiphers()),
                Duration.ofSeconds(getKeepAliveInterval()),
                Duration.ofSeconds(getConnectTimeout()),
                Duration.ofMillis(brokerConnectTimeout()),
                Duration.ofMillis(getOperationTimeToWait()),
                Duration.ofSeconds(getDisconnectTimeout()),
                new BackOff.Settings(
                        Duration.ofMillis(getReconnectDelay()),
                        Duration.ofMillis(getReconnectDelayMax()),
                        getReconnectBackOffMultiplier(),
                        getReconnectDelayRandom()));
    }

    /** The proxy on the way to the brokers, if there is one. */
    Optional<ProxyAddress> proxy() {
        return proxyAddress == null || proxyAddress.isBlank()
                ? Optional.empty()
                : Optional.of(new ProxyAddress(proxyAddress, proxyPort, proxyUserName, getProxyPassword()));
    }

    /** Path or text of the client's certificate. */
    String certFile() {
        return certFile;
    }

    /** Path or text of its key. */
    String privateKey() {
        return privateKey;
    }

    /** The id if it was given and not made at random. */
    Optional<String> givenUniqueId() {
        return uniqueIdGiven ? Optional.of(uniqueId) : Optional.empty();
    }

    /** What was said about web sockets; empty: the lists of brokers decide. */
    Optional<Boolean> givenUseWebSockets() {
        return Optional.ofNullable(useWebSockets);
    }

    /** The oldest version of TLS that is spoken, in the JDK's words; empty: nothing was said. */
    Optional<String> tlsMinVersion() {
        return Optional.ofNullable(tlsMinVersion);
    }

    /** The cipher suites that are offered, in OpenSSL's words; empty: nothing was said. */
    Optional<String> tlsCiphers() {
        return Optional.ofNullable(tlsCiphers);
    }

    /**
     * The certificates of the fabric and the client's own with its key, in memory, with the password {@link #KS_PASS}.
     * Made at the first call.
     *
     * @throws DxlException naming what can't be read, and why
     */
    public KeyStore getKeyStore() throws DxlException {
        if (keyStore == null) {
            keyStore = TlsCredentials.load(brokerCaBundlePath, certFile, privateKey, privateKeyPassword)
                    .toKeyStore();
        }
        return keyStore;
    }

    /** Path or text of the brokers' certificate authorities. */
    public String getBrokerCaBundlePath() {
        return brokerCaBundlePath;
    }

    /** The client's id; made at random if it was not set. */
    public String getUniqueId() {
        return uniqueId;
    }

    /**
     * Sets it, 1 to 128 characters without + and #; a client written to a file keeps it. No two clients of a fabric may
     * have the same.
     */
    public void setUniqueId(String uniqueId) {
        this.uniqueId = uniqueId;
        this.uniqueIdGiven = true;
    }

    /** The brokers that speak TLS over TCP; of several the first that answers is taken. */
    public List<Broker> getBrokerList() {
        return brokers;
    }

    /** Those of {@link #getBrokerList()} or {@link #getWebSocketBrokers()}, by {@link #isUseWebSockets()}. */
    public List<Broker> getInUseBrokerList() {
        return isUseWebSockets() ? webSocketBrokers : brokers;
    }

    /** Adds one that speaks TLS over TCP. */
    protected void addBroker(Broker broker) {
        brokers.add(broker);
    }

    /** Sets those that speak TLS over TCP. */
    protected void setBrokers(List<Broker> brokers) {
        this.brokers = copy(brokers);
    }

    /** The brokers that speak web sockets; of several the first that answers is taken. */
    public List<Broker> getWebSocketBrokers() {
        return webSocketBrokers;
    }

    /** Sets them; null: none. */
    public void setWebSocketBrokers(List<Broker> webSocketBrokers) {
        this.webSocketBrokers = copy(webSocketBrokers);
    }

    /** Whether brokers are spoken to over web sockets. As long as nobody says: if there are no others. */
    public boolean isUseWebSockets() {
        return useWebSockets == null ? brokers.isEmpty() && !webSocketBrokers.isEmpty() : useWebSockets;
    }

    /** Says it, whatever lists of brokers there are. */
    public void setUseWebSockets(boolean useWebSockets) {
        this.useWebSockets = useWebSockets;
    }

    /** Host name or address of the HTTP proxy on the way to the brokers; null: there is none. */
    public String getProxyAddress() {
        return proxyAddress;
    }

    /** Sets it, an IPv6 address without brackets; null or blank: there is no proxy, which is the default. */
    public void setProxyAddress(String proxyAddress) {
        this.proxyAddress = proxyAddress;
    }

    /** Its port. */
    public int getProxyPort() {
        return proxyPort;
    }

    /** Sets it, 1 to 65,535; there is no default. */
    public void setProxyPort(int proxyPort) {
        this.proxyPort = proxyPort;
    }

    /** The login name at the proxy; null: it asks for none. */
    public String getProxyUserName() {
        return proxyUserName;
    }

    /** Sets it, for a login by the scheme Basic; null, the default: no login. */
    public void setProxyUserName(String proxyUserName) {
        this.proxyUserName = proxyUserName;
    }

    /** A copy of the password at the proxy. */
    public char[] getProxyPassword() {
        return proxyPassword == null ? null : proxyPassword.clone();
    }

    /** Sets it; the array is copied and may be cleared afterwards, and the copy of the one before is. */
    public void setProxyPassword(char[] proxyPassword) {
        this.proxyPassword = inPlaceOf(this.proxyPassword, proxyPassword);
    }

    /**
     * The brokers in use by the URL that reaches them, in the order in which to try them: those that answer, the fastest
     * first, each by the name or address that answered; then the others, by both. Waits for the network, at most twice
     * {@value Constants#SYSPROP_CONNECT_TIMEOUT} for each 20 brokers.
     *
     * @throws DxlException if there is no broker
     */
    protected Map<String, Broker> getSortedBrokerMap() throws DxlException {
        return BrokerOrder.sorted(this);
    }

    /**
     * Those that answer on their TCP port, the fastest first; their response times are set.
     *
     * @throws InterruptedException if the thread is interrupted while it waits for them
     * @throws ExecutionException if a broker could not even be tried
     */
    protected List<Broker> getSortedBrokerList(Collection<Broker> brokers)
            throws InterruptedException, ExecutionException {
        return BrokerOrder.responders(this, brokers);
    }

    /** Copies of brokers, in the same order. */
    protected static List<Broker> cloneBrokers(Collection<Broker> brokers) {
        return copy(brokers.stream().map(Broker::copy).toList());
    }

    /** Adds each broker by the URL that answered. */
    protected static void addSortedBrokersToMap(List<Broker> brokers, LinkedHashMap<String, Broker> byUrl) {
        BrokerOrder.addResponders(brokers, byUrl);
    }

    /** Adds each broker by the URLs of its name and of its address. */
    protected static void addUnsortedBrokersToMap(Collection<Broker> brokers, LinkedHashMap<String, Broker> byUrl) {
        BrokerOrder.addOthers(brokers, byUrl);
    }

    /**
     * Tries a broker's TCP port, by its host name and, if that fails, by its address.
     *
     * @param timeoutMillis how long each may take
     * @return the broker, with its response time if it answered
     */
    protected static Future<Broker> connectToBroker(ExecutorService executor, Broker broker, int timeoutMillis) {
        return executor.submit(() -> BrokerOrder.probe(broker, timeoutMillis));
    }

    private static List<Broker> brokers(List<BrokerAddress> addresses) {
        return addresses.stream().map(Broker::new).toList();
    }

    private static List<Broker> copy(List<Broker> brokers) {
        return brokers == null ? new ArrayList<>() : new ArrayList<>(brokers);
    }

    /**
     * The passphrase of an encrypted private key, or of a key store; copied, and the copy of the one before is cleared. Null:
     * there is none.
     */
    @Override
    public void setPrivateKeyPassword(char[] privateKeyPassword) {
        this.privateKeyPassword = inPlaceOf(this.privateKeyPassword, privateKeyPassword);
    }

    private static char[] inPlaceOf(char[] before, char[] given) {
        if (before != null) {
            Arrays.fill(before, '\0');
        }
        return given == null ? null : given.clone();
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

    /**
     * Whether a broker's certificate must have the extended key usage serverAuth. Off by default, or as the system
     * property {@code dxlClient.verifyExtendedKeyUsage} says. It does not stop a certificate that has clientAuth too.
     */
    @Override
    public void setExtendedKeyUsageVerificationEnabled(boolean enabled) {
        this.verifyExtendedKeyUsage = enabled;
    }
}
