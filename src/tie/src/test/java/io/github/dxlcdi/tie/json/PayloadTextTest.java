package io.github.dxlcdi.tie.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PayloadTextTest {
    @Test
    void a_byte_that_is_no_utf_8_is_found_wherever_it_stands() {
        for (int length = 1; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                byte[] payload = "x".repeat(length + 9).getBytes(UTF_8);
                assertThat(firstNonUtf8(payload, length)).isEqualTo(-1);
                payload[at] = (byte) 0x80;
                assertThat(firstNonUtf8(payload, length))
                        .as("at %d of %d", at, length)
                        .isEqualTo(at);
            }
        }
    }

    @Test
    void what_stands_behind_the_end_does_not_count() {
        byte[] payload = "x".repeat(16).getBytes(UTF_8);
        payload[9] = (byte) 0x80;
        assertThat(firstNonUtf8(payload, 9)).isEqualTo(-1);
    }

    @Test
    void text_beyond_ascii_is_utf_8_too() {
        byte[] payload = "{\"name\":\"Übung データ 💥.exe\"}".getBytes(UTF_8);
        assertThat(firstNonUtf8(payload, payload.length)).isEqualTo(-1);
    }

    @Test
    void what_is_read_begins_at_the_position_and_ends_before_the_nuls() {
        ByteBuffer payload = ByteBuffer.wrap("xx{}\0\0y".getBytes(UTF_8), 2, 4);

        ByteBuffer text = PayloadText.of(payload);

        assertThat(UTF_8.decode(text.duplicate()).toString()).isEqualTo("{}");
        assertThat(text.arrayOffset()).isEqualTo(2);
        assertThat(payload.position()).isEqualTo(2);
    }

    private static int firstNonUtf8(byte[] payload, int length) {
        return PayloadText.firstNonUtf8(ByteBuffer.wrap(payload, 0, length));
    }
}
