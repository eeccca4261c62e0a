package io.github.dxlcdi.configuration;

import com.opendxl.client.Broker;
import com.opendxl.client.DxlClientConfig;
import com.opendxl.client.exception.DxlException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The configuration of the extension, read once. Immutable but for the problems found on the way; used by one thread. */
public final class DxlConfiguration {
    private static final int NO_RETRIES = 0;
    private static final List<ConfigurationKey<?>> BY_HAND = List.of(
            ConfigurationKey.BROKERS,
            ConfigurationKey.TLS_CA,
            ConfigurationKey.TLS_CERTIFICATE,
            ConfigurationKey.TLS_PRIVATE_KEY);

    private final ConfigurationValues values;
    private final Route route;

    /** Reads every key; what is wrong with one is among the {@link #problems()}. */
    public DxlConfiguration(Config config) {
        values = new ConfigurationValues(config);
        route = new Route(values);
    }

    /** What is wrong, all of it. Grows when {@link #clientConfig()} is called. */
    public List<ConfigurationProblem> problems() {
        return List.copyOf(values.problems());
    }

    /** Keys that begin like ours and are none: each in words, with where it comes from and which one may be meant. */
    public List<String> unknownKeys() {
        return values.unknown();
    }

    public boolean enabled() {
        return isTrue(ConfigurationKey.ENABLED);
    }

    public boolean failFast() {
        return isTrue(ConfigurationKey.CONNECT_FAIL_FAST);
    }

    public boolean embeddedFabric() {
        return isTrue(ConfigurationKey.FABRIC_EMBEDDED);
    }

    /** Whether it says where a fabric is; the embedded one counts. */
    public boolean namesFabric() {
        return embeddedFabric()
                || values.isSet(ConfigurationKey.CONFIG_FILE)
                || BY_HAND.stream().anyMatch(values::isSet);
    }

    public boolean health() {
        return isTrue(ConfigurationKey.HEALTH_ENABLED);
    }

    public boolean readiness() {
        return isTrue(ConfigurationKey.HEALTH_READINESS);
    }

    /** How long one call of an observer may take before the application is not ready; zero: for ever. */
    public Duration maxDeliveryTime() {
        return values.get(ConfigurationKey.HEALTH_MAX_DELIVERY_TIME);
    }

    public Duration shutdownTimeout() {
        return values.get(ConfigurationKey.DELIVERY_SHUTDOWN_TIMEOUT);
    }

    /** Adds what is wrong beyond a single key. */
    public void problem(String text) {
        values.problems().add(new ConfigurationProblem(text));
    }

    /** Adds what is wrong with the key material as the client has told it. */
    public void problemOfClient(String text) {
        boolean closed = text.contains("passphrase is wrong") || text.contains("password is wrong");
        problem(closed ? text + values.changedSecret(ConfigurationKey.TLS_PRIVATE_KEY_PASSWORD) : text);
    }

    /** Adds a problem if brokers are named although the fabric is the embedded one. */
    public void refuseBrokersBesideEmbeddedFabric() {
        Stream.of(List.of(ConfigurationKey.CONFIG_FILE), BY_HAND, Route.KEYS)
                .flatMap(List::stream)
                .filter(values::isSet)
                .forEach(key -> values.problems()
                        .add(values.conflict(
                                key,
                                ConfigurationKey.FABRIC_EMBEDDED.name() + " is true, and the embedded fabric is for"
                                        + " development and never stands beside a real one; remove one of them")));
    }

    /**
     * The client's configuration: from {@code dxl.config-file}, or from {@code dxl.brokers} and {@code dxl.tls.*}.
     *
     * @return null if that is not possible; the problems then say why
     */
    public DxlClientConfig clientConfig() {
        List<ConfigurationKey<?>> byHand =
                BY_HAND.stream().filter(values::isSet).toList();
        route.check();
        if (values.isSet(ConfigurationKey.CONFIG_FILE)) {
            byHand.forEach(key -> values.problems()
                    .add(values.conflict(
                            key,
                            ConfigurationKey.CONFIG_FILE.name()
                                    + " names brokers and certificates already; remove one of them")));
            return byHand.isEmpty() && values.get(ConfigurationKey.CONFIG_FILE) != null ? fromFile() : null;
        }
        if (byHand.isEmpty()) {
            problem("Nothing says where the fabric is: set " + ConfigurationKey.CONFIG_FILE.name() + ", or "
                    + ConfigurationKey.BROKERS.name() + " and dxl.tls.*, or for development "
                    + ConfigurationKey.FABRIC_EMBEDDED.name() + "=true");
            return null;
        }
        BY_HAND.stream()
                .filter(key -> !values.isSet(key) && !(key == ConfigurationKey.TLS_PRIVATE_KEY && isInKeyStore()))
                .forEach(key -> problem(
                        key.name() + " is missing, expected " + key.type().allowed()));
        checkPem(ConfigurationKey.TLS_CA, PemCheck.CERTIFICATES);
        checkPem(ConfigurationKey.TLS_CERTIFICATE, PemCheck.CERTIFICATES);
        checkPem(
                ConfigurationKey.TLS_PRIVATE_KEY,
                values.isSet(ConfigurationKey.TLS_PRIVATE_KEY_PASSWORD)
                        ? PemCheck.ENCRYPTED_PRIVATE_KEY
                        : PemCheck.PRIVATE_KEY);
        if (!values.problems().isEmpty()) {
            return null;
        }
        return clientConfig(
                values.get(ConfigurationKey.TLS_CA),
                values.get(ConfigurationKey.TLS_CERTIFICATE),
                values.get(ConfigurationKey.TLS_PRIVATE_KEY),
                values.get(ConfigurationKey.BROKERS));
    }

