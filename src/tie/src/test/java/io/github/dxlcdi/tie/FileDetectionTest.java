package io.github.dxlcdi.tie;

import static io.github.dxlcdi.tie.Payloads.JSON;
import static io.github.dxlcdi.tie.Payloads.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.opendxl.client.message.Event;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDetectionTest {
    @Test
    void all_fields_of_a_detection_are_read() {
        Event event = Payloads.event(Payloads.detection());
        FileDetection detection = FileDetection.read(event);
        assertThat(detection.agentGuid()).isEqualTo("{0f3c8e1a-2b4d-4c6e-8f10-1a2b3c4d5e6f}");
        assertThat(detection.detectionTime()).isEqualTo(Instant.parse("2023-11-14T22:18:41Z"));
        assertThat(detection.hashes().md5()).contains("3ac209d1d7ffb91fd1668a31b313e93f");
        assertThat(detection.hashes().sha1()).contains("857fc1d9dc955dee4eeff354950360d63eb2ace4");
        assertThat(detection.hashes().sha256())
                .contains("542d5ecbf7f5528ea61692404b112657ed20d367cb286b080d040c9db08573ae");
        assertThat(detection.localReputation()).isEqualTo(TrustLevel.KNOWN_MALICIOUS);
        assertThat(detection.name()).contains("SAMPLE1.EXE");
        assertThat(detection.remediationAction()).isEqualTo(5);
        assertThat(detection.unknownFields()).isEmpty();
        assertThat(detection.origin().event()).isSameAs(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-file-detection", "event-file-detection-no-name"})
    void both_forms_of_a_vector_hold_all_its_fields(String name) throws Exception {
        JsonNode vector = Payloads.vector(name);
        FileDetection detection = read(vector.get("wire"));
        assertThat(JSON.readTree(detection.toJson())).isEqualTo(vector.get("transformed"));
        assertThat(JSON.readTree(detection.toCompactJson())).isEqualTo(vector.get("transformed"));
        assertThat(JSON.readTree(detection.toPayload())).isEqualTo(vector.get("wire"));
    }

    @Test
    void json_is_the_text_that_users_know_to_the_letter() {
        FileDetection detection = FileDetection.builder()
                .remediationAction(5)
                .name("FOCUS_MALWARE2.EXE")
                .localReputation(TrustLevel.KNOWN_MALICIOUS)
                .hashes(Hashes.of(hashes(
                        "sha256", "414bb16b10ece2db2d8448cb9f313f80cb77c310ca0c19ee03c73cba0c16fedb",
                        "md5", "EB5E2B9DC51817A086D7B97EB52410AB",
                        "sha1", "435dfd470f727437c7cb4f07cba1f9a1f4272656")))
                .detectionTime(Instant.ofEpochSecond(1481301796))
                .agentGuid("{68125cd6-a5d8-11e6-348e-000c29663178}")
                .build();
        String expected = """
                {
                    "agentGuid": "{68125cd6-a5d8-11e6-348e-000c29663178}",
                    "detectionTime": 1481301796,
                    "hashes": {
                        "md5": "eb5e2b9dc51817a086d7b97eb52410ab",
                        "sha1": "435dfd470f727437c7cb4f07cba1f9a1f4272656",
                        "sha256": "414bb16b10ece2db2d8448cb9f313f80cb77c310ca0c19ee03c73cba0c16fedb"
                    },
                    "localReputation": 1,
                    "name": "FOCUS_MALWARE2.EXE",
                    "remediationAction": 5
                }""";
        assertThat(detection.toJson()).isEqualTo(expected);
        assertThat(FileDetection.read(detection.toEvent()).toJson()).isEqualTo(expected);
    }

    @Test
    void compact_json_is_one_line_without_white_space() {
        ObjectNode json = Payloads.detection();
        json.putArray("hashes");
        json.put("name", "two\nlines");
        assertThat(read(json).toCompactJson())
                .isEqualTo("{\"agentGuid\":\"{0f3c8e1a-2b4d-4c6e-8f10-1a2b3c4d5e6f}\",\"detectionTime\":1700000321,"
                        + "\"hashes\":{},\"localReputation\":1,\"name\":\"two\\nlines\",\"remediationAction\":5}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4096})
    void nuls_at_the_end_are_not_part_of_the_payload(int count) {
        byte[] json = Payloads.detection().toString().getBytes(UTF_8);
        byte[] payload = Arrays.copyOf(json, json.length + count);
        FileDetection detection = FileDetection.read(Payloads.event(payload));
        assertThat(detection.remediationAction()).isEqualTo(5);
        assertThat(detection.origin().rawJson()).isEqualTo(new String(json, UTF_8));
    }

    @Test
    void white_space_around_the_object_is_passed_over() {
        assertThat(read(" \r\n\t" + Payloads.detection().toPrettyString() + "\r\n \t\0")
                        .remediationAction())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "null"})
    void a_name_that_is_absent_or_null_is_empty(String how) {
        ObjectNode json = Payloads.detection();
        json.remove("name");
        if (how.equals("null")) {
            json.putNull("name");
        }
        assertThat(read(json).name()).isEmpty();
        assertThat(read(json).toJson()).doesNotContain("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"データ.exe", "Übung ß.exe", "💥.exe", "\u202egpj.exe", "a\tb\"c\\d/</script>", ""})
    void a_name_survives_the_way_to_the_wire_and_back(String name) {
        ObjectNode json = Payloads.detection();
        json.put("name", name);
        FileDetection detection = read(json);
        assertThat(detection.name()).contains(name);
        assertThat(FileDetection.read(detection.toEvent()).name()).contains(name);
    }

    @Test
    void half_a_surrogate_pair_in_a_name_survives_too() {
        String json = Payloads.detection().toString().replace("SAMPLE1", "\\ud83d\\u0000é");
        FileDetection detection = read(json);
        assertThat(detection.name()).contains("\ud83d\u0000é.EXE");
        assertThat(FileDetection.read(detection.toEvent()).name()).contains("\ud83d\u0000é.EXE");
        assertThat(detection.toJson()).contains("\"name\": \"\\uD83D\\u0000\\u00E9.EXE\"");
    }

    @Test
    void unknown_fields_are_kept_as_plain_values_and_written_again() throws Exception {
        ObjectNode json = Payloads.detection();
        String unknown = "\"zeta\":null,\"int\":7,\"long\":4294967296,\"big\":18446744073709551616,\"decimal\":1.50,"
                + "\"exponent\":1e400,\"no\":false,\"text\":\"x\",\"list\":[1,[],{}],\"map\":{\"b\":1,\"a\":[null]},\"\":0,";
        FileDetection detection = read("{" + unknown + json.toString().substring(1));
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("zeta", null);
        expected.put("int", 7);
        expected.put("long", 4294967296L);
        expected.put("big", new BigInteger("18446744073709551616"));
        expected.put("decimal", new BigDecimal("1.50"));
        expected.put("exponent", new BigDecimal("1e400"));
        expected.put("no", false);
        expected.put("text", "x");
        expected.put("list", List.of(1, List.of(), Map.of()));
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("b", 1);
        inner.put("a", Arrays.asList((Object) null));
        expected.put("map", inner);
        expected.put("", 0);
        assertThat(detection.unknownFields()).containsExactlyEntriesOf(expected).isUnmodifiable();
        assertThat(detection.toCompactJson())
                .startsWith("{\"\":0,\"agentGuid\"")
                .contains("\"decimal\":1.50,")
                .contains("\"map\":{\"a\":[null],\"b\":1}")
                .endsWith("\"zeta\":null}");
        FileDetection again = FileDetection.read(detection.toEvent());
        assertThat(again.unknownFields()).isEqualTo(expected);
        assertThat(again.toJson()).isEqualTo(detection.toJson());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 4294967296L, 31556889864403199L, -31557014167219200L})
    void any_time_that_an_instant_can_hold_is_read(long seconds) {
        ObjectNode json = Payloads.detection();
        json.put("detectionTime", seconds);
        assertThat(read(json).detectionTime().getEpochSecond()).isEqualTo(seconds);
        assertThat(read(json).toCompactJson()).contains("\"detectionTime\":" + seconds + ",");
    }

    @ParameterizedTest
    @ValueSource(ints = {42, -3, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void numbers_without_a_name_are_kept(int number) {
        ObjectNode json = Payloads.detection();
        json.put("localReputation", number).put("remediationAction", number);
        assertThat(read(json).localReputation().value()).isEqualTo(number);
        assertThat(read(json).remediationAction()).isEqualTo(number);
    }

    @Test
    void an_event_for_publishing_carries_the_detection_on_its_topic() throws Exception {
        FileDetection detection = complete().build();
        Event event = detection.toEvent();
        assertThat(event.getDestinationTopic()).isEqualTo("/mcafee/event/tie/file/detection");
        assertThat(event.getPayload()).isEqualTo(detection.toPayload());
        FileDetection read = FileDetection.read((Event) Event.fromBytes(event.toBytes()));
        assertThat(read).usingRecursiveComparison().ignoringFields("origin").isEqualTo(detection);
    }

    @Test
    void a_detection_made_here_says_so() {
        FileDetection detection = complete().build();
        assertThat(detection.origin().isLocal()).isTrue();
        assertThat(detection.origin().topic()).isEqualTo(FileDetection.TOPIC);
    }

    @Test
    void a_detection_without_required_fields_can_not_be_made() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileDetection.builder().name("x").build())
                .withMessage("A file detection lacks agentGuid, detectionTime, hashes, localReputation, "
                        + "remediationAction");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete().hashes(null).build())
                .withMessage("A file detection lacks hashes");
    }

    @Test
    void a_name_is_optional_when_making_one() {
        assertThat(complete().name(null).build().name()).isEmpty();
    }

    @Test
    void time_is_cut_to_the_seconds_that_the_wire_carries() {
        FileDetection detection = complete()
                .detectionTime(Instant.parse("2026-01-02T03:04:05.999Z"))
                .build();
        assertThat(detection.detectionTime()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(complete()
                        .detectionTime(Instant.ofEpochSecond(-1, 5))
                        .build()
                        .detectionTime())
                .isEqualTo(Instant.ofEpochSecond(-1));
    }

    @Test
    void a_known_key_is_refused_among_the_unknown_ones() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withUnknown(Map.of("name", "x")))
                .withMessageContaining("'name'");
    }

    @Test
    void unknown_fields_are_copied() {
        Map<String, Object> unknown = new LinkedHashMap<>(Map.of("a", 1));
        FileDetection detection = withUnknown(unknown);
        unknown.put("b", 2);
        assertThat(detection.unknownFields()).isEqualTo(Map.of("a", 1));
    }

    @Test
    void text_for_logs_is_one_short_line_that_a_terminal_does_not_obey() {
        String text = complete()
                .name("\u001b[31m\u202etxt.exe\n" + "x".repeat(1000))
                .build()
                .toString();
        assertThat(text)
                .startsWith("FileDetection[\"\\u001b[31m\\u202etxt.exe\\u000axxx")
                .contains("KNOWN_MALICIOUS (1)", "action 5", "sha1 435dfd470f727437c7cb4f07cba1f9a1f4272656")
                .hasLineCount(1)
                .hasSizeLessThan(400);
    }

    private static FileDetection.Builder complete() {
        return FileDetection.builder()
                .agentGuid("{68125cd6-a5d8-11e6-348e-000c29663178}")
                .detectionTime(Instant.ofEpochSecond(1481301796))
                .hashes(Hashes.of(Map.of("sha1", "435dfd470f727437c7cb4f07cba1f9a1f4272656")))
                .localReputation(TrustLevel.KNOWN_MALICIOUS)
                .name("FOCUS_MALWARE2.EXE")
                .remediationAction(5);
    }

    private static FileDetection withUnknown(Map<String, Object> unknown) {
        FileDetection detection = complete().build();
        return new FileDetection(
                detection.agentGuid(),
                detection.detectionTime(),
                detection.hashes(),
                detection.localReputation(),
                Optional.empty(),
                0,
                unknown,
                detection.origin());
    }

    private static Map<String, String> hashes(String... typesAndHex) {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (int i = 0; i < typesAndHex.length; i += 2) {
            hashes.put(typesAndHex[i], typesAndHex[i + 1]);
        }
        return hashes;
    }
}
