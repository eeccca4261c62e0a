package io.github.dxlcdi.client.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.DxlException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as clients in Java, Python and JavaScript write and read them. */
class IniDialectTest {
    private static final String CERTS = "[Certs]\nBrokerCertChain=ca.crt\nCertFile=client.crt\nPrivateKey=client.key\n";
    private static final String BROKERS = "[Brokers]\nb=b;8883;host\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "key = value|value",
                "key: value|value",
                "Password: a=b|a=b",
                "Password=a:b=c|a:b=c",
                "'Password' = x|x",
                "\"Password\"=\"a = b\"|a = b",
                "Password = \"s,e#c\" # mine|s,e#c",
                "Password = 's,e\"c'|s,e\"c",
                "Password = '''it's \"x\"'''|it's \"x\"",
                "Password = \"\"\"a\"b\"\"\"|a\"b",
                "Password = \"a\\\"b\"|a\"b",
                "Password = \"a|\"a",
                "Password = a\"b\"|a\"b\"",
                "Password = a#b|a#b",
                "Password = a #b|a #b",
                "Password = a # b|a",
                "Password = # none|",
                "Password = #a|#a",
                "Password = a ; b|a ; b",
                "Password = a\\;b\\#c|a\\;b\\#c",
                "Password = a\\\\b|a\\\\b"
            })
    void a_value_is_what_its_client_means(String line, String value) throws Exception {
        IniFile ini = IniFile.parse(List.of("[Proxy]", line));

        if (line.startsWith("key")) {
            assertThat(ini.value("Proxy", "key")).contains("value");
        } else {
            assertThat(ini.value("Proxy", "Password")).isEqualTo(java.util.Optional.ofNullable(value));
        }
    }

    @Test
    void a_file_that_python_indented_is_read() throws Exception {
        ClientConfigFile file = read("""
                [General]
                    UseWebSockets = False # for now
                [Certs] # of the fabric
                    BrokerCertChain = "ca.crt"
                    CertFile = 'client.crt'   # ours
                    PrivateKey = client.key#secret
                [ "Brokers" ]
                    "b" = {1};8883;host # the first
                    c = 2;8883;host
                """);

        assertThat(file.general().useWebSockets()).contains(false);
        assertThat(file.certificate()).endsWith("client.crt");
        assertThat(file.privateKey()).endsWith("client.key");
        assertThat(file.brokers())
                .containsExactly(
                        new BrokerAddress("{1}", 8883, "host", "", false),
                        new BrokerAddress("2", 8883, "host", "", false));
    }

    @Test
    void a_file_that_javascript_escaped_is_read() throws Exception {
        assertThat(read(CERTS + "[Brokers]\nb={1}\\;8883\\;host\\;192.0.2.1\n").brokers())
                .containsExactly(new BrokerAddress("{1}", 8883, "host", "192.0.2.1", false));
    }

    @Test
    void the_key_of_a_broker_may_hold_a_colon() throws Exception {
        assertThat(read(CERTS + "[Brokers]\nhost:8883={1};8883;host\n").brokers())
                .containsExactly(new BrokerAddress("{1}", 8883, "host", "", false));
    }

    @Test
    void the_keys_that_newer_clients_know_are_read() throws Exception {
        GeneralSection general = read("[General]\nTlsMinVersion=1.3\nVerifyHostname=yes\nTlsCiphers=ECDH+AESGCM:!MD5\n"
                        + "ConnectRetries=3\nClientId={me}\n" + CERTS + BROKERS)
                .general();

        assertThat(general.tlsMinVersion()).contains("TLSv1.3");
        assertThat(general.verifyHostname()).contains(true);
        assertThat(general.tlsCiphers()).contains("ECDH+AESGCM:!MD5");
        assertThat(general.connectRetries()).contains(3);
        assertThat(general.clientId()).contains("{me}");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2,TLSv1.2",
        "1.3,TLSv1.3",
        "TLSv1.3,TLSv1.3",
        "tls1.2,TLSv1.2",
        "TLSv1_2,TLSv1.2",
        "TLS 1.3,TLSv1.3",
        "1.0,TLSv1"
    })
    void a_version_of_tls_is_read_in_every_spelling(String text, String version) throws Exception {
        assertThat(read("[General]\nTlsMinVersion=" + text + "\n" + CERTS + BROKERS)
                        .general()
                        .tlsMinVersion())
                .contains(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TlsMinVersion=2|line 2, [General] TlsMinVersion: TlsMinVersion=2 is no version of TLS, expected 1.2 or 1.3",
                "VerifyHostname=so|line 2, [General] VerifyHostname: VerifyHostname=so is not understood, expected one of",
                "ConnectRetries=x|line 2, [General] ConnectRetries: ConnectRetries=x is no number of retries, expected 0 or"
                        + " more",
                "ConnectRetries=-2|line 2, [General] ConnectRetries: ConnectRetries=-2 is no number of retries"
            })
    void what_is_wrong_is_told_with_file_section_key_and_line(String line, String message) {
        assertThatThrownBy(() -> read("[General]\n" + line + "\n" + CERTS + BROKERS))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining(folder.resolve("dxlclient.config") + ": " + message);
    }

    @Test
    void a_broker_and_a_path_are_told_with_their_place_too() {
        assertThatThrownBy(() -> read(CERTS + BROKERS + "c=c;x;host\n"))
                .hasMessageContaining(
                        "line 7, [Brokers] c: The broker's line 'c;x;host' can't be read: the port is 'x'");
        assertThatThrownBy(() -> read(CERTS.replace("client.crt", "none.crt") + BROKERS))
                .hasMessageContaining("line 3, [Certs] CertFile: File not found: CertFile=none.crt");
        assertThatThrownBy(() -> read(CERTS.replace("client.crt", "a\0b") + BROKERS))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("line 3, [Certs] CertFile: File not found");
    }

    @Test
    void a_file_out_of_all_bounds_is_refused() throws Exception {
        assertThatThrownBy(() -> read("#".repeat(1 << 20) + "\n" + CERTS + BROKERS))
                .hasMessageContaining("it has more than 1048576 bytes; is this a dxlclient.config?");
        assertThatThrownBy(() -> read("[Certs]\na=" + "x".repeat(16_383) + "\n"))
                .hasMessageContaining("Line 2 has 16385 characters, expected at most 16384");
        assertThatThrownBy(() -> read("[Certs]\na=1\n" + " x\n".repeat(9_000)))
                .hasMessageContaining("line 2, [Certs] a: the value has more than 16384 characters");
        StringBuilder many = new StringBuilder("[Brokers]\n");
        for (int i = 0; i < 1_000; i++) {
            many.append("b").append(i).append("=b;8883;host\n");
        }
        assertThat(read(CERTS + many).brokers()).hasSize(1_000);
        assertThatThrownBy(() -> read(CERTS + many + "one-more=b;8883;host\n"))
                .hasMessageContaining("[Brokers] one-more: there are more than 1000 brokers");
    }

    private ClientConfigFile read(String text) throws Exception {
        for (String name : List.of("ca.crt", "client.crt", "client.key")) {
            Files.writeString(folder.resolve(name), "");
        }
        Path config = folder.resolve("dxlclient.config");
        return ClientConfigFile.read(Files.write(config, text.getBytes(StandardCharsets.UTF_8)));
    }
}
