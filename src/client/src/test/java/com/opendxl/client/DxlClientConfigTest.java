package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.DxlException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DxlClientConfigTest {
    private final DxlClientConfig config = new DxlClientConfig("ca", "cert", "key", List.of());

    @TempDir
    private Path folder;

    @Test
    void without_further_words_it_behaves_as_documented() {
        assertThat(config.getConnectRetries()).isEqualTo(-1);
        assertThat(config.isInfiniteReconnectRetries()).isTrue();
        assertThat(config.getReconnectDelay()).isEqualTo(1_000);
        assertThat(config.getReconnectDelayMax()).isEqualTo(60_000);
        assertThat(config.getReconnectBackOffMultiplier()).isEqualTo(2);
        assertThat(config.getReconnectDelayRandom()).isEqualTo(0.25f);
        assertThat(config.getOperationTimeToWait()).isEqualTo(120_000);
        assertThat(config.getConnectTimeout()).isEqualTo(30);
        assertThat(config.getDisconnectTimeout()).isEqualTo(60);
        assertThat(config.defaultWait()).isEqualTo(3_600_000);
        assertThat(config.brokerConnectTimeout()).isEqualTo(2_000);
        assertThat(config.disconnectedStrategyDisabled()).isFalse();
        assertThat(config.isUseWebSockets()).isFalse();
        assertThat(config.getKeepAliveInterval()).isEqualTo(60);
        assertThat(config.getIncomingMessageThreadPoolSize()).isEqualTo(1);
        assertThat(config.getIncomingMessageQueueSize()).isEqualTo(16_384);
        assertThat(config.isHttpsHostnameVerificationEnabled()).isFalse();
        assertThat(config.getUniqueId()).matches("\\{[0-9a-f-]{36}}");
    }

    @Test
    void system_properties_are_read_when_it_is_made() {
        System.setProperty("dxlClient.mqtt.keepAliveInterval", "7");
        System.setProperty("dxlClient.connectRetries", "3");
        try {
            DxlClientConfig made = new DxlClientConfig("ca", "cert", "key", List.of());
            assertThat(made.getKeepAliveInterval()).isEqualTo(7);
            assertThat(made.getConnectRetries()).isEqualTo(3);
        } finally {
            System.clearProperty("dxlClient.mqtt.keepAliveInterval");
            System.clearProperty("dxlClient.connectRetries");
        }
    }

    @ParameterizedTest
    @MethodSource("properties")
    void every_system_property_of_the_api_gives_its_default(
            String name, String value, Function<DxlClientConfig, Object> property, Object expected) {
        System.setProperty(name, value);
        try {
            assertThat(property.apply(new DxlClientConfig("ca", "cert", "key", List.of())))
                    .isEqualTo(expected);
            System.setProperty(name, "-7");
            assertThat(property.apply(new DxlClientConfig("ca", "cert", "key", List.of())))
                    .isEqualTo(property.apply(config));
            System.setProperty(name, "many");
            assertThat(property.apply(new DxlClientConfig("ca", "cert", "key", List.of())))
                    .isEqualTo(property.apply(config));
        } finally {
            System.clearProperty(name);
        }
    }

    static Stream<Arguments> properties() {
        return Stream.of(
                property("dxlClient.connectRetries", "3", DxlClientConfig::getConnectRetries, 3),
                property("dxlClient.reconnectDelay", "4", DxlClientConfig::getReconnectDelay, 4),
                property(
                        "dxlClient.reconnectBackOffMultiplier", "5", DxlClientConfig::getReconnectBackOffMultiplier, 5),
                property("dxlClient.maxReconnectDelay", "6", DxlClientConfig::getReconnectDelayMax, 6L),
                property("dxlClient.reconnectDelayRandom", "0.5", DxlClientConfig::getReconnectDelayRandom, 0.5f),
                property("dxlClient.mqtt.timeToWait", "8", DxlClientConfig::getOperationTimeToWait, 8L),
                property("dxlClient.mqtt.connectTimeout", "9", DxlClientConfig::getConnectTimeout, 9),
                property("dxlClient.mqtt.disconnectTimeout", "10", DxlClientConfig::getDisconnectTimeout, 10),
                property("dxlClient.mqtt.keepAliveInterval", "11", DxlClientConfig::getKeepAliveInterval, 11),
                property(
                        "dxlClient.incomingMessageThreadPoolSize",
                        "12",
                        DxlClientConfig::getIncomingMessageThreadPoolSize,
                        12),
                property("dxlClient.incomingMessageQueueSize", "13", DxlClientConfig::getIncomingMessageQueueSize, 13),
                property("dxlClient.defaultWait", "14", DxlClientConfig::defaultWait, 14L),
                property("dxlClient.brokerConnectTimeout", "15", DxlClientConfig::brokerConnectTimeout, 15),
                property(
                        "dxlClient.disableDisconnectedStrategy",
                        "true",
                        DxlClientConfig::disconnectedStrategyDisabled,
                        true));
    }

    private static Arguments property(
            String name, String value, Function<DxlClientConfig, Object> property, Object expected) {
        return Arguments.of(name, value, property, expected);
    }

    @Test
    void values_out_of_range_are_refused() {
        assertThatThrownBy(() -> config.setKeepAliveInterval(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        for (float random : new float[] {-0.1f, 1.1f, Float.NaN}) {
            assertThatThrownBy(() -> config.setReconnectDelayRandom(random))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        config.setKeepAliveInterval(0);
        config.setReconnectDelayRandom(0);
        config.setReconnectDelayRandom(1);
    }

    @Test
    void a_queue_and_a_pool_hold_at_least_one() {
        config.setIncomingMessageQueueSize(0);
        config.setIncomingMessageThreadPoolSize(-1);

        assertThat(config.getIncomingMessageQueueSize()).isEqualTo(1);
        assertThat(config.getIncomingMessageThreadPoolSize()).isEqualTo(1);
    }

    @Test
    void the_brokers_of_a_file_are_its_brokers() throws Exception {
        for (String name : List.of("ca", "cert", "key")) {
            Files.createFile(folder.resolve(name));
        }
        Path file = Files.writeString(folder.resolve("dxlclient.config"), """
                [Certs]
                BrokerCertChain=ca
                CertFile=cert
                PrivateKey=key
                [Brokers]
                one={1};8883;one.example.org;192.0.2.1
                two={2};8884;two.example.org;null
                """);

        DxlClientConfig read = DxlClientConfig.createDxlConfigFromFile(file.toString());

        assertThat(read.getBrokerList())
                .containsExactly(
                        new Broker("{1}", 8883, "one.example.org", "192.0.2.1"),
                        new Broker("{2}", 8884, "two.example.org", null));
        assertThat(read.getBrokerCaBundlePath()).isEqualTo(folder.resolve("ca").toString());
    }

    @Test
    void web_sockets_without_a_broker_that_speaks_them_are_refused_with_what_to_add() throws Exception {
        config.getBrokerList().add(Broker.parse("ssl://broker.example.org"));
        config.setUseWebSockets(true);

        assertThatThrownBy(() -> new DxlClient(config))
                .isInstanceOf(DxlException.class)
                .hasMessage("No broker is configured that speaks web sockets; add one under [BrokersWebSockets], or set"
                        + " UseWebSockets=false");
    }

    @Test
    void web_sockets_are_used_if_asked_for_or_if_there_are_no_other_brokers() throws Exception {
        Broker tcp = new Broker("{1}", 8883, "host", null);
        Broker web = new Broker("{2}", 443, "host", null, true);
        config.setWebSocketBrokers(List.of(web));
        assertThat(config.isUseWebSockets()).isTrue();
        assertThat(config.getInUseBrokerList()).containsExactly(web);

        config.addBroker(tcp);
        assertThat(config.isUseWebSockets()).isFalse();
        assertThat(config.getInUseBrokerList()).containsExactly(tcp);

        config.setUseWebSockets(true);
        assertThat(config.getInUseBrokerList()).containsExactly(web);
        config.setBrokers(List.of());
        config.setUseWebSockets(false);
        assertThat(config.getInUseBrokerList()).isEmpty();
    }

    @Test
    void the_switch_of_a_file_is_heeded_but_for_a_false_without_other_brokers() throws Exception {
        String web = "[BrokersWebSockets]\nw=w;443;host\n";
        String tcp = "[Brokers]\nb=b;8883;host\n";
        assertThat(fromFile(web + tcp).isUseWebSockets()).isFalse();
        assertThat(fromFile("[General]\nUseWebSockets=on\n" + web + tcp).isUseWebSockets())
                .isTrue();
        assertThat(fromFile("[General]\nUseWebSockets=off\n" + web).isUseWebSockets())
                .isTrue();
        assertThat(fromFile(web).getInUseBrokerList())
                .containsExactly(new Broker("w", 443, "host", null))
                .first()
                .hasToString("wss://host:443");
    }

    @Test
    void every_key_of_a_file_reaches_the_configuration() throws Exception {
        DxlClientConfig read = fromFile("""
                [General]
                ClientId={me}
                TlsMinVersion=1.3
                VerifyHostname=true
                TlsCiphers=ECDH+AESGCM
                ConnectRetries=3
                [Brokers]
                b=b;8883;host
                [Proxy]
                Address=proxy
                Port=3128
                User=alice
                Password=secret
                """);

        assertThat(read.getUniqueId()).isEqualTo("{me}");
        assertThat(read.tlsMinVersion()).contains("TLSv1.3");
        assertThat(read.tlsCiphers()).contains("ECDH+AESGCM");
        assertThat(read.isHttpsHostnameVerificationEnabled()).isTrue();
        assertThat(read.getConnectRetries()).isEqualTo(3);
        assertThat(read.getProxyAddress()).isEqualTo("proxy");
        assertThat(read.getProxyPort()).isEqualTo(3128);
        assertThat(read.getProxyUserName()).isEqualTo("alice");
        assertThat(read.getProxyPassword()).containsExactly("secret".toCharArray());
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.crt, rsa-pkcs8-aes256.key, RSA",
        "rsa.crt, rsa-pkcs1.key, RSA",
        "ec.crt, ec-sec1-aes256.key, EC",
        "ec.crt, ec-pkcs8.key, EC",
        "rsa.p12, rsa.p12, RSA"
    })
    void the_key_store_takes_every_form_of_a_key_that_the_connection_takes(
            String certificate, String privateKey, String algorithm) throws Exception {
        DxlClientConfig made = new DxlClientConfig(key("ca.crt"), key(certificate), key(privateKey), List.of());
        made.setPrivateKeyPassword("secret".toCharArray());

        KeyStore store = made.getKeyStore();

        assertThat(store.getKey("client", DxlClientConfig.KS_PASS.toCharArray()).getAlgorithm())
                .isEqualTo(algorithm);
    }

    @Test
    void lists_that_are_given_are_copied_so_that_the_configuration_can_always_be_changed() {
        List<Broker> given = new ArrayList<>();
        DxlClientConfig made = new DxlClientConfig("ca", "cert", "key", given, List.of());
        given.add(new Broker("{1}", 8883, "host", null));
        assertThat(made.getBrokerList()).isEmpty();

        made.getBrokerList().add(given.get(0));
        made.getWebSocketBrokers().add(given.get(0));
        assertThat(made.getBrokerList()).hasSize(1);
        made.setWebSocketBrokers(null);
        assertThat(made.getWebSocketBrokers()).isEmpty();
        assertThat(new DxlClientConfig("{id}").getUniqueId()).isEqualTo("{id}");
    }

    @Test
    void a_connection_keeps_its_password_at_the_proxy_when_the_configuration_gets_another() {
        config.setProxyAddress("proxy");
        config.setProxyUserName("user");
        config.setProxyPassword("before".toCharArray());
        char[] held = config.proxy().orElseThrow().password();

        config.setProxyPassword("after".toCharArray());

        assertThat(held).containsExactly("before".toCharArray());
        assertThat(config.getProxyPassword()).containsExactly("after".toCharArray());
    }

    @Test
    void a_password_that_is_cleared_afterwards_is_still_known() {
        char[] password = {'x'};
        config.setProxyPassword(password);
        password[0] = 0;
        config.getProxyPassword()[0] = 0;

        assertThat(config.getProxyPassword()).containsExactly('x');
        config.setProxyPassword(null);
        assertThat(config.getProxyPassword()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "none/dxlclient.config"})
    void a_file_that_can_not_be_is_told(String name) {
        assertThatThrownBy(() -> DxlClientConfig.createDxlConfigFromFile(name)).isInstanceOf(DxlException.class);
        assertThatThrownBy(() -> DxlClientConfig.createDxlConfigFromFile(null)).isInstanceOf(DxlException.class);
    }

    private DxlClientConfig fromFile(String text) throws Exception {
        String pom = Path.of("pom.xml").toAbsolutePath().toString();
        return DxlClientConfig.createDxlConfigFromFile(Files.writeString(
                        folder.resolve("dxlclient.config"),
                        "[Certs]\nBrokerCertChain=%1$s\nCertFile=%1$s\nPrivateKey=%1$s\n".formatted(pom) + text)
                .toString());
    }

    @Test
    void a_broker_is_read_from_every_form() throws Exception {
        assertThat(Broker.parse("{1};8883;host;192.0.2.1")).isEqualTo(new Broker("{1}", 8883, "host", "192.0.2.1"));
        assertThat(Broker.parse("{1};443;host", true).getProtocol()).isEqualTo(Broker.WSS_PROTOCOL);
        assertThat(Broker.parse("{1};443;host", "wss")).hasToString("wss://host:443");
        assertThat(Broker.parse("{1};443;host", "ssl")).hasToString("ssl://host:443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "2001:db8::5"})
    void a_broker_that_was_copied_is_equal_and_its_own(String host) throws Exception {
        Broker broker = new Broker("{1}", 8883, host, null);
        Broker copy = broker.clone();
        assertThat(copy).isEqualTo(broker).hasSameHashCodeAs(broker).hasToString(broker.toString());

        copy.setPort(8884);
        assertThat(copy).isNotEqualTo(broker);
        assertThat(broker.getPort()).isEqualTo(8883);
    }

    private static String key(String name) {
        return Path.of("src/test/resources/keys", name).toString();
    }
}
