package io.github.dxlcdi.client.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.exception.DxlException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever the bytes are: a configuration, or an error that is told. A run with a million inputs: {@code -P fuzz}. */
class ConfigFileFuzzTest {
    private static final Path CONFIG = Path.of("dxlclient.config").toAbsolutePath();
    private static final String GOOD = """
            # provisioned
            [General]
            UseWebSockets=false
            ClientId = "{me}" # fixed
            TlsMinVersion=1.2
            [Certs]
            BrokerCertChain=pom.xml
            CertFile='pom.xml'
            PrivateKey: pom.xml
            [Brokers]
            {1}={1};8883;broker1.example.org;192.0.2.10
            b3=9a4c;8883;2001:db8::5;2001:db8::5
            [BrokersWebSockets]
            b=b;443;one;two;three
            [Proxy]
            Address=proxy
            Port=3128
            User=alice
            Password="s,e#c"
            """;

    private static final List<String> PIECES = List.of(
            "[",
            "]",
            "=",
            ":",
            ";",
            "#",
            "\"",
            "'",
            "\"\"\"",
            "\\",
            "\n",
            "\r\n",
            "\t",
            " ",
            "\0",
            "\uFEFF",
            ";;;",
            "[Brokers]",
            "[Certs]",
            "99999999999",
            "-1",
            "null",
            "CertFile=",
            "%",
            "\u2028",
            "\uD800",
            "{",
            "}",
            "[[x]]",
            "b=;",
            "\n  ");

    @Example
    void the_file_that_gets_damaged_is_good() throws DxlException {
        ClientConfigFile file = ClientConfigFile.parse(GOOD, CONFIG);

        assertThat(file.clientId()).contains("{me}");
        assertThat(file.webSocketBrokers()).hasSize(2);
        assertThat(file.proxy().orElseThrow().password()).containsExactly("s,e#c".toCharArray());
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void random_bytes_are_read_or_refused(@ForAll byte[] bytes) {
        read(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void a_good_file_that_was_damaged_is_read_or_refused(@ForAll("damaged") String text) {
        read(text);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void any_broker_line_is_read_or_refused(@ForAll("brokerLines") String line) {
        read("[Certs]\nBrokerCertChain=pom.xml\nCertFile=pom.xml\nPrivateKey=pom.xml\n[Brokers]\nb=" + line + "\n");
    }

    @Provide
    Arbitrary<String> damaged() {
        Arbitrary<int[]> change = Combinators.combine(
                        Arbitraries.integers().between(0, GOOD.length()),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.integers().between(0, PIECES.size() - 1))
                .as((at, cut, piece) -> new int[] {at, cut, piece});
        return change.list().ofMinSize(1).ofMaxSize(4).map(ConfigFileFuzzTest::damage);
    }

    @Provide
    Arbitrary<String> brokerLines() {
        Arbitrary<String> part = Arbitraries.oneOf(
                Arbitraries.of("8883", "id", "host", "::1", "[::1]", "", " ", "null", "0", "ssl://", "wss://h:1", "%"),
                Arbitraries.strings().ofMaxLength(5));
        return part.list().ofMaxSize(6).map(parts -> String.join(";", parts));
    }

    private static String damage(List<int[]> changes) {
        StringBuilder text = new StringBuilder(GOOD);
        for (int[] change : changes) {
            int at = Math.min(change[0], text.length());
            text.replace(at, Math.min(text.length(), at + change[1]), PIECES.get(change[2]));
        }
        return text.toString();
    }

    private static void read(String text) {
        ClientConfigFile file;
        try {
            file = ClientConfigFile.parse(text, CONFIG);
        } catch (DxlException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        List<BrokerAddress> brokers = new ArrayList<>(file.brokers());
        brokers.addAll(file.webSocketBrokers());
        assertThat(brokers).isNotEmpty().allSatisfy(broker -> {
            assertThat(broker.port()).isBetween(1, 65_535);
            assertThat(broker.hosts()).isNotEmpty();
        });
    }
}
