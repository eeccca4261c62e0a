package io.github.dxlcdi.client.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.MalformedBrokerException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EmptySource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "{id};8883;broker.example.org;192.0.2.10, {id}, 8883, broker.example.org, 192.0.2.10",
        "id;443;broker_1, id, 443, broker_1, ''",
        "id;1;192.0.2.10;, id, 1, 192.0.2.10, ''",
        "id;65535;2001:db8::5;2001:db8::6, id, 65535, 2001:db8::5, 2001:db8::6",
        "id;8883;[2001:db8::5];[::1], id, 8883, 2001:db8::5, ::1",
        "id;8883;fe80::1%eth0, id, 8883, fe80::1%eth0, ''",
        "' id ; 8883 ; host ; 192.0.2.1 ', id, 8883, host, 192.0.2.1",
        "id;8883;host;192.0.2.1;, id, 8883, host, 192.0.2.1",
        "id;8883;host;;, id, 8883, host, ''",
        "id;8883;host;null, id, 8883, host, ''"
    })
    void a_line_with_an_id_is_read(String line, String id, int port, String host, String ip) throws Exception {
        assertThat(BrokerAddress.parse(line, false)).isEqualTo(new BrokerAddress(id, port, host, ip, false));
    }

    @ParameterizedTest
    @CsvSource({
        "8883;broker.example.org, 8883, broker.example.org, '', false",
        "8884;host;192.0.2.1, 8884, host, 192.0.2.1, false",
        "broker.example.org, 8883, broker.example.org, '', false",
        "broker.example.org:9, 9, broker.example.org, '', false",
        "ssl://host:8885, 8885, host, '', false",
        "SSL://host, 8883, host, '', false",
        "wss://host:443, 443, host, '', true",
        "ssl://[2001:db8::5]:8886, 8886, 2001:db8::5, '', false",
        "[::1], 8883, ::1, '', false",
        "ssl://host:8885/, 8885, host, '', false",
        "ssl://[2001:db8::5]/, 8883, 2001:db8::5, '', false",
        "wss://host:443/mqtt, 443, host, '', true",
        "WSS://host/, 8883, host, '', true",
        "8883;host;, 8883, host, '', false",
        "8883;host;192.0.2.1;, 8883, host, 192.0.2.1, false",
        "2001:db8::5, 8883, 2001:db8::5, '', false"
    })
    void a_line_without_an_id_is_read_and_gets_one(String line, int port, String host, String ip, boolean webSocket)
            throws Exception {
        BrokerAddress broker = BrokerAddress.parse(line, false);

        assertThat(broker.uniqueId()).matches("\\{[0-9a-f-]{36}}");
        assertThat(broker).isEqualTo(new BrokerAddress(broker.uniqueId(), port, host, ip, webSocket));
    }

    @ParameterizedTest
    @CsvSource({
        "id;8883, it has 2 parts",
        "id;8883;a;b;c, it has 5 parts",
        "8883;a;b;c, it has 4 parts",
        ";8883;host, the id is empty",
        "id;;host, the port is ''",
        "id;0;host, the port is '0'",
        "id;65536;host, the port is '65536'",
        "id;x;host, the port is 'x'",
        "id;8883;, '' is no host name",
        "id;8883;ho st, 'ho st' is no host name",
        "id;8883;host;1.2.3.4/24, '1.2.3.4/24' is no host name",
        "ssl://host:x, the port is 'x'",
        "ssl://[::1, the bracket is not closed",
        "ssl://:8883, '' is no host name",
        "http://host, it begins with 'http://'",
        "mqtts://host:8883, it begins with 'mqtts://'",
        "ssl://host:8883/mqtt, it has the path '/mqtt'",
        "wss://host/other, '/other'"
    })
    void a_malformed_line_is_refused_with_the_line_and_what_is_wrong(String line, String why) {
        assertThatThrownBy(() -> BrokerAddress.parse(line, false))
                .isInstanceOf(MalformedBrokerException.class)
                .hasMessageContaining("'" + line + "'")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @NullSource
    @EmptySource
    @ValueSource(strings = "  ")
    void an_empty_line_is_refused(String line) {
        assertThatThrownBy(() -> BrokerAddress.parse(line, false))
                .isInstanceOf(MalformedBrokerException.class)
                .hasMessageContaining("is empty");
    }

    @Test
    void in_a_configuration_a_line_may_name_any_number_of_hosts() throws Exception {
        assertThat(BrokerAddress.parseAll("id;8883;h1;h2; h3;h4", false))
                .containsExactly(
                        new BrokerAddress("id", 8883, "h1", "h2", false),
                        new BrokerAddress("id", 8883, "h3", "", false),
                        new BrokerAddress("id", 8883, "h4", "", false));
        assertThat(BrokerAddress.parseAll("8883;h1;h2;h3", false))
                .extracting(BrokerAddress::hostName)
                .containsExactly("h1", "h3");
        assertThat(BrokerAddress.parseAll("id;8883;h1;null", false))
                .containsExactly(new BrokerAddress("id", 8883, "h1", "", false));
        assertThatThrownBy(() -> BrokerAddress.parseAll("id;8883;h1;h2;h 3", false))
                .isInstanceOf(MalformedBrokerException.class)
                .hasMessageContaining("'h 3'");
    }

    /** Found by random inputs. */
    @ParameterizedTest
    @ValueSource(strings = {";", ";;", ";;;;;;"})
    void a_line_of_separators_alone_is_refused(String line) {
        assertThatThrownBy(() -> BrokerAddress.parseAll(line, false))
                .isInstanceOf(MalformedBrokerException.class)
                .hasMessageContaining("'" + line + "'");
    }

    @Test
    void an_id_of_digits_alone_is_an_id_because_no_host_is_a_number() throws Exception {
        assertThat(BrokerAddress.parse("1234;8883;host", false))
                .isEqualTo(new BrokerAddress("1234", 8883, "host", "", false));
        assertThat(BrokerAddress.parseAll("1234;8883;h1;h2;h3", false))
                .containsExactly(
                        new BrokerAddress("1234", 8883, "h1", "h2", false),
                        new BrokerAddress("1234", 8883, "h3", "", false));
    }

    @Test
    void it_shows_as_a_url() {
        assertThat(new BrokerAddress("id", 8883, "host", "", false)).hasToString("ssl://host:8883");
        assertThat(new BrokerAddress("id", 443, "::1", "", true)).hasToString("wss://[::1]:443");
    }

    @Test
    void the_name_is_tried_before_the_address_and_the_same_only_once() {
        assertThat(new BrokerAddress("id", 1, "host", "192.0.2.1", false).hosts())
                .containsExactly("host", "192.0.2.1");
        assertThat(new BrokerAddress("id", 1, "host", "", false).hosts()).containsExactly("host");
        assertThat(new BrokerAddress("id", 1, "::1", "::1", false).hosts()).containsExactly("::1");
    }

    @Test
    void a_place_that_is_listed_twice_is_one_whatever_its_id() throws Exception {
        List<BrokerAddress> listed = new ArrayList<>();
        for (String line : List.of("{1};8883;host;192.0.2.1", "{1};8883;HOST;192.0.2.1", "8883;host;192.0.2.1")) {
            listed.add(BrokerAddress.parse(line, false));
        }
        List<BrokerAddress> others = List.of(
                BrokerAddress.parse("{1};8884;host;192.0.2.1", false),
                BrokerAddress.parse("{1};8883;host", false),
                BrokerAddress.parse("{1};8883;host;192.0.2.1", true));
        listed.addAll(others);

        assertThat(BrokerAddress.distinct(listed))
                .containsExactly(listed.get(0), others.get(0), others.get(1), others.get(2));
    }

    @Test
    void the_further_hosts_of_a_line_stay() throws Exception {
        List<BrokerAddress> hosts = BrokerAddress.parseAll("{1};8883;one;two;three;four", false);

        assertThat(BrokerAddress.distinct(hosts)).isEqualTo(hosts).hasSize(3);
    }
}
