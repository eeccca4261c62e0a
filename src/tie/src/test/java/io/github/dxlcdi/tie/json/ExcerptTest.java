package io.github.dxlcdi.tie.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void printable_text_stays_as_it_is() {
        assertThat(Excerpt.of("データ ü 💥.exe")).isEqualTo("データ ü 💥.exe");
        assertThat(Excerpt.quoted("a\"b")).isEqualTo("\"a\\\"b\"");
    }

    @Test
    void what_a_terminal_obeys_is_written_as_escapes() {
        assertThat(Excerpt.of("\u001b[0m\r\n\u202e\u2028\ud800"))
                .isEqualTo("\\u001b[0m\\u000d\\u000a\\u202e\\u2028\\ud800");
    }

    @Test
    void long_text_is_cut() {
        assertThat(Excerpt.of("x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(Excerpt.of("x".repeat(81))).isEqualTo("x".repeat(80) + "…");
    }
}
