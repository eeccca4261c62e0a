package io.github.dxlcdi.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.Broker;
import com.opendxl.client.DxlClientConfig;
import io.github.dxlcdi.DocumentationTest;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.util.Throwables;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationTest extends FabricTest {
    private static final String SECRET = "-----BEGIN PRIVATE KEY-----\nMIIsecret\n-----END PRIVATE KEY-----";

    @Test
    void a_deployment_fails_with_all_problems_at_once() {
        assertThatThrownBy(() -> TestApplication.with(
                                "dxl.brokers", "broker.example.org;99999;x",
                                "dxl.tls.ca", "/no/such/ca.crt",
                                "dxl.keep-alive", "soon",
                                "dxl.delivery.threads", "0",
                                "dxl.reconnect.jitter", "2")
                        .start(Quarantine.class))
                .hasStackTraceContaining("DXL1001 dxl.brokers is 'broker.example.org;99999;x' (from ")
                .hasStackTraceContaining("the port is '99999', expected 1 to 65535")
                .hasStackTraceContaining("DXL1001 dxl.tls.ca is '/no/such/ca.crt'")
                .hasStackTraceContaining("DXL1001 dxl.tls.certificate is missing")
                .hasStackTraceContaining("DXL1001 dxl.tls.private-key is missing")
                .hasStackTraceContaining("DXL1001 dxl.keep-alive is 'soon' (from ")
                .hasStackTraceContaining("expected 1s to 18h: a time is written as 500ms, 60s, 5m, 1h or PT60S")
                .hasStackTraceContaining("DXL1001 dxl.delivery.threads is '0'")
                .hasStackTraceContaining("DXL1001 dxl.reconnect.jitter is '2'");
    }

    @Test
    void a_problem_tells_the_source_of_the_value() {
        DxlConfiguration configuration = configuration("dxl.delivery.threads", "many");
        assertThat(configuration.problems())
                .extracting(ConfigurationProblem::text)
                .containsExactly(
                        "dxl.delivery.threads is 'many' (from PropertiesConfigSource[source=the test's source]),"
                                + " expected 1 to 256");
    }

    @Test
    void nothing_that_says_where_the_fabric_is_fails_with_what_to_set() {
        assertThatThrownBy(() -> TestApplication.with().start(Quarantine.class))
                .hasStackTraceContaining("Nothing says where the fabric is: set dxl.config-file, or dxl.brokers and");
    }

    @Test
    void a_config_file_that_is_not_there_fails_with_its_name() {
        assertThatThrownBy(() -> TestApplication.with("dxl.config-file", "/no/such/dxlclient.config")
                        .start(Quarantine.class))
                .hasStackTraceContaining("DXL1001 dxl.config-file is '/no/such/dxlclient.config'");
    }

    @Test
    void a_config_file_beside_brokers_is_refused() {
        assertThatThrownBy(() -> application().and("dxl.brokers", "ssl://other").start(Quarantine.class))
                .hasStackTraceContaining(
                        "DXL1001 dxl.brokers is 'ssl://other' (from PropertiesConfigSource[source=test]), but dxl.config-file");
    }

    @Test
    void an_embedded_fabric_beside_a_real_one_is_refused() {
        assertThatThrownBy(
                        () -> application().and("dxl.fabric.embedded", "true").start(Quarantine.class))
                .hasStackTraceContaining("DXL1001 dxl.config-file is '" + folder)
                .hasStackTraceContaining("but dxl.fabric.embedded is true, and the embedded fabric is for development");
    }

    @Test
    void an_embedded_fabric_without_its_jar_fails_with_what_to_add() {
        assertThatThrownBy(() -> TestApplication.with("dxl.fabric.embedded", "true")
                        .hiding("META-INF/services/io.github.dxlcdi.client.spi.EmbeddedFabric")
                        .start(Quarantine.class))
                .hasStackTraceContaining("add the dependency io.github.dxlcdi:dxl-fabric");
    }

    @Test
    void certificates_that_do_not_fit_fail_the_deployment() {
        assertThatThrownBy(() -> TestApplication.with(
                                "dxl.brokers", "ssl://localhost:" + fabric.port(),
                                "dxl.tls.ca", fabric.caPem(),
                                "dxl.tls.certificate", fabric.certificatePem(),
                                "dxl.tls.private-key",
                                        fabric.newIdentity("another").privateKeyPem())
                        .start(Quarantine.class))
                .hasStackTraceContaining("DXL1001 The private key does not belong to the client certificate");
    }

    @Test
    void a_client_certificate_followed_by_one_that_is_not_its_issuer_fails_the_deployment() throws IOException {
        String unrelated = fabric.newIdentity("another").certificatePem();
        Files.writeString(folder.resolve("two.crt"), fabric.certificatePem() + unrelated);
        assertThatThrownBy(() -> TestApplication.with(
                                "dxl.brokers", "ssl://localhost:" + fabric.port(),
                                "dxl.tls.ca", fabric.caPem(),
                                "dxl.tls.certificate", folder.resolve("two.crt").toString(),
                                "dxl.tls.private-key", fabric.privateKeyPem())
                        .start(Quarantine.class))
                .hasStackTraceContaining("DXL1001 The client certificate must be followed by its issuers alone")
                .hasStackTraceContaining("is not issued by number 2, CN=another; remove what is not among its issuers");
    }

    @Test
    void a_deployment_fails_with_all_that_is_wrong_with_the_key_material() throws IOException {
        Path encrypted = Files.writeString(
                folder.resolve("encrypted.key"),
                fabric.privateKeyPem().replace(" PRIVATE KEY-----", " ENCRYPTED PRIVATE KEY-----"));
        Path chain = Files.writeString(folder.resolve("chain.crt"), fabric.privateKeyPem());
        assertThatThrownBy(() -> TestApplication.with(
                                "dxl.brokers",
                                "ssl://localhost:" + fabric.port(),
                                "dxl.tls.ca",
                                "/no/such/ca.crt",
                                "dxl.tls.certificate",
                                chain.toString(),
                                "dxl.tls.private-key",
                                encrypted.toString())
                        .start(Quarantine.class))
                .satisfies(e -> assertThat(Throwables.getStackTrace(e).lines())
                        .anySatisfy(line -> assertThat(line)
                                .contains("DXL1001 dxl.tls.ca is '/no/such/ca.crt' (from ")
                                .endsWith("there is no such file"))
                        .anySatisfy(line -> assertThat(line)
                                .contains("DXL1001 dxl.tls.certificate is '" + chain + "' (from ")
                                .endsWith("there is no certificate in it"))
                        .anySatisfy(line -> assertThat(line)
                                .contains("DXL1001 dxl.tls.private-key is '" + encrypted + "' (from ")
                                .endsWith("it is encrypted: set dxl.tls.private-key-password")));
    }

    @Test
    void each_file_that_holds_no_pem_is_named_whatever_else_is_wrong() throws IOException {
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "not what you think");
        DxlConfiguration configuration = configuration(
                "dxl.keep-alive", "abc",
                "dxl.brokers", "ssl://localhost",
                "dxl.tls.ca", garbage.toString(),
                "dxl.tls.certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "dxl.tls.private-key", garbage.toString());
        assertThat(configuration.clientConfig()).isNull();
        assertThat(configuration.problems())
                .extracting(ConfigurationProblem::text)
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("dxl.keep-alive is 'abc'"),
                        text -> assertThat(text)
                                .startsWith("dxl.tls.ca is '" + garbage + "' (from ")
                                .endsWith("there is no certificate in it"),
                        text -> assertThat(text)
                                .startsWith("dxl.tls.certificate is '-----BEGIN")
                                .endsWith("a certificate in it is damaged"),
                        text -> assertThat(text)
                                .startsWith("dxl.tls.private-key is '" + garbage + "'")
                                .endsWith("there is no private key in it"));
    }

    @Test
    void a_key_without_its_first_line_is_not_shown_as_if_it_were_a_path() {
        String[] lines = fabric.privateKeyPem().split("\n");
        for (String secret : List.of(lines[1], lines[1] + lines[2], lines[1] + "\n" + lines[2])) {
            assertThat(configuration("dxl.brokers", "ssl://localhost", "dxl.tls.private-key", secret)
                            .clientConfig())
                    .isNull();
            assertThat(values("dxl.tls.private-key", secret)
                            .problem(ConfigurationKey.TLS_PRIVATE_KEY, "there is no such file")
                            .text())
                    .contains("'*****'")
                    .doesNotContain(lines[1].substring(0, 10));
        }
    }

    @Test
    void an_embedded_fabric_beside_a_bean_of_the_application_is_refused() {
        assertThatThrownBy(() ->
                        TestApplication.with("dxl.fabric.embedded", "true").start(Quarantine.class, OwnConfig.class))
                .hasStackTraceContaining("DXL1001 dxl.fabric.embedded is true, but the application has a bean");
    }

    @Test
    void a_private_key_is_never_shown() {
        assertThatThrownBy(() -> TestApplication.with(
                                "dxl.config-file",
                                folder.resolve("dxlclient.config").toString(),
                                "dxl.tls.private-key",
                                SECRET)
                        .start(Quarantine.class))
                .satisfies(e -> assertThat(Throwables.getStackTrace(e))
                        .contains("dxl.tls.private-key")
                        .doesNotContain("MIIsecret"));
        ConfigurationValues values = values("dxl.tls.private-key", SECRET);
        assertThat(values.problem(ConfigurationKey.TLS_PRIVATE_KEY, "it is damaged")
                        .text())
                .contains("'*****'")
                .doesNotContain("MIIsecret");
    }

    @Test
    void an_unknown_key_is_warned_about_and_a_known_one_from_the_environment_is_not() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application()
                        .and("dxl.tls.cert", "client.crt")
                        .and("dxl.tls.verify.hostname", "false")
                        .start(Quarantine.class)) {
            assertThat(log.with("DXL1003")).hasSize(1).first().asString().contains("dxl.tls.cert");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dxl.tls.cert, ; did you mean dxl.tls.certificate?",
        "dxl.tls.verfy-hostname, ; did you mean dxl.tls.verify-hostname?",
        "dxl.broker, ; did you mean dxl.brokers?",
        "dxl.clientid, ; did you mean dxl.client-id?",
        "dxl.keepalive, ; did you mean dxl.keep-alive?",
        "dxl.completely.something-else, ''"
    })
    void an_unknown_key_is_told_with_its_source_and_the_key_that_may_be_meant(String key, String meant) {
        assertThat(configuration(key, "x").unknownKeys())
                .containsExactly(
                        key + " is set (from PropertiesConfigSource[source=the test's source]), but there is no"
                                + " such key" + meant);
    }

    @Test
    void a_list_of_brokers_may_have_a_property_for_each() {
        DxlConfiguration configuration = configuration(
                "dxl.brokers[10]",
                "ssl://last",
                "dxl.brokers[0]",
                "ssl://first",
                "dxl.brokers[2]",
                "8883;second",
                "dxl.tls.ca",
                fabric.caPem(),
                "dxl.tls.certificate",
                fabric.certificatePem(),
                "dxl.tls.private-key",
                fabric.privateKeyPem());

        assertThat(configuration.unknownKeys()).isEmpty();
        assertThat(configuration.clientConfig().getBrokerList())
                .extracting(Broker::getHostName)
                .containsExactly("first", "second", "last");
        assertThat(configuration("dxl.brokers", "ssl://whole", "dxl.brokers[0]", "ssl://x")
                        .unknownKeys())
                .isEmpty();
    }

    @Test
    void an_element_of_a_list_that_is_no_broker_is_told() {
        assertThat(configuration("dxl.brokers[0]", "ssl://host", "dxl.brokers[1]", "a;b")
                        .problems())
                .extracting(ConfigurationProblem::text)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("dxl.brokers is 'ssl://host,a;b' (from PropertiesConfigSource[source=the test's source])");
    }

    @ParameterizedTest
    @CsvSource({"1500ms,PT1.5S", "60s,PT1M", "5m,PT5M", "1h,PT1H", "PT60S,PT1M", "90 s,PT1M30S"})
    void times_are_read_in_words_and_in_iso_form(String text, Duration expected) throws Exception {
        assertThat(ConfigurationKey.KEEP_ALIVE.type().reader().read(text)).isEqualTo(expected);
    }

    @Test
    void every_key_reaches_the_client() {
        DxlClientConfig config = configuration(
                        "dxl.config-file", folder.resolve("dxlclient.config").toString(),
                        "dxl.client-id", "{me}",
                        "dxl.tls.verify-hostname", "true",
                        "dxl.connect.timeout", "7s",
                        "dxl.connect.fail-fast", "true",
                        "dxl.reconnect.delay", "11ms",
                        "dxl.reconnect.max-delay", "13s",
                        "dxl.reconnect.multiplier", "3",
                        "dxl.reconnect.jitter", "0.5",
                        "dxl.keep-alive", "17s",
                        "dxl.delivery.threads", "4",
                        "dxl.delivery.queue-capacity", "19")
                .clientConfig();
        assertThat(config.getUniqueId()).isEqualTo("{me}");
        assertThat(config.isHttpsHostnameVerificationEnabled()).isTrue();
        assertThat(config.getConnectTimeout()).isEqualTo(7);
        assertThat(config.getConnectRetries()).isZero();
        assertThat(config.getReconnectDelay()).isEqualTo(11);
        assertThat(config.getReconnectDelayMax()).isEqualTo(13_000);
        assertThat(config.getReconnectBackOffMultiplier()).isEqualTo(3);
        assertThat(config.getReconnectDelayRandom()).isEqualTo(0.5f);
        assertThat(config.getKeepAliveInterval()).isEqualTo(17);
        assertThat(config.getIncomingMessageThreadPoolSize()).isEqualTo(4);
        assertThat(config.getIncomingMessageQueueSize()).isEqualTo(19);
    }

    @Test
    void the_check_of_the_host_name_is_what_the_config_file_says_unless_the_key_does() throws IOException {
        Path file = folder.resolve("verifying.config");
        Files.writeString(
                file,
                Files.readString(folder.resolve("dxlclient.config"))
                        .replace("[General]", "[General]\nVerifyHostname=true"));

        assertThat(configuration("dxl.config-file", file.toString())
                        .clientConfig()
                        .isHttpsHostnameVerificationEnabled())
                .isTrue();
        assertThat(configuration("dxl.config-file", file.toString(), "dxl.tls.verify-hostname", "false")
                        .clientConfig()
                        .isHttpsHostnameVerificationEnabled())
                .isFalse();
    }

    @Test
    void web_sockets_and_the_proxy_of_a_config_file_reach_the_client() throws IOException {
        Path file = folder.resolve("web.config");
        Files.writeString(
                file,
                Files.readString(folder.resolve("dxlclient.config"))
                                .replace("UseWebSockets=false", "UseWebSockets=true")
                        + "[BrokersWebSockets]\nw={w};443;host\n[Proxy]\nAddress=proxy\nPort=3128\n");

        DxlClientConfig config =
                configuration("dxl.config-file", file.toString()).clientConfig();

        assertThat(config.getInUseBrokerList()).singleElement().hasToString("wss://host:443");
        assertThat(config.getProxyAddress()).isEqualTo("proxy");
    }

    @Test
    void every_key_has_a_line_of_its_own_and_a_default_that_is_allowed() {
        assertThat(ConfigurationKey.ALL).extracting(ConfigurationKey::name).doesNotHaveDuplicates();
        assertThat(configuration().problems()).isEmpty();
    }

    @Test
    void the_table_in_the_documentation_is_the_one_made_from_the_keys() throws IOException {
        Path page = Path.of("../../docs/configuration.md");
        Path made = Path.of("target/configuration-table.md");
        Files.writeString(made, ConfigurationKey.table());
        assertThat(Files.readString(page))
                .as("the table in " + page + " is out of date; put the content of " + made.toAbsolutePath() + " there")
                .contains(ConfigurationKey.table());
    }

    @ParameterizedTest
    @MethodSource("io.github.dxlcdi.DocumentationTest#pages")
    void every_key_in_the_documentation_exists(Path page) throws IOException {
        Set<String> known =
                ConfigurationKey.ALL.stream().map(ConfigurationKey::name).collect(Collectors.toSet());
        List<String> named = Pattern.compile("(?m)(?:`|^)(dxl\\.[a-z.-]+[a-z])(?==|`)")
                .matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(known).containsAll(named);
    }

    /** With the folder of a real client in the place of the one that the pages name. */
    @ParameterizedTest
    @MethodSource("io.github.dxlcdi.DocumentationTest#pages")
    void every_configuration_in_the_documentation_can_be_deployed(Path page) throws IOException {
        for (String block : DocumentationTest.blocks(page, "properties")) {
            Properties values = new Properties();
            values.load(new StringReader(block.replace("/etc/dxl", folder.toString())));
            TestApplication.Starter application = TestApplication.with();
            values.stringPropertyNames().forEach(key -> application.and(key, values.getProperty(key)));

            assertThatCode(() -> application.start(Quarantine.class).close())
                    .as("%s: %s", page, block)
                    .doesNotThrowAnyException();
        }
    }

    private static DxlConfiguration configuration(String... keysAndValues) {
        return new DxlConfiguration(config(keysAndValues));
    }

    private static ConfigurationValues values(String... keysAndValues) {
        return new ConfigurationValues(config(keysAndValues));
    }

    private static Config config(String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        for (List<String> pair : pairs(keysAndValues)) {
            values.put(pair.get(0), pair.get(1));
        }
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "the test's source", 100))
                .build();
    }

    private static List<List<String>> pairs(String... flat) {
        return IntStream.range(0, flat.length / 2)
                .mapToObj(i -> List.of(flat[2 * i], flat[2 * i + 1]))
                .toList();
    }

    @ApplicationScoped
    static class OwnConfig {
        @Produces
        @Singleton
        DxlClientConfig config() {
            return new DxlClientConfig("", "", "", List.of());
        }
    }
}
