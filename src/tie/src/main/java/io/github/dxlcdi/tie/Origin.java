package io.github.dxlcdi.tie;

import com.fasterxml.jackson.annotation.JsonValue;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.tie.json.Excerpt;
import io.github.dxlcdi.tie.json.PayloadText;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a TIE event came from: the DXL message around it. JSON-B and Jackson write what is known of it, without the
 * message itself, and leave it out of an event. Immutable, but for {@link #event()}, which is the message itself and
 * not a copy. Safe for any thread.
 */
@JsonbTypeSerializer(JsonbForm.class)
public final class Origin {
    private final String topic;
    private final Instant receivedAt;

    // Kept, as who has the event can set them
    private final String clientId;
    private final String instanceId;

    /** Has the ids that nobody can change, made when they are first asked for. */
    private final Event event;

    /** Made when it is first asked for. Two threads may both make it, and then have equal texts: no lock is needed. */
    private String rawJson;

    private Origin(String topic, Event event, Instant receivedAt) {
        this.topic = topic;
        this.event = event;
        this.receivedAt = receivedAt;
        clientId = event == null ? "" : orEmpty(event.getSourceClientId());
        instanceId = event == null ? "" : orEmpty(event.getSourceClientInstanceId());
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
     * Whether the message has the form in which a DXL broker stamps the true sender into it. What a DXL broker can't
     * read as a message, a payload as msgpack's {@code bin} for instance, it hands on as it is, with whatever ids the
     * sender wrote; that never has this form, so the two can be told apart. False for what was made here.
     *
     * <p>This relies on the broker: one that stamps nothing, as any plain MQTT broker, lets a sender write this form
     * too. With the OpenDXL Java client, version and ids decide alone; what that client can't read never gets here.
     */
    public boolean stamped() {
        return event != null && ReceivedEvent.isStamped(event, clientId, instanceId);
    }

    /**
     * Id of the client that sent it: the thumbprint of its certificate, or for what a broker made itself that broker's
     * id. Empty unless {@link #stamped()}.
     */
    public Optional<String> sourceClientId() {
        return stamped() ? claimedSourceClientId() : Optional.empty();
    }

    /** Id of the DXL broker that the sender is connected to. Empty unless {@link #stamped()}. */
    public Optional<String> sourceBrokerId() {
        return stamped() ? given(brokerId()) : Optional.empty();
    }

    /**
     * Id of the client as the message has it: if it is not {@link #stamped()}, the sender's own word, which proves
     * nothing. Empty if there is none.
     */
    public Optional<String> claimedSourceClientId() {
        return given(clientId);
    }

    /**
     * Id of the sender's connection as the message has it, the client id if there is none: if it is not {@link
     * #stamped()}, the sender's own word, which proves nothing. Empty if there is neither.
     */
    public Optional<String> claimedSourceClientInstanceId() {
        return given(instanceId);
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
        String sender = stamped() ? ", client " : ", not stamped, claims client ";
        return "Origin[" + Excerpt.of(topic) + ", message " + Excerpt.of(messageId()) + sender
                + Excerpt.of(given(clientId).orElse("-")) + ", broker "
                + Excerpt.of(given(brokerId()).orElse("-")) + ", received " + receivedAt + "]";
    }

    @JsonValue
    Map<String, Object> userForm() {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("topic", topic);
        form.put("messageId", messageId());
        form.put("receivedAt", receivedAt.toString());
        form.put("stamped", stamped());
        sourceClientId().ifPresent(id -> form.put("sourceClientId", id));
        sourceBrokerId().ifPresent(id -> form.put("sourceBrokerId", id));
        if (!stamped()) {
            claimedSourceClientId().ifPresent(id -> form.put("claimedSourceClientId", id));
            claimedSourceClientInstanceId().ifPresent(id -> form.put("claimedSourceClientInstanceId", id));
        }
        return form;
    }

    private String brokerId() {
        return event == null ? "" : orEmpty(event.getSourceBrokerId());
    }

    private static Optional<String> given(String id) {
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
