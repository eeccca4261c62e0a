package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.DxlPeer.SERVICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.message.Request;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerQueriesTest {
    /** So many that they raise a rate in the first minutes of a broker. */
    private static final int BURST = 500;

    private static Fabric fabric;
    private static long startedAt;

    @BeforeAll
    static void start() {
        startedAt = Instant.now().getEpochSecond();
        fabric = Fabric.start();
    }

    @AfterEach
    void settle() {
        await().until(() -> fabric.connectedClients() == 0);
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    @Test
    void the_broker_describes_itself() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            Map<String, Object> all = client.query("brokerregistry/query", Map.of());

            assertThat(all).containsOnlyKeys("brokers");
            assertThat(all.get("brokers"))
                    .asInstanceOf(MAP)
                    .containsOnlyKeys(fabric.brokerId())
                    .extractingByKey(fabric.brokerId())
                    .asInstanceOf(MAP)
                    .containsOnlyKeys(
                            "guid",
                            "hostname",
                            "port",
                            "webSocketPort",
                            "ttlMins",
                            "version",
                            "startTime",
                            "policyHostname",
                            "policyIpAddress",
                            "policyHub",
                            "policyPort",
                            "connectionLimit",
                            "topicRouting",
                            "bridges",
                            "bridgeChildren")
                    .containsEntry("guid", fabric.brokerId())
                    .containsEntry("hostname", "localhost")
                    .containsEntry("port", fabric.port())
                    .containsEntry("connectionLimit", 0)
                    .containsEntry("bridges", List.of())
                    .hasEntrySatisfying(
                            "startTime",
                            time -> assertThat(((Number) time).longValue())
                                    .isBetween(startedAt, Instant.now().getEpochSecond()));
            assertThat(client.query("brokerregistry/query", Map.of("brokerGuid", fabric.brokerId())))
                    .isEqualTo(all);
            assertThat(client.query("brokerregistry/query", Map.of("brokerGuid", "unknown")))
                    .isEqualTo(Map.of("brokers", Map.of()));
        }
    }

    @Test
    void services_are_told_by_id_by_type_and_all() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric).register("{1}", "/one").register("{2}", "/two")) {
            assertThat(services(client, Map.of())).containsOnlyKeys("{1}", "{2}");
            assertThat(services(client, Map.of("serviceType", "/test"))).containsOnlyKeys("{1}", "{2}");
            assertThat(services(client, Map.of("serviceType", "/other"))).isEmpty();
            assertThat(services(client, Map.of("serviceGuid", "{3}"))).isEmpty();
            assertThat(services(client, Map.of("serviceGuid", "{2}")))
                    .containsOnlyKeys("{2}")
                    .extractingByKey("{2}")
                    .asInstanceOf(MAP)
                    .containsEntry("serviceGuid", "{2}")
                    .containsEntry("serviceType", "/test")
                    .containsEntry("requestChannels", List.of("/two"))
                    .containsEntry("clientGuid", fabric.identity().thumbprint())
                    .containsEntry("brokerGuid", fabric.brokerId())
                    .containsEntry("local", true)
                    .containsEntry("unauthorizedChannels", List.of())
                    .containsKeys("metaData", "ttlMins", "clientInstanceGuid", "registrationTime", "certificates");
        }
    }

    private static Map<Object, Object> services(DxlPeer client, Map<String, ?> question) throws Exception {
        return new HashMap<>(
                (Map<?, ?>) client.query("svcregistry/query", question).get("services"));
    }

    @Test
    void subscribed_topics_are_counted_and_looked_up() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            try (DxlPeer subscriber = DxlPeer.join(fabric).subscribe("/a", "/b", "/c/#")) {
                subscriber.settle();
                assertThat(topics(client, "/a")).isEqualTo(Map.of("count", 3, "exists", true));
                assertThat(topics(client, "/a", "/b", "/c/#")).isEqualTo(Map.of("count", 3, "exists", true));
                assertThat(topics(client, "/a", "/x")).isEqualTo(Map.of("count", 3, "exists", false));
                assertThat(topics(client)).isEqualTo(Map.of("count", 3, "exists", true));
                assertThat(client.query("brokerregistry/topicquery", Map.of()))
                        .isEqualTo(Map.of("count", 3, "exists", true));
                Map<String, ?> elsewhere = Map.of("brokerGuid", "unknown", "topics", List.of("/a"));
                assertThat(client.query("brokerregistry/topicquery", elsewhere))
                        .isEqualTo(Map.of("count", 0, "exists", false));
            }
            fabricForgets(2);
            assertThat(topics(client, "/a")).isEqualTo(Map.of("count", 0, "exists", false));
        }
    }

    @Test
    void an_empty_id_or_type_in_a_question_counts_as_none() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric).register("{1}", "/one")) {
            Map<String, ?> noBroker = Map.of("brokerGuid", "", "topics", List.of("/one"));
            assertThat(client.query("brokerregistry/topicquery", noBroker))
                    .isEqualTo(Map.of("count", 1, "exists", true));
            assertThat(client.query("brokerregistry/query", Map.of("brokerGuid", "")))
                    .isEqualTo(client.query("brokerregistry/query", Map.of()));
            assertThat(services(client, Map.of("serviceGuid", "", "serviceType", "")))
                    .containsOnlyKeys("{1}");
        }
    }

    private static void fabricForgets(int clients) {
        await().until(() -> fabric.connectedClients() < clients);
    }

    private static Map<String, Object> topics(DxlPeer client, String... topics) throws Exception {
        return client.query("brokerregistry/topicquery", Map.of("topics", List.of(topics)));
    }

    @Test
    void subscriptions_are_counted_as_copies_of_a_message() throws Exception {
        try (DxlPeer one = DxlPeer.join(fabric).subscribe("/n/a", "/n/+", "/n/#");
                DxlPeer two = DxlPeer.join(fabric).subscribe("/n/a", "/n/b", "/n/#")) {
            assertThat(two.query("broker/subs", Map.of("topic", "/n/a"))).isEqualTo(Map.of("count", 5));
            assertThat(one.query("broker/subs", Map.of("topic", "/n/b"))).isEqualTo(Map.of("count", 4));
            assertThat(one.query("broker/subs", Map.of("topic", "/other"))).isEqualTo(Map.of("count", 0));
        }
    }

    @Test
    void health_counts_clients_and_services_and_tells_the_rate_of_messages() throws Exception {
        try (DxlPeer one = DxlPeer.join(fabric).register("{1}", "/one");
                DxlPeer two = DxlPeer.join(fabric)) {
            Map<String, Object> before = two.query("broker/health", Map.of());
            assertThat(before)
                    .containsOnlyKeys(
                            "connectedClients",
                            "incomingMessages",
                            "outgoingMessages",
                            "localServiceCounter",
                            "startTime")
                    .containsEntry("connectedClients", 2)
                    .containsEntry("localServiceCounter", 1);

            two.subscribe("/burst");
            for (int i = 0; i < BURST; i++) {
                one.publishEvent("/burst", "event");
            }
            for (int i = 0; i < BURST; i++) {
                two.next();
            }
            Map<String, Object> after = two.query("broker/health", Map.of());
            assertThat(rate("incomingMessages", after)).isGreaterThan(rate("incomingMessages", before));
            assertThat(rate("outgoingMessages", after)).isGreaterThan(rate("outgoingMessages", before));
        }
    }

    /** Messages a second since the broker began. */
    private static double rate(String name, Map<String, Object> health) {
        return ((Number) health.get(name)).doubleValue();
    }

    @Test
    void a_client_that_is_here_is_confirmed_and_silence_tells_that_it_is_not() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            String thumbprint = fabric.identity().thumbprint();
            Request known = client.request(SERVICE + "clientregistry/query", Map.of("clientGuid", thumbprint));
            assertThat(client.answer(known).getPayload()).isEmpty();

            client.request(SERVICE + "clientregistry/query", Map.of("clientGuid", "unknown"));
            client.request(SERVICE + "clientregistry/query", Map.of());
            assertThat(client.settle().waiting()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7"})
    void a_question_that_is_no_object_gets_no_answer(String payload) throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            client.request(SERVICE + "broker/health", payload);
            assertThat(client.settle().waiting()).isZero();
        }
    }

    @Test
    void a_question_to_another_broker_is_not_answered_and_one_to_this_is() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            client.send(subscriptionsAt("another"));
            client.answer(client.send(subscriptionsAt("another", fabric.brokerId())));
            client.answer(client.send(subscriptionsAt("")));
        }
    }

    private static Request subscriptionsAt(String... brokerIds) {
        Request request = new Request(SERVICE + "broker/subs");
        request.setPayload("{\"topic\":\"/any\"}".getBytes(UTF_8));
        request.setBrokerIds(Set.of(brokerIds));
        return request;
    }

    @Test
    void a_service_that_a_broker_does_not_have_is_refused_as_any() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            client.refusal(client.request(SERVICE + "broker/unheard/of", Map.of()));
        }
    }
}
