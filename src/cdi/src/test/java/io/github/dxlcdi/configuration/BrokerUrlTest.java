package io.github.dxlcdi.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.Broker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "ssl://broker1.example.org:8884, ssl://broker1.example.org:8884",
        "ssl://broker1.example.org, ssl://broker1.example.org:8883",
        "WSS://192.0.2.10:443, wss://192.0.2.10:443",
        "ssl://[2001:db8::5], ssl://[2001:db8::5]:8883",
        "wss://[::1]:65535, wss://[::1]:65535",
        "ssl://b, ssl://b:8883"
    })
    void a_url_is_read_as_our_client_reads_it(String url, String shown) throws Exception {
        Broker broker = BrokerUrl.read(url).orElseThrow();
        Broker same = Broker.parse(url);

        assertThat(broker).hasToString(shown).hasToString(same.toString());
        assertThat(broker.getHostName()).isEqualTo(same.getHostName());
        assertThat(broker.getIpAddress()).isNull();
        assertThat(broker.getUniqueId()).isNotEqualTo(same.getUniqueId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssl://",
                "ssl://host:0",
                "ssl://host:65536",
                "ssl://host:",
                "ssl://-host",
                "ssl://[host]",
                "ssl://user@host",
                "http://host",
                "host:8883",
                "{an-id};8883;host"
            })
    void anything_else_is_left_to_the_client(String text) {
        assertThat(BrokerUrl.read(text)).isEmpty();
    }

    @Test
    void a_long_host_is_read_in_no_time() {
        assertThat(BrokerUrl.read("ssl://" + "a-".repeat(1_000_000))).isEmpty();
    }
}
