package io.github.dxlcdi.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.Broker;
import com.opendxl.client.DxlClientConfig;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Web sockets and proxies. */
class RouteTest extends FabricTest {
    private static final String SOURCE = "' (from PropertiesConfigSource[source=the test's source]), ";

    @ParameterizedTest
    @CsvSource({"wss://localhost:%d,", "wss://localhost:%d,true", "{b};%d;localhost,true"})
    void an_application_joins_over_web_sockets(String broker, String webSockets) {
        try (Fabric web = Fabric.builder().webSockets(true).start()) {
            TestApplication.Starter application = TestApplication.with(
                    "dxl.brokers", broker.formatted(web.webSocketPort()),
                    "dxl.tls.ca", web.caPem(),
                    "dxl.tls.certificate", web.certificatePem(),
                    "dxl.tls.private-key", web.privateKeyPem());
            if (webSockets != null) {
                application.and("dxl.websockets", webSockets);
            }
            try (TestApplication app = application.start(Quarantine.class)) {
                awaitDetection(web, app);
            }
        }
    }

    @Test
    void the_key_decides_which_brokers_of_a_config_file_are_used() throws IOException {
        try (Fabric web = Fabric.builder().webSockets(true).start()) {
            web.writeConfig(folder);
            try (TestApplication app =
                    application().and("dxl.websockets", "true").start(Quarantine.class)) {
                awaitDetection(web, app);
            }
            assertThat(fileWith("", "dxl.websockets", "true").getInUseBrokerList())
                    .singleElement()
                    .hasToString("wss://localhost:" + web.webSocketPort());
            assertThat(fileWith("", "dxl.websockets", "false").getInUseBrokerList())
                    .singleElement()
                    .hasToString("ssl://localhost:" + web.port());
        }
    }

    @Test
    void brokers_are_spoken_to_as_they_are_written_unless_the_key_is_set() {
        assertThat(brokers("ssl://one,wss://two:443,{3};8883;three").getInUseBrokerList())
                .extracting(Broker::toString)
                .containsExactly("ssl://one:8883", "wss://two:443", "ssl://three:8883");
        assertThat(brokers("{3};443;three", "dxl.websockets", "true").getInUseBrokerList())
                .extracting(Broker::toString)
                .containsExactly("wss://three:443");
        assertThat(brokers("{3};443;three", "dxl.websockets", "false").getInUseBrokerList())
                .extracting(Broker::toString)
                .containsExactly("ssl://three:443");
    }

    @ParameterizedTest
    @CsvSource({"ssl://one:443,true", "'{1};443;one, SSL://two',true", "'{1};443;one,wss://two',false"})
    void brokers_that_are_written_for_the_other_way_are_a_problem(String brokers, String webSockets) {
        assertThat(problems("dxl.brokers", brokers, "dxl.websockets", webSockets))
                .contains("dxl.websockets is '" + webSockets + SOURCE + "but dxl.brokers names one as "
                        + (webSockets.equals("true") ? "ssl" : "wss") + "://; correct one of them");
    }

    @Test
    void a_config_file_without_brokers_of_the_wanted_kind_is_a_problem() {
        assertThat(problems(
                        "dxl.config-file", folder.resolve("dxlclient.config").toString(), "dxl.websockets", "true"))
                .containsExactly("dxl.websockets is 'true" + SOURCE
                        + "but dxl.config-file names no broker under [BrokersWebSockets]; add one there, or remove the"
                        + " key");
    }

