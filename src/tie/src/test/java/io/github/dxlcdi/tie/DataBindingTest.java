package io.github.dxlcdi.tie;

import static io.github.dxlcdi.tie.Payloads.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.opendxl.client.message.Event;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a REST resource that returns a record sends, whichever library the server writes JSON with. */
class DataBindingTest {
    /** As servers set it up; without the module it writes no Optional at all. */
    private static final ObjectMapper JACKSON = new ObjectMapper().registerModule(new Jdk8Module());

    interface Writer {
        String json(Object value) throws Exception;
    }

    /** As a resource may have it in an answer of its own. */
    public record Answer(
            FileDetection newest,
            Hashes hashes,
            TrustLevel level,
            List<FileDetection> all,
            Map<String, FileDetection> byName,
            Optional<FileDetection> some,
            Object any) {}

    static Stream<Named<Writer>> writers() {
        Jsonb jsonb = JsonbBuilder.create();
        return Stream.of(Named.of("Jackson", JACKSON::writeValueAsString), Named.of("JSON-B", jsonb::toJson));
    }

    @ParameterizedTest
    @MethodSource("writers")
    void a_detection_has_the_form_for_users_wherever_it_is(Writer writer) throws Exception {
        for (String vector : List.of("event-file-detection", "event-file-detection-no-name")) {
            FileDetection detection = Payloads.read(Payloads.vector(vector).get("wire"));
            JsonNode expected = Payloads.vector(vector).get("transformed");

            JsonNode json = JSON.readTree(writer.json(new Answer(
                    detection,
                    detection.hashes(),
                    detection.localReputation(),
                    List.of(detection, detection),
                    Map.of("one", detection),
                    Optional.of(detection),
                    detection)));

            assertThat(JSON.readTree(writer.json(detection))).isEqualTo(expected);
            assertThat(json.get("newest")).isEqualTo(expected);
            assertThat(json.get("all"))
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each).isEqualTo(expected));
            assertThat(json.get("hashes")).isEqualTo(expected.get("hashes"));
            assertThat(json.get("level")).isEqualTo(expected.get("localReputation"));
            assertThat(json.get("byName").get("one")).isEqualTo(expected);
            assertThat(json.get("some")).isEqualTo(expected);
            assertThat(json.get("any")).isEqualTo(expected);
            assertThat(JSON.readTree(writer.json(List.of(detection))).get(0)).isEqualTo(expected);
            assertThat(JSON.readTree(writer.json(new FileDetection[] {detection}))
                            .get(0))
                    .isEqualTo(expected);
            assertThat(JSON.readTree(writer.json(Map.of("one", detection))).get("one"))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void keys_are_sorted_and_unknown_fields_are_among_the_others(Writer writer) throws Exception {
        ObjectNode wire = Payloads.detection();
        wire.put("zeta", 12345678901234567890.5);
        wire.putObject("more")
                .put("deep", true)
                .putNull("none")
                .putArray("list")
                .add(1)
                .addNull();
        wire.put("big", new BigInteger("123456789012345678901234567890"));
        FileDetection detection = Payloads.read(wire);

        assertThat(JSON.readTree(writer.json(detection))).isEqualTo(JSON.readTree(detection.toJson()));
        assertThat(writer.json(detection))
                .matches("(?s).*agentGuid.*big.*detectionTime.*hashes.*localReputation.*more.*name.*zeta.*");
    }

    @ParameterizedTest
    @MethodSource("writers")
    void hashes_and_levels_are_what_they_are_in_a_detection(Writer writer) throws Exception {
        FileDetection detection = Payloads.read(Payloads.detection());

        assertThat(JSON.readTree(writer.json(detection.hashes())))
                .isEqualTo(JSON.readTree(detection.toJson()).get("hashes"));
        assertThat(writer.json(TrustLevel.KNOWN_MALICIOUS)).isEqualTo("1");
    }

    @ParameterizedTest
    @MethodSource("writers")
    void an_origin_is_told_without_the_message(Writer writer) throws Exception {
        Event event = new Event("me", "/topic");
        Origin origin = Origin.of(event);

        assertThat(JSON.readTree(writer.json(origin)))
                .isEqualTo(JSON.createObjectNode()
                        .put("topic", "/topic")
                        .put("messageId", event.getMessageId())
                        .put("receivedAt", origin.receivedAt().toString())
                        .put("stamped", false)
                        .put("claimedSourceClientId", "me")
                        .put("claimedSourceClientInstanceId", "me"));
    }
}
