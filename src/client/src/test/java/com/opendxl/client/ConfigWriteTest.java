package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.DxlException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigWriteTest {
    private static final String PROVISIONED = """
            # Provisioned by hand, keep this line
            [General]
            useWebSockets = no   # not yet
            Colour=blue

            [Certs]
            BrokerCertChain : ca.crt
            CertFile="client.crt"
            PrivateKey=client.key

            ; the brokers of the north
            [Brokers]
            # the first
            one={1};8883;one.example.org;192.0.2.1
            # all of them
            many=many;8883;a;b;c
            two={2};8884;two.example.org;null

            [Proxy]
            Address=proxy
            Port=3128
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws Exception {
        for (String name : List.of("ca.crt", "client.crt", "client.key")) {
            Files.createFile(folder.resolve(name));
        }
        file = Files.writeString(folder.resolve("dxlclient.config"), PROVISIONED);
    }

    @Test
    void a_file_of_which_nothing_has_changed_is_written_as_it_was() throws Exception {
        DxlClientConfig config = read(file);
        config.write(file.toString());
        assertThat(file).hasContent(PROVISIONED);

        Path elsewhere = folder.resolve("elsewhere.config");
        config.write(elsewhere.toString());
        assertThat(elsewhere).hasContent(PROVISIONED);
    }

    @Test
    void what_has_changed_is_changed_and_all_else_stays() throws Exception {
        DxlClientConfig config = read(file);
        config.setUseWebSockets(true);
        config.setProxyPort(8080);
        config.setProxyUserName("alice");
        config.setProxyPassword("s,ec".toCharArray());
        config.setConnectRetries(5);
        config.setHttpsHostnameVerificationEnabled(true);
        config.getBrokerList().remove(0);
        config.addBroker(new Broker("9a4c", 8885, "2001:db8::5", null));
        config.setWebSocketBrokers(List.of(new Broker("{3}", 443, "three", null, true)));

        config.write(file.toString());

        assertThat(file).hasContent("""
                # Provisioned by hand, keep this line
                [General]
                useWebSockets = true   # not yet
                Colour=blue
                VerifyHostname=true
                ConnectRetries=5

                [Certs]
                BrokerCertChain : ca.crt
                CertFile="client.crt"
                PrivateKey=client.key

                ; the brokers of the north
                [Brokers]
                # the first
                # all of them
                many=many;8883;a;b;c
                two={2};8884;two.example.org;null
                {9a4c}={9a4c};8885;2001:db8::5

                [Proxy]
                Address=proxy
                Port=8080
                User=alice
                Password="s,ec"

                [BrokersWebSockets]
                {3}={3};443;three
                """);
        DxlClientConfig again = read(file);
        assertThat(again.isUseWebSockets()).isTrue();
        assertThat(again.getProxyPassword()).containsExactly("s,ec".toCharArray());
        assertThat(again.getBrokerList()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "s,ec|\"s,ec\"",
                "s,e#c|s,e#c",
                "a#b|a#b",
                "a # b|\"a # b\"",
                "# b|\"# b\"",
                "` a`|\" a\"",
                "\"a|'\"a'",
                "'a'|\"'a'\"",
                "it's|it's",
                "a,\\b|'a,\\b'",
                "a\\;b|a\\;b",
                "a;b=c:d|a;b=c:d",
                "[a]|\"[a]\""
            })
    void a_password_is_written_so_that_it_is_read_again(String password, String written) throws Exception {
        DxlClientConfig config = read(file);
        config.setProxyUserName("alice");
        config.setProxyPassword(password.toCharArray());

        config.write(file.toString());

        assertThat(file).content().contains("\nPassword=" + written + "\n");
        assertThat(read(file).getProxyPassword()).containsExactly(password.toCharArray());
    }

    @Test
    void what_others_have_written_meanwhile_stays() throws Exception {
        DxlClientConfig config = read(file);
        Files.writeString(file, PROVISIONED.replace("Colour=blue", "Colour=red\n# new"));
        config.setProxyAddress(null);

        config.write(file.toString());

        assertThat(file)
                .content()
                .contains("Colour=red\n# new")
                .contains("[Proxy]")
                .doesNotContain("Address=", "Port=");
    }

    @Test
    void line_ends_and_byte_order_mark_stay() throws Exception {
        Files.writeString(file, "\uFEFF" + PROVISIONED.replace("\n", "\r\n"));
        DxlClientConfig config = read(file);
        config.setProxyPort(1);

        config.write(file.toString());

        assertThat(Files.readString(file))
                .isEqualTo("\uFEFF" + PROVISIONED.replace("3128", "1").replace("\n", "\r\n"));
    }

    @Test
    void one_made_by_hand_is_written_whole_without_words_for_what_is_not_there() throws Exception {
        DxlClientConfig config = new DxlClientConfig(
                "ca.crt",
                "client.crt",
                "client.key",
                List.of(new Broker("9a4c", 8883, "one", null), new Broker("b", 8883, "two", "192.0.2.2")));
        Path made = folder.resolve("made.config");

        config.write(made.toString());

        assertThat(made).hasContent("""
                [General]
                UseWebSockets=false

                [Certs]
                BrokerCertChain=ca.crt
                CertFile=client.crt
                PrivateKey=client.key

                [Brokers]
                {9a4c}={9a4c};8883;one
                b=b;8883;two;192.0.2.2
                """);
        assertThat(read(made).getBrokerList()).hasSize(2);
    }

    @Test
    void a_client_id_is_written_only_if_it_was_given() throws Exception {
        DxlClientConfig config = read(file);
        config.setUniqueId("{me}");
        config.write(file.toString());

        assertThat(file).content().contains("ClientId={me}\n");
        assertThat(read(file).getUniqueId()).isEqualTo("{me}");
    }

    @Test
    void permissions_and_links_are_kept_and_nothing_is_left_beside_it() throws Exception {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.config"), file);
        DxlClientConfig config = read(link);
        config.setProxyPort(1);

        config.write(link.toString());

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).contains("Port=1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(5);
        }
    }

    @Test
    void a_new_file_with_a_login_in_it_is_its_owners_alone() throws Exception {
        Path fresh = folder.resolve("fresh.config");
        DxlClientConfig config = read(file);

        config.write(fresh.toString());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rw-------");
    }

    @Test
    void what_a_file_cannot_hold_is_refused_and_the_old_one_stays() throws Exception {
        DxlClientConfig inline = new DxlClientConfig("-----BEGIN\n-----END", "client.crt", "client.key", List.of());
        assertThatThrownBy(() -> inline.write(file.toString()))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining(
                        "Error writing configuration file " + file + ": BrokerCertChain is given as a text")
                .hasMessageContaining("put the PEM text into a file and name that");
        DxlClientConfig odd = read(file);
        odd.setProxyUserName("a\nb");
        assertThatThrownBy(() -> odd.write(file.toString()))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("The value of User can't be written")
                .hasMessageNotContaining("a\nb");
        DxlClientConfig broker = read(file);
        broker.addBroker(new Broker("a;b", 8883, "host", null));
        assertThatThrownBy(() -> broker.write(file.toString())).isInstanceOf(DxlException.class);
        assertThat(file).hasContent(PROVISIONED);
    }

    @Test
    void a_folder_that_is_not_there_is_told() throws Exception {
        DxlClientConfig config = read(file);
        assertThatThrownBy(() ->
                        config.write(folder.resolve("none/dxlclient.config").toString()))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("Error writing configuration file");
    }

    private static DxlClientConfig read(Path path) throws DxlException {
        return DxlClientConfig.createDxlConfigFromFile(path.toString());
    }
}
