package io.github.dxlcdi.configuration;

import com.opendxl.client.Broker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * A key of MicroProfile Config that the extension reads. All of them stand here, and the table in the documentation is made
 * from them.
 *
 * @param name the key
 * @param type how its text becomes a value
 * @param defaultText the text that counts when it is not set; null: nothing
 * @param meaning what it does, for the table
 */
record ConfigurationKey<T>(String name, ValueType<T> type, String defaultText, String meaning) {
    static final String PREFIX = "dxl.";

    /** Grows with each key below, so that none is forgotten in {@link #ALL}. */
    private static final List<ConfigurationKey<?>> DECLARED = new ArrayList<>();

    private static final Pattern ELEMENT = Pattern.compile(".*\\[\\d{1,4}]");
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final ValueType<String> CERTIFICATES = ValueType.path("path or PEM", "PEM certificates");

    static final ConfigurationKey<Boolean> ENABLED =
            declare("dxl.enabled", ValueType.flag(), "true", "`false`: the extension does nothing");
    static final ConfigurationKey<String> CONFIG_FILE = declare(
            "dxl.config-file",
            ValueType.path("path", "an existing file"),
            null,
            "a `dxlclient.config` as provisioning writes it: brokers and certificates");
    static final ConfigurationKey<List<Broker>> BROKERS = declare(
            "dxl.brokers", ValueType.brokers(), null, "the brokers; of several the first that answers is taken");
    static final ConfigurationKey<Boolean> WEBSOCKETS = declare(
            "dxl.websockets",
            ValueType.flag(),
            null,
            "whether brokers are spoken to over web sockets; if not set: those written as `wss://`, and what the config"
                    + " file says");
    static final ConfigurationKey<String> PROXY_HOST = declare(
            "dxl.proxy.host",
            ValueType.host(
                    "it is the host alone; the port is dxl.proxy.port, a login dxl.proxy.user and dxl.proxy.password"),
            null,
            "an HTTP proxy on the way to all brokers, in place of the config file's");
    static final ConfigurationKey<Integer> PROXY_PORT =
            declare("dxl.proxy.port", ValueType.count(1, 65_535), null, "its port; needed with a host");
    static final ConfigurationKey<String> PROXY_USER =
            declare("dxl.proxy.user", ValueType.text("any text"), null, "the login name at the proxy");
    static final ConfigurationKey<String> PROXY_PASSWORD =
            declare("dxl.proxy.password", ValueType.secret(), null, "its password");
    static final ConfigurationKey<String> TLS_CA = declare(
            "dxl.tls.ca", CERTIFICATES, null, "the fabric's certificate authorities: no other broker is trusted");
    static final ConfigurationKey<String> TLS_CERTIFICATE = declare(
            "dxl.tls.certificate",
            ValueType.path("path or PEM", "PEM certificates, or a key store: `.p12`, `.pfx`"),
            null,
            "the client's certificate");
    static final ConfigurationKey<String> TLS_PRIVATE_KEY = declare(
            "dxl.tls.private-key",
            ValueType.path("path or PEM", "a PKCS#8, PKCS#1 or SEC 1 key, PEM, encrypted or not; a key store"),
            null,
            "the key of the client's certificate; not needed if that is a key store");
    static final ConfigurationKey<String> TLS_PRIVATE_KEY_PASSWORD = declare(
            "dxl.tls.private-key-password", ValueType.secret(), null, "opens an encrypted private key, or a key store");
    static final ConfigurationKey<String> TLS_PROVIDER = declare(
            "dxl.tls.provider",
            ValueType.oneOf("auto", "jdk", "openssl"),
            "auto",
            "whose TLS is spoken; `auto`: OpenSSL's if `netty-tcnative-boringssl-static` is there");
    static final ConfigurationKey<Boolean> TLS_VERIFY_HOSTNAME = declare(
            "dxl.tls.verify-hostname",
            ValueType.flag(),
            "false",
            "whether the broker's certificate must name its host; default broker certificates do not");
    static final ConfigurationKey<Boolean> TLS_VERIFY_EXTENDED_KEY_USAGE = declare(
            "dxl.tls.verify-extended-key-usage",
            ValueType.flag(),
            "false",
            "whether the broker's certificate must have the extended key usage serverAuth");
    static final ConfigurationKey<String> CLIENT_ID =
            declare("dxl.client-id", ValueType.clientId(), null, "the client's id; at random if not set");
    static final ConfigurationKey<Boolean> FABRIC_EMBEDDED = declare(
            "dxl.fabric.embedded",
            ValueType.flag(),
            "false",
            "start a fabric inside the application, for development; needs `dxl-fabric`");
    static final ConfigurationKey<Duration> CONNECT_TIMEOUT = declare(
            "dxl.connect.timeout", ValueType.duration(SECOND, HOUR), "30s", "how long one attempt to connect may take");
    static final ConfigurationKey<Boolean> CONNECT_FAIL_FAST = declare(
            "dxl.connect.fail-fast",
            ValueType.flag(),
            "false",
            "`true`: the deployment waits for the first connection and fails without it");
    static final ConfigurationKey<Duration> RECONNECT_DELAY = declare(
            "dxl.reconnect.delay", ValueType.duration(MILLISECOND, HOUR), "1s", "first pause between two attempts");
    static final ConfigurationKey<Duration> RECONNECT_MAX_DELAY =
            declare("dxl.reconnect.max-delay", ValueType.duration(MILLISECOND, HOUR), "60s", "longest pause");
    static final ConfigurationKey<Integer> RECONNECT_MULTIPLIER =
            declare("dxl.reconnect.multiplier", ValueType.count(1, 10), "2", "factor from one pause to the next");
    static final ConfigurationKey<Float> RECONNECT_JITTER = declare(
            "dxl.reconnect.jitter",
            ValueType.fraction(),
            "0.25",
            "largest random part that is added, as a fraction of the pause");
    static final ConfigurationKey<Duration> KEEP_ALIVE = declare(
            "dxl.keep-alive",
            ValueType.duration(SECOND, Duration.ofHours(18)),
            "60s",
            "how long a broker may be silent; a dead one is noticed within one and a half of it");
    static final ConfigurationKey<Integer> MAX_PACKET_SIZE = declare(
            "dxl.max-packet-size",
            ValueType.count(0, 268_435_460),
            null,
            "the largest message that is sent, in bytes of its MQTT packet; a DXL broker closes the connection that"
                    + " brings more than its `messageSizeLimit`. 0: no limit but MQTT's; if not set: 1048576, or the"
                    + " system property `dxlClient.maxPacketSize`");
    static final ConfigurationKey<Integer> DELIVERY_THREADS = declare(
            "dxl.delivery.threads",
            ValueType.count(1, 256),
            "1",
            "threads that call observers; with one, detections come in the order of their arrival");
    static final ConfigurationKey<Integer> DELIVERY_QUEUE_CAPACITY = declare(
            "dxl.delivery.queue-capacity",
            ValueType.count(1, 1_000_000),
            "16384",
            "messages that may wait for these threads before the client stops reading from the network");
    static final ConfigurationKey<Duration> DELIVERY_SHUTDOWN_TIMEOUT = declare(
            "dxl.delivery.shutdown-timeout",
            ValueType.duration(Duration.ZERO, HOUR),
            "5s",
            "how long running observers, and the broker reading what was sent to it, may take when the"
                    + " application stops");
    static final ConfigurationKey<Boolean> HEALTH_ENABLED =
            declare("dxl.health.enabled", ValueType.flag(), "true", "whether there are health checks at all");
    static final ConfigurationKey<Boolean> HEALTH_READINESS = declare(
            "dxl.health.readiness",
            ValueType.flag(),
            "true",
            "whether the application counts as ready only when connected and subscribed");
    static final ConfigurationKey<Duration> HEALTH_MAX_DELIVERY_TIME = declare(
            "dxl.health.max-delivery-time",
            ValueType.duration(Duration.ZERO, DAY),
            "5m",
            "how long one call of an observer may take before the application is not ready; `0s`: for ever");