    @Test
    void a_proxy_is_asked_for_a_tunnel_with_the_login_that_is_configured() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<List<String>> head = CompletableFuture.supplyAsync(() -> firstHead(proxy));
            try (TestApplication app = application()
                    .and("dxl.proxy.host", "127.0.0.1")
                    .and("dxl.proxy.port", String.valueOf(proxy.getLocalPort()))
                    .and("dxl.proxy.user", "alice")
                    .and("dxl.proxy.password", "Sword:fish")
                    .start(Quarantine.class)) {
                String login = Base64.getEncoder().encodeToString("alice:Sword:fish".getBytes(StandardCharsets.UTF_8));
                assertThat(head.get(20, TimeUnit.SECONDS))
                        .contains("CONNECT localhost:" + fabric.port() + " HTTP/1.1")
                        .contains("proxy-authorization: Basic " + login);
                assertThat(app.readiness().getData().orElseThrow().toString()).doesNotContain("Sword:fish");
            }
        }
        assertThat(fabric.connectedClients()).isZero();
    }

    @Test
    void a_proxy_takes_the_place_of_the_one_in_the_config_file_and_of_its_login() throws IOException {
        String proxy = "[Proxy]\nAddress=old\nPort=1\nUser=bob\nPassword=secret\n";

        DxlClientConfig config = fileWith(proxy, "dxl.proxy.host", "[2001:db8::3]", "dxl.proxy.port", "3128");

        assertThat(config.getProxyAddress()).isEqualTo("2001:db8::3");
        assertThat(config.getProxyPort()).isEqualTo(3128);
        assertThat(config.getProxyUserName()).isNull();
        assertThat(config.getProxyPassword()).isNull();
        assertThat(fileWith(proxy).getProxyPassword()).isEqualTo("secret".toCharArray());
    }

    @Test
    void what_is_wrong_with_a_proxy_is_told_with_all_else_and_without_its_password() {
        assertThat(problems("dxl.proxy.user", "alice", "dxl.proxy.port", "65536", "dxl.keep-alive", "soon"))
                .anySatisfy(text -> assertThat(text).startsWith("dxl.keep-alive is 'soon"))
                .contains(
                        "dxl.proxy.port is '65536" + SOURCE + "expected 1 to 65535",
                        "dxl.proxy.port is '65536" + SOURCE + "but dxl.proxy.host is missing",
                        "dxl.proxy.user is 'alice" + SOURCE + "but dxl.proxy.host is missing");
        assertThat(problems("dxl.proxy.host", "proxy.example.org"))
                .contains("dxl.proxy.host is 'proxy.example.org" + SOURCE + "but dxl.proxy.port is missing");
        assertThat(problems("dxl.proxy.host", "proxy", "dxl.proxy.port", "1", "dxl.proxy.password", "Swordfish"))
                .contains("dxl.proxy.password is '*****" + SOURCE + "but dxl.proxy.user is missing");
        assertThatThrownBy(() -> application()
                        .and("dxl.proxy.port", "0")
                        .and("dxl.proxy.password", "Swordfish")
                        .start(Quarantine.class))
                .satisfies(e -> assertThat(Throwables.getStackTrace(e))
                        .contains("DXL1001 dxl.proxy.port is '0'")
                        .contains("DXL1001 dxl.proxy.password is '*****'")
                        .doesNotContain("Swordfish"));
    }

    @Test
    void no_way_leads_to_an_embedded_fabric() {
        assertThatThrownBy(() -> TestApplication.with(
                                "dxl.fabric.embedded", "true", "dxl.proxy.host", "proxy", "dxl.websockets", "true")
                        .start(Quarantine.class))
                .hasStackTraceContaining("DXL1001 dxl.websockets is 'true'")
                .hasStackTraceContaining("DXL1001 dxl.proxy.host is 'proxy'");
    }

    @Test
    void a_fabric_for_tests_is_reached_directly_whatever_the_application_configures() {
        Route.KEYS.forEach(key -> assertThat(fabric.configuration()).containsEntry(key.name(), ""));
    }

    private static void awaitDetection(Fabric from, TestApplication app) {
        await().until(() -> from.subscriptions().contains(FileDetection.TOPIC));
        from.detections().publishRandom();
        await().until(() -> !app.get(Quarantine.class).seen().isEmpty());
    }

    private static List<String> firstHead(ServerSocket proxy) {
        List<String> lines = new ArrayList<>();
        try (Socket client = proxy.accept();
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // Told by what is missing.
        }
        return lines;
    }

    private DxlClientConfig brokers(String brokers, String... more) {
        Map<String, String> values = pairs(more);
        values.putAll(Map.of(
                "dxl.brokers", brokers,
                "dxl.tls.ca", fabric.caPem(),
                "dxl.tls.certificate", fabric.certificatePem(),
                "dxl.tls.private-key", fabric.privateKeyPem()));
        return configuration(values).clientConfig();
    }

    private DxlClientConfig fileWith(String text, String... keysAndValues) throws IOException {
        Path file = folder.resolve("changed.config");
        Files.writeString(file, Files.readString(folder.resolve("dxlclient.config")) + text);
        Map<String, String> values = pairs(keysAndValues);
        values.put("dxl.config-file", file.toString());
        return configuration(values).clientConfig();
    }

    private static List<String> problems(String... keysAndValues) {
        DxlConfiguration configuration = configuration(pairs(keysAndValues));
        configuration.clientConfig();
        return configuration.problems().stream().map(ConfigurationProblem::text).toList();
    }

    private static Map<String, String> pairs(String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return values;
    }

    private static DxlConfiguration configuration(Map<String, String> values) {
        return new DxlConfiguration(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "the test's source", 100))
                .build());
    }
}