    /** A client's configuration with given brokers and certificates, and all else from the keys. */
    public DxlClientConfig clientConfig(String ca, String certificate, String privateKey, List<Broker> brokers) {
        return withBehaviour(route.to(brokers, ca, certificate, privateKey));
    }

    /** What opens an encrypted private key or a key store; null: nothing. The array is the caller's to clear. */
    public char[] privateKeyPassword() {
        String password = values.get(ConfigurationKey.TLS_PRIVATE_KEY_PASSWORD);
        return password == null ? null : password.toCharArray();
    }

    /** Whether a broker's certificate must have the extended key usage serverAuth; empty: nothing is said of it. */
    public Optional<Boolean> verifyExtendedKeyUsage() {
        return values.isSet(ConfigurationKey.TLS_VERIFY_EXTENDED_KEY_USAGE)
                ? Optional.of(isTrue(ConfigurationKey.TLS_VERIFY_EXTENDED_KEY_USAGE))
                : Optional.empty();
    }

    /** Whose TLS is spoken: auto, jdk or openssl. */
    public String tlsProvider() {
        return values.get(ConfigurationKey.TLS_PROVIDER);
    }

    /** The largest packet that is sent, in bytes, 0 for any; empty: as the client has it. */
    public OptionalInt maxPacketSize() {
        Integer bytes = values.get(ConfigurationKey.MAX_PACKET_SIZE);
        return bytes == null ? OptionalInt.empty() : OptionalInt.of(bytes);
    }

    /** Adds a problem for each key that only our own client knows, or whose value only that can read. */
    public void refuseWhatOnlyOurClientKnows() {
        Stream.of(ConfigurationKey.TLS_CA, ConfigurationKey.TLS_CERTIFICATE, ConfigurationKey.TLS_PRIVATE_KEY)
                .filter(values::isSet)
                .filter(key -> PemCheck.isText(values.text(key)) || PemCheck.isKeyStore(values.text(key)))
                .forEach(key -> values.problems()
                        .add(values.conflict(
                                key,
                                "the client on the class path is not dxl-client, and reads PEM files only; name the"
                                        + " path of one")));
        Stream.of(
                        ConfigurationKey.TLS_PRIVATE_KEY_PASSWORD,
                        ConfigurationKey.TLS_PROVIDER,
                        ConfigurationKey.TLS_VERIFY_EXTENDED_KEY_USAGE,
                        ConfigurationKey.MAX_PACKET_SIZE)
                .filter(values::isSet)
                .forEach(key -> values.problems()
                        .add(values.conflict(
                                key,
                                "the client on the class path is not dxl-client, and knows no such setting; remove"
                                        + " it")));
    }

    private boolean isInKeyStore() {
        String certificate = values.get(ConfigurationKey.TLS_CERTIFICATE);
        return certificate != null && PemCheck.isKeyStore(certificate);
    }

    private DxlClientConfig fromFile() {
        try {
            DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(values.get(ConfigurationKey.CONFIG_FILE));
            route.chooseBrokers(config);
            return withBehaviour(config);
        } catch (DxlException e) {
            values.problems().add(values.problem(ConfigurationKey.CONFIG_FILE, e.getMessage()));
            return null;
        }
    }

    private DxlClientConfig withBehaviour(DxlClientConfig config) {
        if (!values.problems().isEmpty()) {
            return config;
        }
        if (values.isSet(ConfigurationKey.CLIENT_ID)) {
            config.setUniqueId(values.get(ConfigurationKey.CLIENT_ID));
        }
        if (values.isSet(ConfigurationKey.TLS_VERIFY_HOSTNAME)) {
            // Otherwise the file says.
            config.setHttpsHostnameVerificationEnabled(isTrue(ConfigurationKey.TLS_VERIFY_HOSTNAME));
        }
        route.proxy(config);
        config.setConnectTimeout(seconds(ConfigurationKey.CONNECT_TIMEOUT));
        config.setKeepAliveInterval(seconds(ConfigurationKey.KEEP_ALIVE));
        config.setReconnectDelay(
                (int) values.get(ConfigurationKey.RECONNECT_DELAY).toMillis());
        config.setReconnectDelayMax(
                values.get(ConfigurationKey.RECONNECT_MAX_DELAY).toMillis());
        config.setReconnectBackOffMultiplier(values.get(ConfigurationKey.RECONNECT_MULTIPLIER));
        config.setReconnectDelayRandom(values.get(ConfigurationKey.RECONNECT_JITTER));
        config.setIncomingMessageThreadPoolSize(values.get(ConfigurationKey.DELIVERY_THREADS));
        config.setIncomingMessageQueueSize(values.get(ConfigurationKey.DELIVERY_QUEUE_CAPACITY));
        if (failFast()) {
            config.setConnectRetries(NO_RETRIES);
        }
        return config;
    }

    private void checkPem(ConfigurationKey<String> key, PemCheck check) {
        if (values.get(key) != null) {
            String wrong = check.problem(values.get(key));
            if (!wrong.isEmpty()) {
                values.problems().add(values.problem(key, wrong));
            }
        }
    }

    /** The client takes whole seconds; what is given more finely is rounded up. */
    private int seconds(ConfigurationKey<Duration> key) {
        return (int) values.get(key).plusMillis(999).toSeconds();
    }

    private boolean isTrue(ConfigurationKey<Boolean> key) {
        return Boolean.TRUE.equals(values.get(key));
    }
}
