package io.github.dxlcdi.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.TrustLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForcedDetectionTest {
    private static final String MD5 = "eb5e2b9dc51817a086d7b97eb52410ab";

    @Test
    void nothing_given_all_fields_are_made_up_and_differ() {
        FileDetection one = valid("{}");
        FileDetection other = valid("{}");

        assertThat(one.agentGuid()).matches("\\{[0-9a-f-]{36}}").isNotEqualTo(other.agentGuid());
        assertThat(one.hashes().md5()).hasValueSatisfying(md5 -> assertThat(md5).hasSize(32));
        assertThat(one.hashes().sha1())
                .hasValueSatisfying(sha1 -> assertThat(sha1).hasSize(40));
        assertThat(one.hashes().sha256())
                .hasValueSatisfying(sha256 -> assertThat(sha256).hasSize(64));
        assertThat(one.hashes()).isNotEqualTo(other.hashes());
        assertThat(one.detectionTime()).isAfter(Instant.now().minus(Duration.ofMinutes(1)));
        assertThat(one.localReputation().isKnown()).isTrue();
        assertThat(one.name()).isPresent();
    }

    @Test
    void all_fields_given_they_are_taken() {
        FileDetection detection = valid("""
                {"agentGuid": "agent \\"7\\"", "detectionTime": 1481301796, "hashes": {"md5": "%s"},
                 "localReputation": 42, "name": "<b>\\n\\u00fc.EXE", "remediationAction": 0}
                """.formatted(MD5.toUpperCase()));

        assertThat(detection.agentGuid()).isEqualTo("agent \"7\"");
        assertThat(detection.detectionTime()).isEqualTo(Instant.ofEpochSecond(1481301796));
        assertThat(detection.hashes().all()).isEqualTo(Map.of("md5", MD5));
        assertThat(detection.localReputation()).isEqualTo(new TrustLevel(42));
        assertThat(detection.name()).contains("<b>\n\u00fc.EXE");
        assertThat(detection.remediationAction()).isZero();
    }

    @Test
    void one_field_given_the_others_are_made_up() {
        FileDetection detection = valid("{\"name\": \"a.exe\"}");

        assertThat(detection.name()).contains("a.exe");
        assertThat(detection.hashes().all()).hasSize(3);
    }

    @Test
    void several_fields_wrong_each_is_named_with_its_value_and_what_is_allowed() {
        List<String> problems = new ForcedDetection("""
                        {"agentGuid": "", "detectionTime": "yesterday", "localReputation": 101, "name": 5,
                         "remediationAction": 1.5, "hashes": {"md5": "zz", "sha1": null, "crc32": "00"}, "color": "red"}
                        """).problems;

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "agentGuid: \"\"; allowed: text of 1 to 100 characters",
                        "detectionTime: \"yesterday\"; allowed: whole seconds since 1970",
                        "localReputation: 101; allowed: a whole number from 0 to 100",
                        "name: 5; allowed: text of 1 to 1000 characters",
                        "remediationAction: 1.5; allowed: a whole number of up to 9 digits",
                        "hashes.md5: \"zz\"; allowed: hex: md5 of 32, sha1 of 40, sha256 of 64 digits",
                        "hashes.sha1: null; allowed: hex: md5 of 32, sha1 of 40, sha256 of 64 digits",
                        "hashes.crc32: \"00\"; allowed: hex: md5 of 32, sha1 of 40, sha256 of 64 digits",
                        "color: \"red\"; allowed: agentGuid, detectionTime, hashes, localReputation, name,"
                                + " remediationAction");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hashes\": []}",
                "{\"hashes\": \"md5\"}",
                "{\"localReputation\": 1e400000000}",
                "{\"localReputation\": -1}",
                "{\"detectionTime\": 999999999999}",
                "{\"name\": null}"
            })
    void odd_value_is_one_problem(String json) {
        assertThat(new ForcedDetection(json).problems)
                .singleElement()
                .asString()
                .contains("; allowed: ");
    }

    @Test
    void long_value_is_shortened() {
        assertThat(new ForcedDetection("{\"name\": \"" + "x".repeat(5_000) + "\"}").problems)
                .singleElement()
                .asString()
                .hasSizeLessThan(200)
                .contains("xxx…;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "5", "{\"name\": \"a\"", "{\"name\": \"a\"} trailing", "name=a"})
    void text_that_is_no_json_object_is_a_problem(String json) {
        assertThat(new ForcedDetection(json).problems)
                .singleElement()
                .asString()
                .startsWith("The body is no JSON object: ");
    }

    @Test
    void unknown_hash_type_is_a_problem_whatever_its_length() {
        assertThat(new ForcedDetection("{\"hashes\": {\"sha7\": \"" + "a".repeat(999) + "\"}}").problems)
                .singleElement()
                .asString()
                .startsWith("hashes.sha7: ");
    }

    @Test
    void json_nested_too_deeply_is_a_problem() {
        assertThat(new ForcedDetection("{\"name\": " + "[".repeat(2_000) + "]".repeat(2_000) + "}").problems)
                .singleElement()
                .asString()
                .startsWith("The body is no JSON object: ");
    }

    private static FileDetection valid(String json) {
        ForcedDetection forced = new ForcedDetection(json);
        assertThat(forced.problems).isEmpty();
        return forced.detection();
    }
}
