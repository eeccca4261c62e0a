package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    void a_broker_is_read_from_every_form() throws Exception {
        assertThat(Broker.parse("{1};8883;host;192.0.2.1")).isEqualTo(new Broker("{1}", 8883, "host", "192.0.2.1"));
        assertThat(Broker.parse("{1};443;host", true).getProtocol()).isEqualTo(Broker.WSS_PROTOCOL);
        assertThat(Broker.parse("{1};443;host", "wss")).hasToString("wss://host:443");
        assertThat(Broker.parse("{1};443;host", "ssl")).hasToString("ssl://host:443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "2001:db8::5"})
    void a_broker_that_was_copied_is_equal_and_its_own(String host) {
        Broker broker = new Broker("{1}", 8883, host, null);
        Broker copy = broker.clone();
        assertThat(copy).isEqualTo(broker).hasSameHashCodeAs(broker).hasToString(broker.toString());

        copy.setPort(8884);
        assertThat(copy).isNotEqualTo(broker);
        assertThat(broker.getPort()).isEqualTo(8883);
    }
}
