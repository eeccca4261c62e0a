package io.github.dxlcdi.tie;

import com.fasterxml.jackson.annotation.JsonValue;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.tie.json.Excerpt;
import io.github.dxlcdi.tie.json.JsonValues;
import io.github.dxlcdi.tie.json.MalformedPayloadException;
import io.github.dxlcdi.tie.json.PayloadWriter;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An endpoint acted on a file. Two are equal only if their {@link #origin()} is the same. Jackson and JSON-B write it
 * as {@link #toJson()} does; JSON-B leaves unknown fields out where the declared type is another one, as {@code
 * Object}.
 *
 * @param agentGuid {@code agentGuid}: id of the endpoint's agent, usually a UUID in braces; opaque
 * @param detectionTime {@code detectionTime}: when the endpoint detected the file, by its own clock; whole seconds, what
 *     is finer is cut off. A sender that counts milliseconds instead, which some do, puts it into a far year: it is
 *     kept as it is, and {@code dxl-cdi} warns of it once (DXL1207)
 * @param hashes {@code hashes}: the hashes of the file; may be empty
 * @param localReputation {@code localReputation}: how far the endpoint trusts the file
 * @param name {@code name}: name of the file, if it was sent; foreign text, whatever it contains
 * @param remediationAction {@code remediationAction}: what the endpoint did; TIE publishes no names for the numbers
 * @param unknownFields all other keys of the payload
 * @param origin where it came from
 */
// Yasson, for one, sees annotations of a class only where it is the declared type; those of components it always sees.
@JsonbTypeSerializer(JsonbForm.class)
public record FileDetection(
        String agentGuid,
        @JsonbTypeSerializer(JsonbForm.class) Instant detectionTime,
        @JsonbTypeSerializer(JsonbForm.class) Hashes hashes,
        @JsonbTypeSerializer(JsonbForm.class) TrustLevel localReputation,
        Optional<String> name,
        int remediationAction,
        @JsonbTransient Map<String, Object> unknownFields,
        @JsonbTransient Origin origin)
        implements TieEvent {
    /** The topic of its events. */
    public static final String TOPIC = "/mcafee/event/tie/file/detection";

    /**
     * Checks that nothing is missing and copies the unknown fields.
     *
     * @throws IllegalArgumentException if an unknown field has the key of a known one or a value that JSON has not
     */
    public FileDetection {
        Objects.requireNonNull(agentGuid, "agentGuid");
        detectionTime = Objects.requireNonNull(detectionTime, "detectionTime").truncatedTo(ChronoUnit.SECONDS);
        Objects.requireNonNull(hashes, "hashes");
        Objects.requireNonNull(localReputation, "localReputation");
        Objects.requireNonNull(name, "name");
        unknownFields = JsonValues.copyOf(unknownFields);
        for (String key : unknownFields.keySet()) {
            if (FileDetectionJson.KEYS.contains(key)) {
                throw new IllegalArgumentException("Field '" + key + "' of a file detection is not an unknown one");
            }
        }
        Objects.requireNonNull(origin, "origin");
    }

    /**
     * The detection that {@code event} carries. Its topic is not looked at. Key order, white space, NULs at the end,
     * keys beyond the known ones and a missing or null {@code name} are fine; numbers are whole numbers as JSON writes
     * them ({@code 5.0} and {@code "5"} are malformed), and no key may stand twice.
     *
     * @throws MalformedPayloadException if its payload is no file detection, whatever it is
     */
    public static FileDetection read(Event event) {
        return FileDetectionJson.read(event);
    }

    /** A detection of one's own, to publish it. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String toJson() {
        return PayloadWriter.pretty(userForm());
    }

    /** The same as {@link #toJson()} on one line, as streams of events want it. */
    public String toCompactJson() {
        return PayloadWriter.compact(userForm());
    }

    @JsonValue
    private Map<String, Object> userForm() {
        return FileDetectionJson.userForm(this);
    }

    /** The payload as it travels: UTF-8, hash list in base64, unknown fields included. */
    public byte[] toPayload() {
        return PayloadWriter.compact(FileDetectionJson.wireForm(this)).getBytes(StandardCharsets.UTF_8);
    }

    /** A new event on {@link #TOPIC} that carries it, to be sent with a client. */
    public Event toEvent() {
        Event event = new Event(TOPIC);
        event.setPayload(toPayload());
        return event;
    }

    /** One line without the payload; what comes from outside is shortened and escaped. */
    @Override
    public String toString() {
        return "FileDetection[" + name.map(Excerpt::quoted).orElse("no name") + ", " + localReputation + ", action "
                + remediationAction + ", " + hashes.label() + ", agent " + Excerpt.of(agentGuid) + ", " + detectionTime
                + "]";
    }

    /** Takes the fields of a detection in any order. Not safe for several threads. */
    public static final class Builder {
        private String agentGuid;
        private Instant detectionTime;
        private Hashes hashes;
        private TrustLevel localReputation;
        private String name;
        private Integer remediationAction;

        private Builder() {}

        /** Required: id of the agent, usually a UUID in braces. */
        public Builder agentGuid(String agentGuid) {
            this.agentGuid = agentGuid;
            return this;
        }

        /** Required: when the file was detected; what is finer than seconds is cut off. */
        public Builder detectionTime(Instant detectionTime) {
            this.detectionTime = detectionTime;
            return this;
        }

        /** Required: the hashes of the file. */
        public Builder hashes(Hashes hashes) {
            this.hashes = hashes;
            return this;
        }

        /** Required: how far the file is trusted. */
        public Builder localReputation(TrustLevel localReputation) {
            this.localReputation = localReputation;
            return this;
        }

        /** Name of the file; null, or never called: none. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** Required: what was done about the file. */
        public Builder remediationAction(int remediationAction) {
            this.remediationAction = remediationAction;
            return this;
        }

        /**
         * The detection; its origin is local.
         *
         * @throws IllegalArgumentException naming every required field that is missing
         */
        public FileDetection build() {
            List<String> missing = new ArrayList<>();
            require(missing, "agentGuid", agentGuid);
            require(missing, "detectionTime", detectionTime);
            require(missing, "hashes", hashes);
            require(missing, "localReputation", localReputation);
            require(missing, "remediationAction", remediationAction);
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("A file detection lacks " + String.join(", ", missing));
            }
            return new FileDetection(
                    agentGuid,
                    detectionTime,
                    hashes,
                    localReputation,
                    Optional.ofNullable(name),
                    remediationAction,
                    Map.of(),
                    Origin.local(TOPIC));
        }

        private static void require(List<String> missing, String field, Object value) {
            if (value == null) {
                missing.add(field);
            }
        }
    }
}
