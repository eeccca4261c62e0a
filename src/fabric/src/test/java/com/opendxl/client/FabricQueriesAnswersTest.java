package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import io.github.dxlcdi.client.query.BrokerHealth;
import io.github.dxlcdi.client.query.BrokerRecord;
import io.github.dxlcdi.client.query.FabricQueries;
import io.github.dxlcdi.client.query.ServiceRecord;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.ErrorFields;
import io.github.dxlcdi.client.wire.WireMessage.ResponseFields;
import io.github.dxlcdi.client.wire.WireMessage.TypeFields;
import io.github.dxlcdi.client.wire.WireWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of answers of brokers that tell less, something else, or nothing. */
class FabricQueriesAnswersTest {
    private static final String OWN_BROKER = "own-broker";
    private static final Duration LONG = Duration.ofSeconds(10);

    private static final List<Request> ASKED = new CopyOnWriteArrayList<>();
    private static ScriptedBroker broker;
    private static DxlClient client;
    private static FabricQueries queries;
    private static volatile Script script;

    private interface Script {
        void answer(Request request, ScriptedBroker.Peer peer) throws IOException;
    }

    @BeforeAll
    static void connect() throws Exception {
        broker = new ScriptedBroker() {
            @Override
            void onPublish(Peer peer, String topic, byte[] body) throws IOException {
                Request request = (Request) Message.fromBytes(body);
                request.setDestinationTopic(topic);
                ASKED.add(request);
                script.answer(request, peer);
            }
        };
        client = new DxlClient(broker.config());
        client.connect();
        queries = new FabricQueries(client, LONG);
    }

    @BeforeEach
    void forget() {
        ASKED.clear();
    }

    @AfterAll
    static void close() throws Exception {
        client.close();
        broker.close();
    }

    private static void answer(String json) {
        script = (request, peer) -> respond(request, peer, OWN_BROKER, json);
    }

    private static void respond(Request request, ScriptedBroker.Peer peer, String brokerId, String json)
            throws IOException {
        send(request, peer, brokerId, json, new ResponseFields(request.getMessageId(), ""));
    }

    private static void send(
            Request request, ScriptedBroker.Peer peer, String brokerId, String payload, TypeFields fields)
            throws IOException {
        WireMessage answer = new WireMessage(
                WireMessage.CURRENT_VERSION,
                "answer",
                brokerId,
                brokerId,
                List.of(),
                List.of(),
                payload.getBytes(UTF_8),
                fields,
                List.of(),
                "",
                List.of(),
                "");
        peer.publish(request.getReplyToTopic(), WireWriter.write(answer));
    }

    @Test
    void what_a_broker_does_not_tell_is_empty() throws Exception {
        answer("{'brokers':{'b':{}},'services':{'s':{}}}".replace('\'', '"'));

        assertThat(queries.brokers()).containsExactly(new BrokerRecord("", "", 0, 0, "", Instant.EPOCH, 0, false));
        assertThat(queries.services())
                .containsExactly(new ServiceRecord(
                        "", "", List.of(), Map.of(), Duration.ZERO, "", "", "", Instant.EPOCH, false));
        assertThat(queries.health()).isEqualTo(new BrokerHealth(0, 0, 0, 0, Instant.EPOCH));
        assertThat(queries.subscribers("/topic")).isZero();
        assertThat(queries.isSubscribed("/topic")).isFalse();
    }

