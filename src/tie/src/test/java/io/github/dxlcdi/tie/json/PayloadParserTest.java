package io.github.dxlcdi.tie.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadParserTest {
    @Test
    void a_parser_is_used_again() throws IOException {
        PayloadParser first = readThrough("{\"a\":1}");
        assertThat(readThrough("{\"b\":[{}]}")).isSameAs(first);
    }

    @Test
    void two_payloads_at_one_time_have_a_parser_each() throws IOException {
        try (PayloadParser first = PayloadParser.of(bytes("{}"));
                PayloadParser second = PayloadParser.of(bytes("{}"))) {
            assertThat(second).isNotSameAs(first);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "{\"a\":}", "{} ", "{}x", "{}{}", ""})
    void one_that_has_not_stopped_right_at_the_end_is_not_used_again(String payload) throws IOException {
        PayloadParser parser = PayloadParser.of(bytes(payload));
        try (parser) {
            parser.tokens().nextToken();
            parser.tokens().skipChildren();
            if (!parser.endsHere()) {
                parser.tokens().nextToken();
            }
        } catch (IOException e) {
            // As is to be expected of some.
        }
        assertThat(parser.tokens().isClosed()).isTrue();
        assertThat(readThrough("{}")).isNotSameAs(parser);
    }

    @Test
    void one_whose_payload_was_long_is_not_used_again() throws IOException {
        PayloadParser parser = readThrough("{\"a\":\"" + "x".repeat(20_000) + "\"}");
        assertThat(readThrough("{}")).isNotSameAs(parser);
    }

    @Test
    void none_is_used_again_after_256_kibibytes() throws IOException {
        String payload = "{\"" + "k".repeat(900) + "\":0}";
        PayloadParser first = readThrough(payload);
        int bytes = payload.length();
        while (bytes < 300_000 && readThrough(payload) == first) {
            bytes += payload.length();
        }
        int bytesBeforeTheLast = bytes - payload.length();
        assertThat(bytesBeforeTheLast).isLessThan(256 * 1024);
    }

    @Test
    void what_was_read_before_changes_nothing_of_what_is_read() {
        for (int i = 0; i < 3; i++) {
            assertThat(fields("{\"a\":" + i + "}")).isEqualTo(Map.of("a", i));
            assertThat(fields(" {\"a\":\"\\u00e9\",\"b\":{}}\n\0\0")).isEqualTo(Map.of("a", "é", "b", Map.of()));
            assertThatThrownBy(() -> fields("{\"a\":1 1}"))
                    .isInstanceOf(MalformedPayloadException.class)
                    .hasMessageStartingWith("$.a: found \"1}\" at byte 7 of 9");
            assertThatThrownBy(() -> fields("{\"a\":1")).hasMessageContaining("the end at byte 6");
            assertThatThrownBy(() -> fields("{} 7")).hasMessageContaining("7 after the object");
        }
    }

    private static PayloadParser readThrough(String payload) throws IOException {
        PayloadParser parser = PayloadParser.of(bytes(payload));
        try (parser) {
            parser.tokens().nextToken();
            parser.tokens().skipChildren();
            assertThat(parser.endsHere()).isTrue();
        }
        return parser;
    }

    private static Map<String, Object> fields(String payload) {
        return PayloadReader.read(bytes(payload), in -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (String key = in.nextKey(); key != null; key = in.nextKey()) {
                in.value(key, fields);
            }
            return fields;
        });
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
