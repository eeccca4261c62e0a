package io.github.dxlcdi.client.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.opendxl.client.exception.DxlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigFileTest {
    private static final String CERTS = """
            [Certs]
            BrokerCertChain=ca-bundle.crt
            CertFile=client.crt
            PrivateKey=client.key
            """;
    private static final String BROKERS = """
            [Brokers]
            b=b;8883;broker.example.org
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void filesOfTheCertificates() throws IOException {
        for (String name : new String[] {"ca-bundle.crt", "client.crt", "client.key"}) {
            Files.createFile(folder.resolve(name));
        }
    }

    @Test
    void a_provisioned_file_is_read_whole_with_its_paths_beside_it() throws Exception {
        ClientConfigFile file = read("""
                [General]
                UseWebSockets=false
                [Certs]
                BrokerCertChain=ca-bundle.crt
                CertFile=client.crt
                PrivateKey=client.key
                [Brokers]
                {5d73b77f-8c4b-4ae0-b437-febd12facfd4}={5d73b77f-8c4b-4ae0-b437-febd12facfd4};8883;broker1.example.org;192.0.2.10
                b2=9a4c1f60-2f3e-4b7a-8d11-0c2d3e4f5a6b;8883;broker2.example.org
                b3=9a4c1f60-2f3e-4b7a-8d11-0c2d3e4f5a6c;8883;2001:db8::5;2001:db8::5
                [BrokersWebSockets]
                {5d73b77f-8c4b-4ae0-b437-febd12facfd4}={5d73b77f-8c4b-4ae0-b437-febd12facfd4};443;broker1.example.org;192.0.2.10
                """);

        assertThat(file.clientId()).isEmpty();
        assertThat(file.caBundle()).isEqualTo(folder.resolve("ca-bundle.crt").toString());
        assertThat(file.certificate()).isEqualTo(folder.resolve("client.crt").toString());
        assertThat(file.privateKey()).isEqualTo(folder.resolve("client.key").toString());
        assertThat(file.brokers())
                .containsExactly(
                        new BrokerAddress(
                                "{5d73b77f-8c4b-4ae0-b437-febd12facfd4}",
                                8883,
                                "broker1.example.org",
                                "192.0.2.10",
                                false),
                        new BrokerAddress(
                                "9a4c1f60-2f3e-4b7a-8d11-0c2d3e4f5a6b", 8883, "broker2.example.org", "", false),
                        new BrokerAddress(
                                "9a4c1f60-2f3e-4b7a-8d11-0c2d3e4f5a6c", 8883, "2001:db8::5", "2001:db8::5", false));
        assertThat(file.brokers().get(2).hosts()).containsExactly("2001:db8::5");
    }

    @Test
    void a_path_that_leads_somewhere_from_the_working_directory_stays_as_it_is() throws Exception {
        Path absolute = folder.resolve("client.key");

        ClientConfigFile file =
                read(CERTS.replace("client.key", absolute.toString()).replace("client.crt", "pom.xml") + BROKERS);

        assertThat(file.privateKey()).isEqualTo(absolute.toString());
        assertThat(file.certificate()).isEqualTo("pom.xml");
    }

    @Test
    void comments_white_space_and_the_case_of_keys_do_not_matter() throws Exception {
        ClientConfigFile file = read("""
                # made by hand
                ; really

                [ General ]
                CLIENTID : {me}
                [Certs]
                # the fabric's
                brokercertchain = ca-bundle.crt
                CERTFILE: client.crt
                  ; an indented comment
                PrivateKey   =   client.key
                [Brokers]
                b = b; 8883 ; broker.example.org ; 192.0.2.1
                """);

        assertThat(file.clientId()).contains("{me}");
        assertThat(file.certificate()).endsWith("client.crt");
        assertThat(file.brokers())
                .containsExactly(new BrokerAddress("b", 8883, "broker.example.org", "192.0.2.1", false));
    }

    @Test
    void a_semicolon_or_number_sign_inside_a_value_is_part_of_it() throws Exception {
        Files.createFile(folder.resolve("client#1;old.key"));

        assertThat(read(CERTS.replace("client.key", "client#1;old.key") + BROKERS)
                        .privateKey())
                .endsWith("client#1;old.key");
    }

    @Test
    void an_indented_line_continues_the_value() throws DxlException {
        IniFile ini = IniFile.parse(java.util.List.of("[A]", "key = one", "  two", "\tthree", "next = 1"));

        assertThat(ini.value("A", "key")).contains("one\ntwo\nthree");
        assertThat(ini.value("A", "next")).contains("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[Brokers]$a=1$[Brokers]|Line 3: section [Brokers] stands there twice",
                "[Brokers]$a=1$A=2|Line 3: the key 'a' stands there twice",
                "a=1$[Brokers]|Line 1 stands before the first [section]",
                "[Brokers]$a|Line 2 is no 'key = value'",
                "[Brokers]$=b|Line 2 is no 'key = value'"
            })
    void what_is_no_proper_ini_file_is_refused_with_its_line(String text, String message) {
        assertThatThrownBy(() -> read(text.replace('$', '\n')))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("dxlclient.config")
                .hasMessageContaining(message);
    }

    @Test
    void section_names_count_in_their_case() {
        assertThatThrownBy(() -> read(CERTS.replace("[Certs]", "[certs]") + BROKERS))
                .hasMessageContaining("BrokerCertChain is missing under [Certs]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BrokerCertChain", "CertFile", "PrivateKey"})
    void a_missing_or_empty_key_of_the_certificates_is_named(String key) {
        assertThatThrownBy(() -> read(CERTS.replaceAll(key + "=.*\n", "") + BROKERS))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("The key " + key + " is missing under [Certs]");
        assertThatThrownBy(() -> read(CERTS.replaceAll(key + "=.*\n", key + "=\n") + BROKERS))
                .hasMessageContaining("The key " + key + " is missing under [Certs]");
    }

    @Test
    void a_file_that_is_not_there_is_named_with_the_places_looked_at() {
        assertThatThrownBy(() -> read(CERTS.replace("client.crt", "other.crt") + BROKERS))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("File not found: CertFile=other.crt")
                .hasMessageContaining(folder.resolve("other.crt").toString());
    }

    @Test
    void a_configuration_that_is_not_there_is_said_to_be_missing() {
        Path missing = folder.resolve("none/dxlclient.config");

        assertThatThrownBy(() -> ClientConfigFile.read(missing))
                .isInstanceOf(DxlException.class)
                .hasMessage("Error reading configuration file " + missing + ": there is no such file");
    }

    @Test
    void a_folder_in_place_of_the_configuration_is_told() {
        assertThat(catchThrowable(() -> ClientConfigFile.read(folder)))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining(folder + ": java.io.IOException: Is a directory");
    }

    @Test
    void a_byte_order_mark_and_line_ends_of_windows_are_read_over() throws Exception {
        assertThat(read("\uFEFF" + (CERTS + BROKERS).replace("\n", "\r\n")).brokers())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "ISO-8859-1", "UTF-8"})
    void a_path_is_read_in_any_encoding(String encoding) throws Exception {
        Files.createFile(folder.resolve("k\u00e4se.crt"));
        Path config = folder.resolve("dxlclient.config");
        String mark = encoding.startsWith("UTF") ? "\ufeff" : "";
        Files.write(config, (mark + CERTS.replace("client.crt", "k\u00e4se.crt") + BROKERS).getBytes(encoding));

        assertThat(ClientConfigFile.read(config).certificate()).endsWith("k\u00e4se.crt");
    }

    @Test
    void a_comment_in_another_encoding_hurts_nobody() throws Exception {
        Path config = folder.resolve("dxlclient.config");
        Files.write(config, ("# für München\n" + CERTS + BROKERS).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(ClientConfigFile.read(config).brokers()).hasSize(1);
    }

    @Test
    void a_proxy_is_read_with_its_login() throws Exception {
        ProxyAddress proxy = read(CERTS + BROKERS
                        + "[Proxy]\nAddress=proxy.example.org\nPort=3128\nUser=alice\nPassword=s;e#c=r:e t\n")
                .proxy()
                .orElseThrow();

        assertThat(proxy).hasToString("proxy.example.org:3128");
        assertThat(proxy.user()).isEqualTo("alice");
        assertThat(proxy.password()).containsExactly("s;e#c=r:e t".toCharArray());
        assertThat(read(CERTS + BROKERS + "[Proxy]\nAddress=[::1]\nPort=3128\nPassword=x\n")
                        .proxy())
                .contains(new ProxyAddress("::1", 3128, null, null));
    }

    @Test
    void a_proxy_without_an_address_is_none() throws Exception {
        assertThat(read(CERTS + BROKERS + "[Proxy]\nAddress=\nPort=\n").proxy()).isEmpty();
        assertThat(read(CERTS + BROKERS + "[Proxy]\nPort=none\nUser=alice\n").proxy())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Address=proxy|line 8, [Proxy] Address: the proxy's port is missing; add Port=3128",
                "Address=proxy$Port=|line 8, [Proxy] Address: the proxy's port is missing",
                "Address=proxy$Port=http|line 9, [Proxy] Port: the proxy's port is 'http', expected 1 to 65535",
                "Address=proxy$Port=65536|line 9, [Proxy] Port: the proxy's port is '65536', expected 1 to 65535",
                "Address=proxy$Port=0|line 9, [Proxy] Port: the proxy's port is '0', expected 1 to 65535"
            })
    void a_proxy_without_a_proper_port_is_refused_with_its_line(String section, String message) {
        assertThatThrownBy(() -> read(CERTS + BROKERS + "[Proxy]\n" + section.replace('$', '\n')))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("dxlclient.config: " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "http://alice:s3cret@proxy.example.org, *****",
        "alice:s3cret@proxy.example.org, *****",
        "https://proxy.example.org, https://proxy.example.org",
        "proxy.example.org:3128, proxy.example.org:3128"
    })
    void a_proxy_that_is_more_than_a_host_is_refused_with_what_to_write(String address, String shown) {
        assertThatThrownBy(() -> read(CERTS + BROKERS + "[Proxy]\nAddress=" + address + "\nPort=3128\n"))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("line 8, [Proxy] Address: the proxy's address is '" + shown
                        + "', expected a host name or address alone; give its port and a login apart from it: Port,"
                        + " User and Password in dxlclient.config")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "YES", "On", "1"})
    void web_sockets_are_asked_for_in_every_spelling(String yes) throws Exception {
        assertThat(read("[General]\nUseWebSockets=" + yes + "\n" + CERTS + BROKERS)
                        .general()
                        .useWebSockets())
                .contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "No", "OFF", "0", ""})
    void no_web_sockets_are_asked_for_in_every_spelling(String no) throws Exception {
        ClientConfigFile file = read("[General]\nUseWebSockets=" + no + "\n" + CERTS + BROKERS);
        assertThat(file.brokers()).hasSize(1);
        assertThat(file.general().useWebSockets()).isEqualTo(no.isEmpty() ? Optional.empty() : Optional.of(false));
    }

    @Test
    void another_word_for_web_sockets_is_refused() {
        assertThatThrownBy(() -> read("[General]\nUseWebSockets=perhaps\n" + CERTS + BROKERS))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("UseWebSockets=perhaps is not understood");
    }

    @Test
    void web_socket_brokers_alone_are_enough_and_none_at_all_is_refused() throws Exception {
        assertThat(read(CERTS + "[Brokers]\n[BrokersWebSockets]\nb=b;443;broker.example.org\n")
                        .webSocketBrokers())
                .containsExactly(new BrokerAddress("b", 443, "broker.example.org", "", true));
        assertThatThrownBy(() -> read(CERTS + "[Brokers]\n"))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("no broker under [Brokers]");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> read("""
                [General]
                UseWebSockets=perhaps
                TlsMinVersion=4
                nonsense
                [Certs]
                CertFile=<path>
                PrivateKey=client.key
                [Brokers]
                a=a;<port>;host
                b=b;8883
                [Proxy]
                Address=proxy
                """))
                .hasMessageContaining("8 things are wrong in it. Line 4 is no 'key = value'")
                .hasMessageContaining("line 2, [General] UseWebSockets: UseWebSockets=perhaps is not understood")
                .hasMessageContaining("line 3, [General] TlsMinVersion: TlsMinVersion=4 is no version of TLS")
                .hasMessageContaining("The key BrokerCertChain is missing under [Certs]")
                .hasMessageContaining("line 6, [Certs] CertFile: File not found")
                .hasMessageContaining("line 9, [Brokers] a: ")
                .hasMessageContaining("line 10, [Brokers] b: ")
                .hasMessageContaining("line 12, [Proxy] Address: the proxy's port is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"brokers", "Broker", "BrokerWebSockets", "brokerswebsockets", "BROKERS"})
    void a_section_of_brokers_that_is_written_otherwise_is_named(String section) {
        assertThatThrownBy(() -> read(CERTS + BROKERS.replace("Brokers", section)))
                .hasMessageContaining("There is no broker under [Brokers] or [BrokersWebSockets]; add one as"
                        + " key=id;port;host[;address]; there is a section [" + section + "], whose name is not read");
        assertThatThrownBy(() -> read(CERTS.replace("Certs", "cert") + BROKERS))
                .hasMessageContaining("there is a section [cert], whose name is not read");
    }

    @Test
    void a_malformed_broker_is_refused_with_its_line() {
        assertThatThrownBy(() -> read(CERTS + BROKERS + "c=c;port;host\n"))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("dxlclient.config")
                .hasMessageContaining("'c;port;host'")
                .hasMessageContaining("the port is 'port'");
    }

    private ClientConfigFile read(String text) throws IOException, DxlException {
        return ClientConfigFile.read(Files.writeString(folder.resolve("dxlclient.config"), text));
    }
}