    /** All of them, in the order of their declaration. */
    static final List<ConfigurationKey<?>> ALL = List.copyOf(DECLARED);

    private static <T> ConfigurationKey<T> declare(String name, ValueType<T> type, String defaultText, String meaning) {
        ConfigurationKey<T> key = new ConfigurationKey<>(name, type, defaultText, meaning);
        DECLARED.add(key);
        return key;
    }

    /** A value as a problem may show it: never a password, and nothing else that could be a secret. */
    String shown(String value) {
        return type.shown().apply(value);
    }

    /** What is set for this key; of a list, each element may have a property of its own. */
    Optional<GivenValue> given(Config config) {
        Optional<GivenValue> whole = GivenValue.of(config, name);
        return whole.isPresent() || this != BROKERS ? whole : elements(config);
    }

    /** Whether a property is an element of this key, which is a list: {@code key[0]}. */
    boolean isElement(String property) {
        return property.startsWith(name + "[") && ELEMENT.matcher(property).matches();
    }

    private Optional<GivenValue> elements(Config config) {
        List<GivenValue> elements = StreamSupport.stream(
                        config.getPropertyNames().spliterator(), false)
                .filter(this::isElement)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .flatMap(property -> GivenValue.of(config, property).stream())
                .toList();
        return elements.stream()
                .reduce((one, other) -> new GivenValue(
                        one.text() + "," + other.text(), null, one.source(), one.resolved() && other.resolved()));
    }

    /** All keys as a table in Markdown. */
    static String table() {
        StringBuilder table =
                new StringBuilder("| Key | Type | Default | Allowed | Meaning |\n|---|---|---|---|---|\n");
        for (ConfigurationKey<?> key : ALL) {
            String standard = key.defaultText() == null ? "none" : "`" + key.defaultText() + "`";
            table.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            key.name(), key.type().name(), standard, key.type().allowed(), key.meaning()));
        }
        return table.toString();
    }
}
