package io.github.dxlcdi.tie;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import java.io.InputStream;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class OriginTest {
    @Test
    void an_event_from_a_dxl_broker_tells_all_ids() throws Exception {
        Event event = fromBroker();
        event.setDestinationTopic("/some/topic");
        Origin origin = Origin.of(event);
        assertThat(origin.topic()).isEqualTo("/some/topic");
        assertThat(origin.messageId()).isEqualTo(event.getMessageId()).isNotEmpty();
        assertThat(origin.stamped()).isTrue();
        assertThat(origin.sourceClientId()).contains("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b");
        assertThat(origin.sourceBrokerId()).contains("5a6b7c8d-1111-4222-8333-444455556666");
        assertThat(origin.claimedSourceClientId()).isEqualTo(origin.sourceClientId());
        assertThat(origin.claimedSourceClientInstanceId()).contains(event.getSourceClientInstanceId());
        assertThat(origin.event()).isSameAs(event);
        assertThat(origin.isLocal()).isFalse();
        assertThat(origin)
                .asString()
                .contains("/some/topic", event.getMessageId(), event.getSourceClientId(), event.getSourceBrokerId());
    }

    @Test
    void ids_that_a_dxl_broker_did_not_stamp_are_the_senders_claim() throws Exception {
        // The payload as bin: a DXL broker can't read the message and hands it on with the ids that the sender wrote.
        String forged = hexFromBroker().replace("a97b226b22", "c4097b226b22");
        Event event = (Event) Message.fromBytes(HexFormat.of().parseHex(forged));

        Origin origin = Origin.of(event);

        assertThat(event.getPayload()).isEqualTo(fromBroker().getPayload());
        assertThat(origin.stamped()).isFalse();
        assertThat(origin.sourceClientId()).isEmpty();
        assertThat(origin.sourceBrokerId()).isEmpty();
        assertThat(origin.claimedSourceClientId()).contains(event.getSourceClientId());
        assertThat(origin.claimedSourceClientInstanceId()).contains(event.getSourceClientInstanceId());
        assertThat(origin).asString().contains("not stamped, claims client " + event.getSourceClientId());
    }

    @Test
    void behind_a_plain_broker_source_ids_are_empty() {
        Origin origin = Origin.of(new Event("/topic"));
        assertThat(origin.sourceClientId()).isEmpty();
        assertThat(origin.sourceBrokerId()).isEmpty();
    }

    @Test
    void receive_time_is_the_clients_and_not_the_time_of_reading() {
        Event late = new Event("/topic") {
            @Override
            public Instant receivedAt() {
                return Instant.ofEpochSecond(1700000000);
            }
        };
        assertThat(Origin.of(late).receivedAt()).isEqualTo(Instant.ofEpochSecond(1700000000));
    }

    @Test
    void who_changes_the_message_does_not_change_where_it_came_from() {
        Event event = new Event("sender", "/topic");
        Origin origin = Origin.of(event);
        event.setSourceClientId("forged");
        event.setSourceClientInstanceId("forged");
        event.setDestinationTopic("/forged");
        assertThat(origin.claimedSourceClientId()).contains("sender");
        assertThat(origin.claimedSourceClientInstanceId()).contains("sender");
        assertThat(origin.topic()).isEqualTo("/topic");
    }

    @Test
    void ids_that_nobody_asks_for_are_not_made() {
        Event event = new Event("/topic") {
            @Override
            public String getMessageId() {
                throw new AssertionError("made");
            }

            @Override
            public String getSourceBrokerId() {
                throw new AssertionError("made");
            }
        };
        assertThat(Origin.of(event).topic()).isEqualTo("/topic");
    }

    @Test
    void raw_json_is_the_payload_as_it_came_without_nuls_at_the_end() {
        Event event = new Event("/topic");
        event.setPayload(" {\"ü\": 1 }\n\0\0".getBytes(UTF_8));
        assertThat(Origin.of(event).rawJson()).isEqualTo(" {\"ü\": 1 }\n");
    }

    @Test
    void what_was_made_here_has_a_topic_and_a_time_and_no_event() {
        Instant before = Instant.now();
        Origin origin = Origin.local("/topic");
        assertThat(origin.topic()).isEqualTo("/topic");
        assertThat(origin.messageId()).isEmpty();
        assertThat(origin.sourceClientId()).isEmpty();
        assertThat(origin.sourceBrokerId()).isEmpty();
        assertThat(origin.rawJson()).isEmpty();
        assertThat(origin.claimedSourceClientId()).isEmpty();
        assertThat(origin.claimedSourceClientInstanceId()).isEmpty();
        assertThat(origin.stamped()).isFalse();
        assertThat(origin.isLocal()).isTrue();
        assertThat(origin.receivedAt()).isBetween(before, Instant.now());
        assertThatIllegalStateException().isThrownBy(origin::event).withMessageContaining("no DXL event");
        assertThat(origin).asString().contains("/topic", "made here");
    }

    @Test
    void text_for_logs_is_one_short_line_whatever_the_ids_hold() {
        Event event = new Event("\n" + "c".repeat(5000), "/topic");
        assertThat(Origin.of(event).toString()).hasLineCount(1).hasSizeLessThan(400);
    }

    @Test
    void ids_that_are_set_on_a_stamped_message_change_nothing() throws Exception {
        Event event = fromBroker();
        Origin origin = Origin.of(event);
        event.setSourceClientId("forged");
        event.setSourceClientInstanceId("forged");

        assertThat(origin.stamped()).isTrue();
        assertThat(origin.sourceClientId()).contains("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b");
    }

    private static Event fromBroker() throws Exception {
        return (Event) Message.fromBytes(HexFormat.of().parseHex(hexFromBroker()));
    }

    private static String hexFromBroker() throws Exception {
        try (InputStream in = OriginTest.class.getResourceAsStream("/tie/event-v3-from-broker.hex")) {
            return new String(in.readAllBytes(), UTF_8).trim();
        }
    }
}
