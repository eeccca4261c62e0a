package io.github.dxlcdi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.Broker;
import com.opendxl.client.DxlClientConfig;
import com.opendxl.client.message.DxlErrorMessageEnum;
import io.github.dxlcdi.client.request.RequestFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tables of docs/client.md say is what the client does. */
class ClientPageTest {
    private static final Path PAGE = Path.of("../../docs/client.md");
    private static final Path SOURCES = Path.of("../client/src/main/java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(dxlClient\\.[^`]+)` \\| `?([^`|]*?)`? \\|");
    private static final Pattern PROPERTY = Pattern.compile("\"(dxlClient\\.[A-Za-z.]*[A-Za-z])\"");

    /** What a configuration tells of the properties that it is made of. */
    private static final Map<String, Function<DxlClientConfig, Object>> TOLD = Map.ofEntries(
            Map.entry("dxlClient.connectRetries", DxlClientConfig::getConnectRetries),
            Map.entry("dxlClient.reconnectDelay", DxlClientConfig::getReconnectDelay),
            Map.entry("dxlClient.maxReconnectDelay", DxlClientConfig::getReconnectDelayMax),
            Map.entry("dxlClient.reconnectBackOffMultiplier", DxlClientConfig::getReconnectBackOffMultiplier),
            Map.entry("dxlClient.reconnectDelayRandom", DxlClientConfig::getReconnectDelayRandom),
            Map.entry("dxlClient.mqtt.timeToWait", DxlClientConfig::getOperationTimeToWait),
            Map.entry("dxlClient.mqtt.connectTimeout", DxlClientConfig::getConnectTimeout),
            Map.entry("dxlClient.mqtt.disconnectTimeout", DxlClientConfig::getDisconnectTimeout),
            Map.entry("dxlClient.mqtt.keepAliveInterval", DxlClientConfig::getKeepAliveInterval),
            Map.entry("dxlClient.incomingMessageThreadPoolSize", DxlClientConfig::getIncomingMessageThreadPoolSize),
            Map.entry("dxlClient.incomingMessageQueueSize", DxlClientConfig::getIncomingMessageQueueSize));

    @TempDir
    private Path folder;

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private static Map<String, String> propertiesOfThePage() throws IOException {
        return ROW.matcher(page())
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> row.group(2), (one, other) -> other, TreeMap::new));
    }

    @Test
    void the_system_properties_are_those_that_the_client_reads() throws IOException {
        Set<String> read = PROPERTY.matcher(sources())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(propertiesOfThePage().keySet()).isEqualTo(read);
    }

    @Test
    void their_defaults_are_those_of_a_configuration() throws Exception {
        DxlClientConfig config = new DxlClientConfig("ca", "certificate", "key", null);
        Map<String, String> written = propertiesOfThePage();

        TOLD.forEach((name, told) -> assertThat(written.get(name))
                .as(name)
                .isEqualTo(told.apply(config).toString()));
    }

    @Test
    void the_codes_of_answers_are_told_with_their_words() throws IOException {
        Map<String, String> codes = Pattern.compile("(?m)^\\| `(0x8[0-9A-F]{7})` \\| `([^`]*)` \\|")
                .matcher(page())
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        for (RequestFailure failure : RequestFailure.values()) {
            assertThat(codes)
                    .containsEntry(
                            "0x%08X".formatted(failure.code()), failure.text("").replace(" ()", ""));
        }
        DxlErrorMessageEnum unavailable = DxlErrorMessageEnum.FABRICSERVICEUNAVAILABLE;
        assertThat(codes).containsEntry("0x%08X".formatted(unavailable.getErrorCode()), unavailable.getErrorMessage());
    }

    @Test
    void the_file_of_the_example_says_what_the_page_explains() throws Exception {
        for (String name : Set.of("ca-bundle.crt", "client.crt", "client.key")) {
            Files.createFile(folder.resolve(name));
        }
        Path file = folder.resolve("dxlclient.config");
        try (var example = ClientPageTest.class.getResourceAsStream("dxlclient.config")) {
            Files.copy(example, file);
        }

        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(file.toString());

        assertThat(config.getInUseBrokerList())
                .extracting(Broker::toString)
                .containsExactly("ssl://broker1.example.org:8883", "ssl://[2001:db8::5]:8883");
        assertThat(config.getWebSocketBrokers())
                .extracting(Broker::toString)
                .containsExactly("wss://broker1.example.org:443");
        assertThat(config.isHttpsHostnameVerificationEnabled()).isFalse();
        assertThat(config.getProxyAddress()).isEqualTo("proxy.example.org");
        assertThat(config.getProxyPort()).isEqualTo(3128);
        assertThat(config.getProxyUserName()).isEqualTo("alice");
        assertThat(config.getProxyPassword()).containsExactly("secret".toCharArray());
        assertThat(config.getBrokerCaBundlePath())
                .isEqualTo(folder.resolve("ca-bundle.crt").toString());
    }

    @Test
    void every_method_that_the_page_names_is_there() throws IOException {
        String sources = sources();
        for (MatchResult named : Pattern.compile("`(?:[A-Z]\\w*\\.)?([a-z]\\w+)\\([^`]*\\)`")
                .matcher(page())
                .results()
                .toList()) {
            assertThat(sources.contains(" " + named.group(1) + "("))
                    .as(named.group())
                    .isTrue();
        }
    }
}