    @Test
    void what_is_of_another_type_is_empty() throws Exception {
        answer("{'brokers':{'b':{'guid':7,'port':'8883','topicRouting':'yes','startTime':null},'c':'text','d':null},"
                        .replace('\'', '"')
                + "'services':{'s':{'requestChannels':'/a','metaData':['a'],'ttlMins':true}}}".replace('\'', '"'));

        assertThat(queries.brokers()).containsExactly(new BrokerRecord("", "", 0, 0, "", Instant.EPOCH, 0, false));
        assertThat(queries.services()).singleElement().satisfies(service -> {
            assertThat(service.topics()).isEmpty();
            assertThat(service.metadata()).isEmpty();
            assertThat(service.ttl()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "-9223372036854775808", "1e300", "18446744073709551621"})
    void a_number_that_no_port_time_or_duration_can_be_is_0(String number) throws Exception {
        answer(("{'brokers':{'b':{'port':N,'startTime':N}},'services':{'s':{'ttlMins':N,'registrationTime':N}},"
                        + "'startTime':N}")
                .replace('\'', '"')
                .replace("N", number));

        assertThat(queries.brokers()).singleElement().satisfies(record -> {
            assertThat(record.port()).isZero();
            assertThat(record.startTime()).isEqualTo(Instant.EPOCH);
        });
        assertThat(queries.services()).singleElement().satisfies(service -> {
            assertThat(service.ttl()).isZero();
            assertThat(service.registrationTime()).isEqualTo(Instant.EPOCH);
        });
        assertThat(queries.health().startTime()).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "", "{"})
    void an_answer_that_is_no_object_is_told(String json) {
        answer(json);

        assertThatThrownBy(queries::brokers)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("/mcafee/service/dxl/brokerregistry/query is no JSON object");
    }

    @Test
    void a_refusal_is_told_with_its_code() {
        script = (request, peer) -> send(
                request,
                peer,
                OWN_BROKER,
                "",
                new ErrorFields(request.getMessageId(), "", 0x80000001, "unable to locate service for request"));

        assertThatThrownBy(queries::services)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("/mcafee/service/dxl/svcregistry/query")
                .hasMessageContaining("0x80000001, unable to locate service for request");
    }

    @Test
    void a_refusal_neither_forges_a_line_of_the_log_nor_fills_it() {
        String forged = "no\nERROR \u001b[2J" + "x".repeat(10_000);
        script = (request, peer) ->
                send(request, peer, OWN_BROKER, "", new ErrorFields(request.getMessageId(), "", 1, forged));

        assertThatThrownBy(queries::services)
                .hasMessageContaining("0x00000001, no?ERROR ?[2Jxxx")
                .message()
                .hasSizeLessThan(250);
    }

    @Test
    void silence_is_told_when_the_wait_is_over() {
        script = (request, peer) -> {};
        FabricQueries impatient = new FabricQueries(client, Duration.ofMillis(100));

        assertThatThrownBy(impatient::health)
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContaining("100 ms");
    }

    @Test
    void questions_name_what_they_are_about() throws Exception {
        answer("{}");

        queries.services("/type");
        queries.service("{id}");
        queries.subscribers("/topic");
        queries.isSubscribed("/one", "/two");
        queries.isSubscribedAt("broker", "/one");

        assertThat(ASKED)
                .extracting(request -> new String(request.getPayload(), UTF_8).replace('"', '\''))
                .startsWith("{'serviceType':'/type'}", "{'serviceGuid':'{id}'}", "{'topic':'/topic'}")
                .contains("{'topics':['/one','/two']}")
                .last()
                .isIn("{'brokerGuid':'broker','topics':['/one']}", "{'topics':['/one'],'brokerGuid':'broker'}");
    }

    @Test
    void health_is_asked_of_the_broker_that_answers_for_the_fabric_and_of_no_other() throws Exception {
        script = (request, peer) -> respond(
                request,
                peer,
                request.getBrokerIds().isEmpty()
                        ? OWN_BROKER
                        : request.getBrokerIds().iterator().next(),
                "{}");

        queries.health();
        queries.health("another");

        assertThat(ASKED)
                .filteredOn(request -> request.getDestinationTopic().endsWith("broker/health"))
                .extracting(Request::getBrokerIds)
                .containsExactly(Set.of(OWN_BROKER), Set.of("another"));
    }

    @Test
    void health_is_what_the_broker_says_that_was_asked_whoever_answers_before() throws Exception {
        script = (request, peer) -> {
            respond(request, peer, "5d73b77f-0000-4000-8000-000000000001", "{\"connectedClients\":1}");
            respond(request, peer, "5d73b77f-0000-4000-8000-000000000002", "{\"connectedClients\":2}");
            respond(request, peer, OWN_BROKER, "{\"connectedClients\":3}");
        };

        assertThat(queries.health("{5D73B77F-0000-4000-8000-000000000002}").connectedClients())
                .isEqualTo(2);
        assertThat(queries.health(OWN_BROKER).connectedClients()).isEqualTo(3);
    }

    @Test
    void rates_are_fractions() throws Exception {
        answer("{\"incomingMessages\":0.05,\"outgoingMessages\":12,\"connectedClients\":2}");

        assertThat(queries.health()).isEqualTo(new BrokerHealth(2, 0.05, 12, 0, Instant.EPOCH));
        answer("{\"incomingMessages\":1e999,\"outgoingMessages\":\"many\"}");
        assertThat(queries.health()).isEqualTo(new BrokerHealth(0, 0, 0, 0, Instant.EPOCH));
    }

    @Test
    void health_of_a_broker_that_does_not_say_who_it_is_is_asked_of_all() throws Exception {
        script = (request, peer) -> respond(request, peer, "", "{\"connectedClients\":3}");

        assertThat(queries.health().connectedClients()).isEqualTo(3);
        assertThat(ASKED.get(1).getBrokerIds()).isEmpty();
    }
}
