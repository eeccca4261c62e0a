package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.DxlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerOrderTest {
    private final DxlClientConfig config = new DxlClientConfig("ca", "cert", "key", List.of());

    @Test
    void the_faster_comes_first_and_what_did_not_answer_last() throws Exception {
        Broker fast = broker("fast", 1L);
        Broker slow = broker("slow", 2L);
        Broker silent = broker("silent", null);
        List<Broker> brokers = new ArrayList<>(List.of(silent, slow, fast));

        brokers.sort(null);

        assertThat(brokers).containsExactly(fast, slow, silent);
        assertThat(fast.clone().getResponseTime()).isEqualTo(1L);
    }

    @Test
    void a_broker_that_answers_stands_first_by_the_address_that_answered() throws Exception {
        try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            config.addBroker(new Broker("{dead}", freePort(), "127.0.0.1", "127.0.0.1"));
            config.addBroker(new Broker("{by-address}", open.getLocalPort(), "nowhere.invalid", "127.0.0.1"));
            config.addBroker(new Broker("{by-address}", open.getLocalPort(), "again.invalid", null));

            Map<String, Broker> sorted = config.getSortedBrokerMap();

            Broker first = sorted.values().iterator().next();
            assertThat(sorted.keySet().iterator().next()).isEqualTo("ssl://127.0.0.1:" + open.getLocalPort());
            assertThat(first.getUniqueId()).isEqualTo("{by-address}");
            assertThat(first.isResponseFromIpAddress()).isTrue();
            assertThat(first.getResponseTime()).isPositive();
            assertThat(sorted.values()).extracting(Broker::getUniqueId).containsExactly("{by-address}", "{dead}");
            assertThat(config.getBrokerList())
                    .extracting(Broker::getResponseTime)
                    .containsOnlyNulls();
        }
    }

    @Test
    void one_that_answers_by_its_name_is_not_asked_by_its_address() throws Exception {
        try (ServerSocket open = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            List<Broker> responders = config.getSortedBrokerList(
                    List.of(new Broker("{1}", open.getLocalPort(), "127.0.0.1", "192.0.2.1")));

            assertThat(responders)
                    .singleElement()
                    .satisfies(broker ->
                            assertThat(broker.isResponseFromIpAddress()).isFalse());
        }
    }

    @Test
    void those_that_do_not_answer_have_their_name_and_their_address() {
        LinkedHashMap<String, Broker> byUrl = new LinkedHashMap<>();
        Broker broker = new Broker("{1}", 8883, "host", "2001:db8::5");
        DxlClientConfig.addUnsortedBrokersToMap(List.of(broker, new Broker("{2}", 8883, "other", null)), byUrl);

        assertThat(byUrl).containsOnlyKeys("ssl://host:8883", "ssl://[2001:db8::5]:8883", "ssl://other:8883");
        assertThat(byUrl.values()).first().isSameAs(broker);
    }

    @Test
    void a_subclass_decides_which_brokers_answer() throws Exception {
        DxlClientConfig own = new DxlClientConfig("ca", "cert", "key", List.of(broker("{1}", null))) {
            @Override
            protected List<Broker> getSortedBrokerList(Collection<Broker> brokers) {
                brokers.forEach(broker -> broker.answered(7, false));
                return List.copyOf(brokers);
            }
        };

        assertThat(own.getSortedBrokerMap().values())
                .singleElement()
                .extracting(Broker::getResponseTime)
                .isEqualTo(7L);
    }

    @Test
    void an_interrupt_ends_the_comparison_and_stays_set() {
        config.addBroker(broker("{1}", null));
        Thread.currentThread().interrupt();

        assertThatThrownBy(config::getSortedBrokerMap)
                .isInstanceOf(DxlException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void without_a_broker_there_is_no_order() throws Exception {
        assertThatThrownBy(config::getSortedBrokerMap)
                .isInstanceOf(DxlException.class)
                .hasMessage("No broker is configured");
        assertThat(config.getSortedBrokerList(List.of())).isEmpty();
    }

    private static Broker broker(String id, Long responseTime) {
        Broker broker = new Broker(id, 8883, "host", null);
        if (responseTime != null) {
            broker.answered(responseTime, false);
        }
        return broker;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
