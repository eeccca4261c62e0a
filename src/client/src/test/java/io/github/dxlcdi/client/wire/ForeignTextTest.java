package io.github.dxlcdi.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r", "\u001b", "\u007f", "\u0085", "\u009b", "\u200b", "\u202e", "\u2028", "\u2029", "\ud800"
            })
    void what_a_terminal_obeys_is_shown_as_a_question_mark(String obeyed) {
        assertThat(ForeignText.shown("/a" + obeyed + "/b")).isEqualTo("/a?/b");
    }

    @Test
    void text_in_any_script_is_shown_as_it_is() {
        assertThat(ForeignText.shown("/Größe/日本 𝒳")).isEqualTo("/Größe/日本 𝒳");
    }

    @Test
    void what_is_longer_than_a_line_is_cut_off() {
        assertThat(ForeignText.shown("x".repeat(100))).isEqualTo("x".repeat(100));
        assertThat(ForeignText.shown("x".repeat(101))).isEqualTo("x".repeat(100) + "…");
    }
}
