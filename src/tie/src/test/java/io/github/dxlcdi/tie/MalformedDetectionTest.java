package io.github.dxlcdi.tie;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.dxlcdi.tie.json.MalformedPayloadException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedDetectionTest {
    /** Value of one key, replaced; path, what was found, what was expected. */
    static Stream<Arguments> wrong_values() {
        String int32 = "a whole number from -2147483648 to 2147483647";
        String time = "a whole number from -31557014167219200 to 31556889864403199";
        return Stream.of(
                arguments("agentGuid", "null", "$.agentGuid", "null", "a text"),
                arguments("agentGuid", "17", "$.agentGuid", "17", "a text"),
                arguments("agentGuid", "{}", "$.agentGuid", "an object", "a text"),
                arguments("detectionTime", "\"1700000321\"", "$.detectionTime", "\"1700000321\"", "a whole number"),
                arguments("detectionTime", "1700000321.0", "$.detectionTime", "1700000321.0", "a whole number"),
                arguments("detectionTime", "17e8", "$.detectionTime", "17e8", "a whole number"),
                arguments("detectionTime", "31556889864403200", "$.detectionTime", "31556889864403200", time),
                arguments("detectionTime", "-31557014167219201", "$.detectionTime", "-31557014167219201", time),
                arguments("detectionTime", "9223372036854775808", "$.detectionTime", "9223372036854775808", time),
                arguments("localReputation", "2147483648", "$.localReputation", "2147483648", int32),
                arguments("localReputation", "true", "$.localReputation", "true", "a whole number"),
                arguments("remediationAction", "-2147483649", "$.remediationAction", "-2147483649", int32),
                arguments("remediationAction", "5.0", "$.remediationAction", "5.0", "a whole number"),
                arguments("remediationAction", "\"5\"", "$.remediationAction", "\"5\"", "a whole number"),
                arguments("name", "[\"a\"]", "$.name", "an array", "a text"),
                arguments("hashes", "null", "$.hashes", "null", "an array"),
                arguments("hashes", "{\"md5\":\"00\"}", "$.hashes", "an object", "an array"),
                arguments("hashes", "[[]]", "$.hashes[0]", "an array", "an object"),
                arguments("hashes", "[{\"type\":\"x\",\"value\":\"\"},7]", "$.hashes[1]", "7", "an object"),
                arguments("hashes", "[{\"value\":\"AA==\"}]", "$.hashes[0].type", "nothing", "the type of a hash"),
                arguments("hashes", "[{\"type\":\"md5\"}]", "$.hashes[0].value", "nothing", "a hash in base64"),
                arguments("hashes", "[{\"type\":5}]", "$.hashes[0].type", "5", "a text"),
                arguments("hashes", "[{\"value\":null}]", "$.hashes[0].value", "null", "base64"),
                arguments("hashes", "[{\"value\":\"A*==\"}]", "$.hashes[0].value", "\"A*==\"", "base64"),
                arguments("hashes", "[{\"value\":\"AA\u0141A\"}]", "$.hashes[0].value", "\"AA\u0141A\"", "base64"),
                arguments("hashes", "[{\"value\":\"A\"}]", "$.hashes[0].value", "\"A\"", "base64"),
                arguments("hashes", hash("md5", "AAAA"), "$.hashes[0].value", "3 bytes", "16 bytes for md5"),
                arguments(
                        "hashes",
                        "[{\"value\":\"AAAA\",\"type\":\"sha1\"}]",
                        "$.hashes[0].value",
                        "3 bytes",
                        "20 bytes for sha1"),
                arguments("hashes", hash("sha256", ""), "$.hashes[0].value", "0 bytes", "32 bytes for sha256"),
                arguments(
                        "hashes",
                        "[{\"type\":\"x\",\"value\":\"\"},{\"type\":\"x\",\"value\":\"\"}]",
                        "$.hashes[1].type",
                        "\"x\" again",
                        "each type once"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("wrong_values")
    void a_wrong_value_is_named_by_path_and_by_what_was_found_and_expected(
            String key, String value, String path, String found, String expected) throws Exception {
        ObjectNode json = Payloads.detection();
        json.set(key, Payloads.JSON.readTree("\"@\""));
        MalformedPayloadException e = malformed(json.toString().replace("\"@\"", value));
        assertThat(e.path()).isEqualTo(path);
        assertThat(e.found()).isEqualTo(found);
        assertThat(e.expected()).isEqualTo(expected);
        assertThat(e).hasMessage(path + ": found " + found + ", expected " + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agentGuid", "detectionTime", "hashes", "localReputation", "remediationAction"})
    void a_required_key_that_is_missing_is_named(String key) {
        ObjectNode json = Payloads.detection();
        json.remove(key);
        MalformedPayloadException e = malformed(json.toString());
        assertThat(e.path()).isEqualTo("$." + key);
        assertThat(e.found()).isEqualTo("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "5", "\"{}\"", "true"})
    void a_payload_that_is_no_object_is_malformed(String payload) {
        MalformedPayloadException e = malformed(payload);
        assertThat(e.path()).isEqualTo("$");
        assertThat(e.expected()).isEqualTo("an object");
    }

    @Test
    void an_empty_payload_is_malformed() {
        assertThat(malformed("")).hasMessage("$: found an empty payload, expected an object");
        assertThat(malformed("\0\0\0")).hasMessage("$: found an empty payload, expected an object");
        assertThat(malformed(" \n")).hasMessage("$: found white space alone, expected an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", " 1", "]", ",", "}", "\0 ", "//", "#"})
    void anything_after_the_object_is_malformed(String garbage) {
        assertThat(malformed(Payloads.detection() + garbage).path()).isEqualTo("$");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"name\":null,\"name\":\"x\"}', $.name, name",
        "'{\"name\":\"x\",\"name\":null}', $.name, name",
        "'{\"agentGuid\":\"a\",\"agentGuid\":7}', $.agentGuid, agentGuid",
        "'{\"detectionTime\":1,\"detectionTime\":1}', $.detectionTime, detectionTime",
        "'{\"localReputation\":1,\"localReputation\":1}', $.localReputation, localReputation",
        "'{\"remediationAction\":1,\"remediationAction\":1}', $.remediationAction, remediationAction",
        "'{\"hashes\":[],\"hashes\":{}}', $.hashes, hashes",
        "'{\"other\":1,\"other\":1}', $.other, other",
        "'{\"other\":null,\"o\\u0074her\":null}', $.other, other",
        "'{\"other\":[{\"in\":1,\"in\":2}]}', $.other[0].in, in",
        "'{\"hashes\":[{\"type\":\"a\",\"type\":\"a\"}]}', $.hashes[0].type, type",
        "'{\"hashes\":[{\"value\":\"\",\"value\":\"\"}]}', $.hashes[0].value, value",
        "'{\"hashes\":[{\"passed\":1,\"passed\":[]}]}', $.hashes[0].passed, passed",
        "'{\"hashes\":[{\"passed\":[{\"in\":1,\"in\":2}]}]}', $.hashes[0].passed[0].in, in"
    })
    void a_key_that_stands_twice_is_named(String payload, String path, String key) {
        MalformedPayloadException e = malformed(payload);
        assertThat(e.path()).isEqualTo(path);
        assertThat(e).hasMessageContaining("Duplicate field '" + key + "'");
    }

    @Test
    void bytes_that_are_no_utf_8_are_malformed() {
        String umlaut = Payloads.detection().put("name", "ü").toString();
        assertThat(malformed(umlaut.getBytes(ISO_8859_1)).found()).startsWith("byte 0xfc at ");
        assertThat(malformed(umlaut.getBytes(ISO_8859_1)).expected()).isEqualTo("UTF-8");
        String ascii = Payloads.detection().put("name", "@@@").toString();
        assertThat(malformed(ascii.getBytes(UTF_16LE)).path()).isEqualTo("$");
        assertThat(malformed(ascii.getBytes(UTF_16BE)).path()).isEqualTo("$");
        // Overlong slash, half a surrogate pair: the parser itself would take them.
        for (String bad : new String[] {"\u00e0\u0080\u00af", "\u00ed\u00a0\u0080"}) {
            byte[] payload = ascii.replace("@@@", bad).getBytes(ISO_8859_1);
            assertThat(malformed(payload).expected()).isEqualTo("UTF-8");
        }
    }

    @Test
    void nesting_is_bounded() {
        String deep = "[".repeat(63) + "]".repeat(63);
        String json = Payloads.detection().toString();
        assertThat(Payloads.read("{\"x\":" + deep + "," + json.substring(1)).toJson())
                .contains("\"x\": [");
        assertThat(malformed("{\"x\":[" + deep + "]}").path()).startsWith("$.x[0][0]");
        assertThat(malformed("{\"x\":" + "[".repeat(1_000_000)).path()).startsWith("$.x[0][0]");
        assertThat(malformed("{\"x\":" + "{\"k\":".repeat(100_000)).path()).startsWith("$.x.k.k");
    }

    @Test
    void a_number_too_large_to_keep_is_malformed() {
        assertThat(malformed("{\"x\":1e99999999999}").found()).isEqualTo("1e99999999999");
        assertThat(malformed("{\"x\":" + "9".repeat(1001) + "}").path()).isEqualTo("$.x");
    }

    @Test
    void a_payload_that_ends_too_early_says_where() {
        assertThat(malformed("{\"agentGuid\":\"abc"))
                .hasMessage("$.agentGuid: found the end at byte 17, expected the rest of the JSON");
    }

    @Test
    void broken_json_is_shown_where_it_breaks() {
        assertThat(malformed("{\"a\":[[1],{\"b c\":{\"d\":01}}]}"))
                .hasMessageStartingWith("$.a[1]['b c'].d: found \"01}}]}\" at byte 22 of 28, expected valid JSON (");
    }

    @Test
    void a_message_is_one_short_line_whatever_the_payload_holds() {
        String nasty = "\\u001b[2J\\n\\u202e" + "x".repeat(5000);
        String key = "k".repeat(900);
        for (String payload : new String[] {
            "{\"localReputation\":\"" + nasty + "\"}",
            "{\"localReputation\":" + "1".repeat(900) + "}",
            "{\"" + key + "\":{\"" + key + "\":{\"" + nasty.substring(0, 900) + "\":{\"" + key + "\":nul}}}}",
            "{\"name\" \u001b[2J\n" + nasty,
            "{\"\\n\\u202e\":1,\"\\n\\u202e\":1}",
            ("{\"" + "k".repeat(40) + "\":").repeat(50) + "nul"
        }) {
            assertThat(malformed(payload)).hasNoCause();
            assertThat(malformed(payload).getMessage())
                    .hasSizeLessThan(500)
                    .hasLineCount(1)
                    .doesNotContainPattern("[\\p{Cntrl}\u202e]");
        }
        assertThat(malformed("{\"localReputation\":\"" + nasty + "\"}").found())
                .startsWith("\"\\u001b[2J\\u000a\\u202exxx")
                .hasSizeLessThan(90);
    }

    private static MalformedPayloadException malformed(String payload) {
        return malformed(payload.getBytes(UTF_8));
    }

    private static MalformedPayloadException malformed(byte[] payload) {
        MalformedPayloadException e = catchThrowableOfType(
                MalformedPayloadException.class, () -> FileDetection.read(Payloads.event(payload)));
        assertThat(e)
                .as("Read without complaint: %s", new String(payload, UTF_8))
                .isNotNull();
        return e;
    }

    private static String hash(String type, String base64) {
        return "[{\"type\":\"" + type + "\",\"value\":\"" + base64 + "\"}]";
    }
}
