package com.opendxl.client.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dxlcdi.client.wire.Vector;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.recursive.comparison.ComparingProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private static final String TOPIC = "/vendor/product/event/sample";

    @ParameterizedTest
    @MethodSource("io.github.dxlcdi.client.wire.Vector#all")
    void whatever_version_was_read_version_3_is_written_and_nothing_known_is_lost(Vector vector) throws IOException {
        Message read = Message.fromBytes(vector.bytes());
        byte[] written = read.toBytes();
        Message again = Message.fromBytes(written);

        assertThat(read.getVersion()).isEqualTo(vector.message().get("version").asLong());
        assertThat(written[0]).isEqualTo((byte) 3);
        assertThat(again)
                .usingRecursiveComparison()
                .withIntrospectionStrategy(new ComparingProperties())
                .ignoringFields("version")
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "request-v3-routed, com.opendxl.client.message.Request",
        "response-v3, com.opendxl.client.message.Response",
        "event-v3-full, com.opendxl.client.message.Event",
        "error-v3, com.opendxl.client.message.ErrorResponse"
    })
    void each_type_of_message_becomes_its_own_class(String vector, Class<?> expected) throws IOException {
        Message read = Message.fromBytes(Vector.named(vector).bytes());

        assertThat(read).isExactlyInstanceOf(expected);
        assertThat(read.getMessageType()).isEqualTo((byte)
                Vector.named(vector).message().get("messageType").asInt());
    }

    @Test
    void a_received_response_tells_which_request_it_answers_but_has_none() throws IOException {
        Response read = (Response) Message.fromBytes(Vector.named("response-v3").bytes());

        assertThat(read.getRequest()).isNull();
        assertThat(read.getRequestMessageId()).isEqualTo("{0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d}");
        assertThat(read.getServiceId()).isEqualTo("{88888888-0000-4000-8000-000000000001}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error-v3-service-unavailable", "tolerant-error-v2-uint32-code"})
    void the_code_of_a_missing_service_is_the_one_of_the_enumeration(String vector) throws IOException {
        ErrorResponse read =
                (ErrorResponse) Message.fromBytes(Vector.named(vector).bytes());

        assertThat(read.getErrorCode()).isEqualTo(DxlErrorMessageEnum.FABRICSERVICEUNAVAILABLE.getErrorCode());
        assertThat(read.getErrorCode()).isEqualTo(-2147483647);
        assertThat(read.getErrorMessage()).isEqualTo(DxlErrorMessageEnum.FABRICSERVICEUNAVAILABLE.getErrorMessage());
    }

    @Test
    void an_event_made_here_says_what_it_was_given_and_no_more() {
        Instant before = Instant.now().minusMillis(1);
        Event event = new Event(TOPIC);

        assertThat(event.getVersion()).isZero();
        assertThat(event.getMessageType()).isEqualTo(Message.MESSAGE_TYPE_EVENT);
        assertThat(event.getMessageId())
                .matches("\\{[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}}")
                .isNotEqualTo(new Event(TOPIC).getMessageId());
        assertThat(event.getDestinationTopic()).isEqualTo(TOPIC);
        assertThat(event.getSourceClientId()).isEmpty();
        assertThat(event.getSourceBrokerId()).isEmpty();
        assertThat(event.getPayload()).isEmpty();
        assertThat(event.receivedAt()).isBetween(before, Instant.now());
        assertThat(new Event("me", TOPIC).getSourceClientId()).isEqualTo("me");
    }

    @Test
    void the_payload_is_read_where_it_stands_among_the_bytes_until_another_one_is_set() throws IOException {
        byte[] bytes = Vector.named("event-v3-full").bytes();
        Message event = Message.wrap(bytes, 0);
        byte[] payload = Message.fromBytes(bytes).getPayload();

        assertThat(event.payloadBytes().array()).isSameAs(bytes);
        assertThat(event.payloadBytes()).isEqualTo(ByteBuffer.wrap(payload));

        event.setPayload(new byte[] {1});
        assertThat(event.payloadBytes()).isEqualTo(ByteBuffer.wrap(new byte[] {1}));
    }

    @Test
    void without_a_topic_there_is_no_message() {
        assertThatThrownBy(() -> new Event((String) null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("destination topic");
        assertThatThrownBy(() -> new Request("me", null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void without_an_instance_id_the_client_id_stands_for_it() throws IOException {
        Event event = new Event("client", TOPIC);
        assertThat(event.getSourceClientInstanceId()).isEqualTo("client");

        Message received = Message.fromBytes(event.toBytes());
        assertThat(received.getSourceClientInstanceId()).isEqualTo("client");
        received.setSourceClientId("other");
        assertThat(received.getSourceClientInstanceId()).isEqualTo("other");

        event.setSourceClientInstanceId("client:1");
        assertThat(event.getSourceClientInstanceId()).isEqualTo("client:1");
        event.setSourceClientInstanceId(null);
        assertThat(event.getSourceClientInstanceId()).isEqualTo("client");
    }

    @Test
    void null_means_nothing_and_can_still_be_written() throws IOException {
        Request request = new Request(TOPIC);
        request.setSourceClientId(null);
        request.setSourceClientInstanceId(null);
        request.setPayload(null);
        request.setBrokerIds(null);
        request.setClientIds(null);
        request.setOtherFields(null);
        request.setSourceTenantGuid(null);
        request.setDestTenantGuids(null);
        request.setReplyToTopic(null);
        request.setServiceId(null);

        assertThat(Message.fromBytes(request.toBytes()))
                .usingRecursiveComparison()
                .withIntrospectionStrategy(new ComparingProperties())
                .ignoringFields("version", "destinationTopic")
                .isEqualTo(request);
        assertThat(request.getSourceClientId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-v0-minimal", "event-v3-full", "tolerant-event-v1-odd-other-fields"})
    void collections_of_a_received_message_may_be_changed(String vector) throws IOException {
        Message read = Message.fromBytes(Vector.named(vector).bytes());

        read.getBrokerIds().add("broker");
        read.getClientIds().add("client");
        read.getDestTenantGuids().add("tenant");
        read.getOtherFields().put("name", "value");

        Message again = Message.fromBytes(read.toBytes());
        assertThat(again.getBrokerIds()).contains("broker");
        assertThat(again.getClientIds()).contains("client");
        assertThat(again.getDestTenantGuids()).contains("tenant");
        assertThat(again.getOtherFields()).containsEntry("name", "value");
    }

    @Test
    void what_a_received_message_gives_is_the_same_each_time() throws IOException {
        Message read = Message.fromBytes(Vector.named("event-v3-full").bytes());

        assertThat(read.getPayload()).isSameAs(read.getPayload());
        assertThat(read.getBrokerIds()).isSameAs(read.getBrokerIds());
        assertThat(read.getClientIds()).isSameAs(read.getClientIds());
        assertThat(read.getDestTenantGuids()).isSameAs(read.getDestTenantGuids());
        assertThat(read.getOtherFields()).isSameAs(read.getOtherFields());
        read.getPayload()[0] = '!';
        assertThat(Message.fromBytes(read.toBytes()).getPayload()[0]).isEqualTo((byte) '!');
    }

    @Test
    void what_is_set_stands_for_what_was_received() throws IOException {
        Event read = (Event) Message.fromBytes(Vector.named("event-v3-full").bytes());
        read.setSourceClientId("client");
        read.setSourceClientInstanceId("instance");
        read.setSourceTenantGuid("tenant");
        read.setPayload(null);
        read.setBrokerIds(Set.of("broker"));

        Message again = Message.fromBytes(read.toBytes());
        assertThat(again.getMessageId()).isEqualTo(read.getMessageId()).isNotEmpty();
        assertThat(again.getSourceClientId()).isEqualTo("client");
        assertThat(again.getSourceClientInstanceId()).isEqualTo("instance");
        assertThat(again.getSourceTenantGuid()).isEqualTo("tenant");
        assertThat(again.getPayload()).isEmpty();
        assertThat(again.getBrokerIds()).containsExactly("broker");
        assertThat(again.getClientIds()).isEqualTo(read.getClientIds()).isNotEmpty();
    }

    @Test
    void bytes_that_change_later_change_nothing() throws IOException {
        byte[] bytes = Vector.named("event-v3-full").bytes();
        String id = Message.fromBytes(bytes).getMessageId();

        Message read = Message.fromBytes(bytes);
        Arrays.fill(bytes, (byte) 0);

        assertThat(read.getMessageId()).isEqualTo(id);
    }

    @Test
    void two_messages_share_no_collection_with_each_other_or_with_who_set_it() {
        Event one = new Event(TOPIC);
        Event other = new Event(TOPIC);
        one.getBrokerIds().add("broker");
        one.getOtherFields().put("name", "value");
        assertThat(other.getBrokerIds()).isEmpty();
        assertThat(other.getOtherFields()).isEmpty();

        Set<String> given = Set.of("a");
        one.setClientIds(given);
        one.getClientIds().add("b");
        assertThat(one.getClientIds()).containsExactly("a", "b");
        one.setOtherFields(Map.of("k", "v"));
        one.getOtherFields().put("l", "w");
        assertThat(one.getOtherFields()).hasSize(2);
    }

    @Test
    void ids_and_other_fields_keep_their_order_on_the_way() throws IOException {
        List<String> ids =
                IntStream.range(0, 50).mapToObj(i -> "id-" + (i * 37) % 50).toList();
        Map<String, String> fields = new LinkedHashMap<>();
        ids.forEach(id -> fields.put("Größe " + id, id));
        Event event = new Event(TOPIC);
        event.setClientIds(new LinkedHashSet<>(ids));
        event.setBrokerIds(new LinkedHashSet<>(ids));
        event.setDestTenantGuids(new LinkedHashSet<>(ids));
        event.setOtherFields(fields);

        Message again = Message.fromBytes(event.toBytes());

        assertThat(again.getClientIds()).containsExactlyElementsOf(ids);
        assertThat(again.getBrokerIds()).containsExactlyElementsOf(ids);
        assertThat(again.getDestTenantGuids()).containsExactlyElementsOf(ids);
        assertThat(again.getOtherFields().keySet()).containsExactlyElementsOf(fields.keySet());
    }

    @Test
    void an_odd_number_of_other_fields_yields_none() throws IOException {
        Message read = Message.fromBytes(
                Vector.named("tolerant-event-v1-odd-other-fields").bytes());

        assertThat(read.getOtherFields()).isEmpty();
        assertThat(new String(read.getPayload(), UTF_8)).isEqualTo("{\"k\":\"v\"}");
    }

    @Test
    void a_response_goes_back_the_way_its_request_came() throws IOException {
        Request request = received("5a6b7c8d", "client", "client:1");
        request.setReplyToTopic("/mcafee/client/{1}");
        request.setServiceId("{service}");

        Response response = new Response("me", request);

        assertThat(response.getDestinationTopic()).isEqualTo("/mcafee/client/{1}");
        assertThat(response.getRequest()).isSameAs(request);
        assertThat(response.getRequestMessageId()).isEqualTo(request.getMessageId());
        assertThat(response.getServiceId()).isEqualTo("{service}");
        assertThat(response.getSourceClientId()).isEqualTo("me");
        assertThat(response.getBrokerIds()).containsExactly("5a6b7c8d");
        assertThat(response.getClientIds()).containsExactly("client:1");
        assertThat(new Response(received("", "client", "")).getClientIds()).containsExactly("client");
    }

    @Test
    void a_response_has_no_empty_ids() throws IOException {
        Request request = received("", "", "");

        Response response = new ErrorResponse(request, 7, null);

        assertThat(response.getBrokerIds()).isEmpty();
        assertThat(response.getClientIds()).isEmpty();
        assertThat(((ErrorResponse) response).getErrorMessage()).isEmpty();
        assertThat(((ErrorResponse) response).getErrorCode()).isEqualTo(7);
    }

    /** A request as a broker passes it on: only a broker sets the broker's id. */
    private static Request received(String brokerId, String clientId, String instanceId) throws IOException {
        return (Request) Message.fromBytes(WireWriter.write(new WireMessage(
                3,
                "{message}",
                clientId,
                brokerId,
                List.of(),
                List.of(),
                new byte[0],
                new WireMessage.RequestFields("", ""),
                List.of(),
                "",
                List.of(),
                instanceId)));
    }

    @Test
    void a_message_of_a_subclass_without_arguments_can_be_filled_and_written() throws IOException {
        class OwnEvent extends Event {}
        class OwnRequest extends Request {}
        class OwnResponse extends Response {}
        class OwnError extends ErrorResponse {}

        for (Message own : List.of(new OwnEvent(), new OwnRequest(), new OwnResponse(), new OwnError())) {
            assertThat(own.getDestinationTopic()).isEmpty();
            assertThat(own.getBrokerIds()).isEmpty();
            assertThat(own.getClientIds()).isEmpty();
            own.setDestinationTopic(TOPIC);
            own.setPayload("hello".getBytes(Message.CHARSET_UTF8));

            Message read = Message.fromBytes(own.toBytes());

            assertThat(read.getMessageType()).isEqualTo(own.getMessageType());
            assertThat(read.getMessageId()).isEqualTo(own.getMessageId()).isNotEmpty();
            assertThat(new String(read.getPayload(), Message.CHARSET_UTF8)).isEqualTo("hello");
        }
    }

    @Test
    void a_response_of_a_subclass_goes_where_it_says_without_a_request() {
        class OwnResponse extends Response {
            OwnResponse(String clientInstanceId, String brokerId) {
                super("{me}", "/mcafee/client/{asker}", "{request}", "{service}", clientInstanceId, brokerId);
            }
        }
        Response own = new OwnResponse("{asker}:1", "{broker}");

        assertThat(own.getSourceClientId()).isEqualTo("{me}");
        assertThat(own.getDestinationTopic()).isEqualTo("/mcafee/client/{asker}");
        assertThat(own.getRequestMessageId()).isEqualTo("{request}");
        assertThat(own.getServiceId()).isEqualTo("{service}");
        assertThat(own.getClientIds()).containsExactly("{asker}:1");
        assertThat(own.getBrokerIds()).containsExactly("{broker}");
        assertThat(own.getRequest()).isNull();
        assertThat(new OwnResponse(null, "").getClientIds()).isEmpty();
    }
}
