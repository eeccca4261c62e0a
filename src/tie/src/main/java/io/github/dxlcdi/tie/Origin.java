package io.github.dxlcdi.tie;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.tie.json.Excerpt;
import io.github.dxlcdi.tie.json.PayloadText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a TIE event came from: the DXL message around it. Immutable, but for {@link #event()}, which is the message itself
 * and not a copy. Safe for any thread.
 */
public final class Origin {
    private final String topic;
    private final String sourceClientId;
    private final Instant receivedAt;

    /** Has the ids that nobody can change, made when they are first asked for. */
    private final Event event;

    /** Made when it is first asked for. Two threads may both make it, and then have equal texts: no lock is needed. */
    private String rawJson;

    private Origin(String topic, Event event, Instant receivedAt) {
        this.topic = topic;
        this.event = event;
        this.receivedAt = receivedAt;
        sourceClientId = event == null ? "" : orEmpty(event.getSourceClientId());
    }

    /** The origin of what {@code event} carries. */
    public static Origin of(Event event) {
        return new Origin(orEmpty(event.getDestinationTopic()), event, ReceivedEvent.receivedAt(event));
    }

    /** The origin of what was made here, for {@code topic}, and has not travelled. */
    public static Origin local(String topic) {
        return new Origin(Objects.requireNonNull(topic, "topic"), null, Instant.now());
    }

    /** The topic it was received on, or is made for. */
    public String topic() {
        return topic;
    }

    /** Id of the DXL message, a UUID, in braces when a client made it; empty for what was made here. */
    public String messageId() {
        return event == null ? "" : orEmpty(event.getMessageId());
    }

    /**
     * Id of the client that sent it. A DXL broker puts the thumbprint of its certificate here; behind a plain MQTT broker
     * it is what the sender claims, or nothing.
     */
    public Optional<String> sourceClientId() {
        return given(sourceClientId);
    }

    /** Id of the DXL broker that the sender is connected to; empty behind a plain MQTT broker. */
    public Optional<String> sourceBrokerId() {
        return given(event == null ? "" : orEmpty(event.getSourceBrokerId()));
    }

    /**
     * When this JVM read it from the network, before it waited in a queue. With the OpenDXL Java client, which doesn't
     * tell, when it became a record; for what was made here, when that was.
     */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** The payload as it came, as text, without NULs at its end; empty for what was made here. */
    public String rawJson() {
        String text = rawJson;
        if (text == null) {
            text = event == null ? "" : PayloadText.of(event.getPayload());
            rawJson = text;
        }
        return text;
    }

    /** Whether it was made here and has not travelled. */
    public boolean isLocal() {
        return event == null;
    }

    /**
     * The message itself, not copied: who changes it changes it for all observers.
     *
     * @throws IllegalStateException for what was made here: there is no message
     */
    public Event event() {
        if (event == null) {
            throw new IllegalStateException("Made here, not received: there is no DXL event behind it");
        }
        return event;
    }

    /** Topic, ids and time on one line. */
    @Override
    public String toString() {
        if (isLocal()) {
            return "Origin[" + Excerpt.of(topic) + ", made here at " + receivedAt + "]";
        }
        return "Origin[" + Excerpt.of(topic) + ", message " + Excerpt.of(messageId()) + ", client "
                + Excerpt.of(sourceClientId().orElse("-")) + ", broker "
                + Excerpt.of(sourceBrokerId().orElse("-")) + ", received " + receivedAt + "]";
    }

    private static Optional<String> given(String id) {
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
