package io.github.dxlcdi.tie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashesTest {
    private static final String MD5 = "00112233445566778899aabbccddeeff";

    @Test
    void hex_and_bytes_are_the_same_hash() {
        Hashes hashes = Hashes.of(Map.of("md5", MD5.toUpperCase()));
        assertThat(hashes.md5()).contains(MD5);
        assertThat(hashes.hex("md5")).contains(MD5);
        assertThat(hashes.bytes("md5").orElseThrow())
                .startsWith(0x00, 0x11)
                .hasSize(16)
                .endsWith(0xff);
        assertThat(hashes.sha1()).isEmpty();
        assertThat(hashes.sha256()).isEmpty();
        assertThat(hashes.bytes("sha1")).isEmpty();
    }

    @Test
    void bytes_are_a_copy() {
        Hashes hashes = Hashes.of(Map.of("md5", MD5));
        hashes.bytes("md5").orElseThrow()[0] = 9;
        assertThat(hashes.md5()).contains(MD5);
    }

    @Test
    void there_may_be_more_than_the_known_types() {
        ObjectNode json = Payloads.detection();
        ArrayNode hashes = json.putArray("hashes");
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            hashes.addObject().put("type", "t" + i).put("value", "");
            expected.put("t" + i, "");
            assertThat(Payloads.read(json).hashes().all()).containsExactlyEntriesOf(expected);
        }
    }

    @Test
    void a_type_written_with_escapes_is_the_same_type() {
        String json = Payloads.detection().toString().replace("\"md5\"", "\"\\u006dd5\"");
        assertThat(Payloads.read(json).hashes())
                .isEqualTo(Payloads.read(Payloads.detection()).hashes());
    }

    @Test
    void unknown_types_case_and_order_are_kept() {
        ObjectNode json = Payloads.detection();
        json.putArray("hashes")
                .add(Payloads.JSON.createObjectNode().put("value", "AQI=").put("type", "ssdeep"))
                .add(Payloads.JSON.createObjectNode().put("type", "MD5").put("value", "AQ"))
                .add(Payloads.JSON
                        .createObjectNode()
                        .put("type", "md5")
                        .put("value", "ABEiM0RVZneImaq7zN3u/w==")
                        .set("more", Payloads.detection()));
        Hashes hashes = Payloads.read(json).hashes();
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("ssdeep", "0102");
        expected.put("MD5", "01");
        expected.put("md5", MD5);
        assertThat(hashes.all()).containsExactlyEntriesOf(expected).isUnmodifiable();
        assertThat(hashes.md5()).contains(MD5);
        assertThat(FileDetection.read(Payloads.read(json).toEvent()).hashes().all())
                .containsExactlyEntriesOf(expected);
    }

    @Test
    void an_empty_list_is_no_hash() {
        ObjectNode json = Payloads.detection();
        json.putArray("hashes");
        assertThat(Payloads.read(json).hashes().isEmpty()).isTrue();
        assertThat(Payloads.read(json).hashes()).isEqualTo(Hashes.of(Map.of()));
        assertThat(Hashes.of(Map.of("md5", MD5)).isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "md5, 0011, 'Hash md5 is \"0011\", expected 32 hex digits'",
        "sha1, 00112233445566778899aabbccddeeff, 'Hash sha1 is \"00112233445566778899aabbccddeeff\", expected 40 hex digits'",
        "sha256, x, 'Hash sha256 is \"x\", expected 64 hex digits'",
        "md5, 00112233445566778899aabbccddeefg, 'Hash md5 is \"00112233445566778899aabbccddeefg\", expected 32 hex digits'",
        "md5, , 'Hash md5 is null, expected 32 hex digits'",
        "other, 123, 'Hash other is \"123\", expected an even number of hex digits'"
    })
    void a_hash_that_can_not_be_is_refused_by_type_and_value(String type, String hex, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hashes.of(Collections.singletonMap(type, hex)))
                .withMessage(message);
    }

    @Test
    void a_hash_without_type_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hashes.of(Collections.singletonMap(null, MD5)))
                .withMessageContaining("type");
    }

    @Test
    void order_does_not_matter_for_equality() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("md5", MD5);
        one.put("x", "00");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("x", "00");
        other.put("md5", MD5);
        assertThat(Hashes.of(one)).isEqualTo(Hashes.of(other)).hasSameHashCodeAs(Hashes.of(other));
        other.put("x", "01");
        assertThat(Hashes.of(one)).isNotEqualTo(Hashes.of(other));
        other.remove("x");
        assertThat(Hashes.of(one)).isNotEqualTo(Hashes.of(other));
    }
}
