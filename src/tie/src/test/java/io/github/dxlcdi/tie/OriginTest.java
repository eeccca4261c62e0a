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
        assertThat(origin.sourceClientId()).contains(event.getSourceClientId());
        assertThat(origin.sourceBrokerId()).contains(event.getSourceBrokerId());
        assertThat(origin.event()).isSameAs(event);
        assertThat(origin.isLocal()).isFalse();
        assertThat(origin)
                .asString()
                .contains("/some/topic", event.getMessageId(), event.getSourceClientId(), event.getSourceBrokerId());
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
        event.setDestinationTopic("/forged");
        assertThat(origin.sourceClientId()).contains("sender");
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

    private static Event fromBroker() throws Exception {
        try (InputStream in = OriginTest.class.getResourceAsStream("/tie/event-v3-from-broker.hex")) {
            String hex = new String(in.readAllBytes(), UTF_8).trim();
            return (Event) Message.fromBytes(HexFormat.of().parseHex(hex));
        }
    }
}
