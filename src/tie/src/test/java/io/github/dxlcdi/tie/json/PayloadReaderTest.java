package io.github.dxlcdi.tie.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadReaderTest {
    @Test
    void values_can_not_be_changed_at_any_depth() {
        Map<?, ?> map = (Map<?, ?>) first("{\"k\":{\"a\":[{}]}}", PayloadReader::value);
        assertThat(map).isUnmodifiable();
        assertThat((List<?>) map.get("a")).isUnmodifiable();
    }

    @Test
    void what_is_passed_over_must_be_json_all_the_same() {
        PayloadReader.Shape<Object> skip = in -> {
            in.skip();
            return "passed";
        };
        assertThat(first("{\"k\":{\"a\":[{}]},\"next\":{}}", skip)).isEqualTo("passed");
        assertThatThrownBy(() -> first("{\"k\":{\"a\":[{]}}", skip))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageStartingWith("$.k.a[0]: found \"]}}\" at byte 12 of 15");
    }

    @Test
    void an_empty_payload_is_called_so() {
        assertThatThrownBy(() -> PayloadReader.read(ByteBuffer.allocate(0), in -> ""))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessage("$: found an empty payload, expected an object");
    }

    private static Object first(String json, PayloadReader.Shape<?> value) {
        return PayloadReader.read(ByteBuffer.wrap(json.getBytes(UTF_8)), in -> {
            in.nextKey();
            Object read = value.read(in);
            while (in.nextKey() != null) {
                in.skip();
            }
            return read;
        });
    }
}
