package io.github.dxlcdi.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret under the wrong key: no problem, exception or log line holds more than seven characters of it. */
class SecretValueTest {
    private static final int MOST_SHOWN = 7;
    private static final int MADE_OF_EACH_KIND = 2;

    @TempDir
    static Path folder;

    private static Fabric fabric;

    @BeforeAll
    static void startFabric() {
        fabric = Fabric.start();
        fabric.writeConfig(folder);
    }

    @AfterAll
    static void stopFabric() {
        fabric.close();
    }

    static Stream<String> keys() {
        return ConfigurationKey.ALL.stream().map(ConfigurationKey::name);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_secret_under_any_key_is_not_shown(String key) throws Exception {
        Map<String, String> byHand = new HashMap<>(fabric.configuration());
        Map<String, String> byFile =
                Map.of("dxl.config-file", folder.resolve("dxlclient.config").toString());
        for (String secret : secrets()) {
            for (Map<String, String> others : List.of(Map.<String, String>of(), byHand, byFile)) {
                Map<String, String> values = new HashMap<>(others);
                values.put(key, secret);
                assertNotShown(secret, shownOf(values));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dxl.tls.certificate",
                "dxl.tls.ca",
                "dxl.config-file",
                "dxl.brokers",
                "dxl.client-id",
                "dxl.proxy.host",
                "dxl.tls.provider"
            })
    void a_deployment_does_not_show_a_private_key_under_another_key(String key) throws Exception {
        String secret = base64(ecKey());
        try (CapturedLog log = new CapturedLog()) {
            Throwable failure = catchThrowable(() ->
                    TestApplication.with("dxl.proxy.port", "none", key, secret).start(Quarantine.class));
            assertThat(failure).isNotNull();
            assertNotShown(secret, Throwables.getStackTrace(failure) + String.join("\n", log.lines()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dxl.max-packet-size, 268435461",
        "dxl.keep-alive, 60 seconds",
        "dxl.keep-alive, 1048576000",
        "dxl.reconnect.multiplier, -12345678.5",
        "dxl.delivery.queue-capacity, 100000000k",
        "dxl.enabled, yes"
    })
    void what_is_plainly_of_the_keys_kind_is_shown(String key, String value) {
        assertThat(shownOf(Map.of(key, value))).contains(key + " is '" + value + "'");
    }

    @ParameterizedTest
    @CsvSource({"dxl.keep-alive, Swordfish", "dxl.max-packet-size, 12345678901234567890", "dxl.enabled, 1a2b3c4d"})
    void what_is_not_of_the_keys_kind_is_not_shown(String key, String value) {
        assertThat(shownOf(Map.of(key, value))).contains(key + " is '*****'").doesNotContain(value);
    }

    @Test
    void a_reason_of_the_client_does_not_repeat_what_is_not_shown() throws Exception {
        String secret = base64(ecKey());
        GivenValue value = new GivenValue(secret, secret, "source", true);

        assertThat(ConfigurationProblem.wrongValue(
                                ConfigurationKey.CONFIG_FILE, value, "Error reading " + secret + ", no such file")
                        .text())
                .doesNotContain(secret)
                .endsWith("Error reading *****, no such file");
    }

    @Test
    void a_login_in_the_address_of_a_source_is_not_shown() {
        String source = "ConsulSource[http://alice:s3cret-Passw0rd@config.example.org/dxl]";
        DxlConfiguration configuration = new DxlConfiguration(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of("dxl.delivery.threads", "many"), source, 100))
                .build());

        assertThat(configuration.problems())
                .extracting(ConfigurationProblem::text)
                .containsExactly("dxl.delivery.threads is 'many' (from PropertiesConfigSource[source=ConsulSource["
                        + "http://*****@config.example.org/dxl]]), expected 1 to 256");
    }

    @Test
    void a_proxy_written_as_a_url_fails_the_deployment_with_what_to_write_and_without_its_password() {
        for (String proxy : List.of(
                "http://alice:s3cret@proxy.example.org",
                "alice:s3cret@proxy.example.org:3128",
                "http://proxy.example.org",
                "proxy.example.org:3128",
                "proxy.example.org/",
                "[2001:db8::3]:3128")) {
            assertThatThrownBy(() -> application()
                            .and("dxl.proxy.host", proxy)
                            .and("dxl.proxy.port", "3128")
                            .start(Quarantine.class))
                    .hasStackTraceContaining("DXL1001 dxl.proxy.host is '" + (proxy.contains("@") ? "*****" : proxy))
                    .hasStackTraceContaining("expected a host name or address: it is the host alone; the port is"
                            + " dxl.proxy.port, a login dxl.proxy.user and dxl.proxy.password")
                    .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("s3cret"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soc+tie", "soc#1", "soc\ttie", "a-very-long-id-"})
    void a_client_id_that_can_be_no_part_of_a_topic_is_a_problem_of_its_key(String id) {
        String whole = id.endsWith("-") ? id.repeat(10) : id;
        assertThatThrownBy(() -> application().and("dxl.client-id", whole).start(Quarantine.class))
                .hasStackTraceContaining("DXL1001 dxl.client-id is '" + ConfigurationKey.CLIENT_ID.shown(whole)
                        + "' (from PropertiesConfigSource[source=test]), expected 1 to 128 characters without + and #");
    }

    private static TestApplication.Starter application() {
        return TestApplication.with(
                "dxl.config-file", folder.resolve("dxlclient.config").toString());
    }

    private static String shownOf(Map<String, String> values) {
        StringBuilder shown = new StringBuilder();
        try (CapturedLog log = new CapturedLog()) {
            DxlConfiguration configuration = new DxlConfiguration(new SmallRyeConfigBuilder()
                    .withSources(new PropertiesConfigSource(values, "the test's source", 100))
                    .build());
            Throwable failure = catchThrowable(() -> {
                DxlClientConfig config = configuration.clientConfig();
                if (config != null) {
                    new DxlClient(config).close();
                }
            });
            configuration
                    .problems()
                    .forEach(problem -> shown.append(problem.text()).append('\n'));
            shown.append(failure == null ? "" : Throwables.getStackTrace(failure));
            log.lines().forEach(line -> shown.append(line).append('\n'));
        }
        return shown.toString();
    }

    private static List<String> secrets() throws Exception {
        Random random = new Random(7);
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < MADE_OF_EACH_KIND; i++) {
            byte[] bytes = new byte[24 + random.nextInt(40)];
            random.nextBytes(bytes);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            String key = base64(ecKey());
            secrets.addAll(List.of(
                    key,
                    key.substring(0, 64),
                    "-----BEGIN PRIVATE KEY-----" + key + "-----END PRIVATE KEY-----",
                    "-----BEGIN CERTIFICATE-----\n" + key + "\n-----END CERTIFICATE-----",
                    key + "\n-----END EC PRIVATE KEY-----",
                    token,
                    "eyJhbGciOiJIUzI1NiJ9." + token + "." + token.substring(0, 20),
                    HexFormat.of().formatHex(bytes),
                    HexFormat.ofDelimiter(":").formatHex(bytes),
                    "http://alice:" + token.substring(0, 12) + "@proxy.example.org:3128",
                    "password=" + token.substring(0, 9),
                    token.substring(0, 10) + "!" + token.substring(10, 14)));
        }
        String rsa = fabric.privateKeyPem();
        secrets.add(rsa);
        secrets.add(rsa.replaceAll("-----[A-Z ]*-----", "").strip());
        secrets.add(rsa.replaceAll("-----[A-Z ]*-----|\\s", ""));
        secrets.add(rsa.lines().skip(5).findFirst().orElseThrow());
        return secrets;
    }

    private static byte[] ecKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair().getPrivate().getEncoded();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void assertNotShown(String secret, String shown) {
        Set<String> pieces =
                pieces(secret.replaceAll("-----[A-Z ]+-----|http://|@proxy.example.org:3128|password=", "\n"));
        pieces.retainAll(pieces(shown));
        assertThat(pieces).as("in: %s", shown).isEmpty();
    }

    private static Set<String> pieces(String text) {
        return text.lines()
                .flatMap(line -> IntStream.range(0, Math.max(0, line.length() - MOST_SHOWN))
                        .mapToObj(at -> line.substring(at, at + MOST_SHOWN + 1)))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
