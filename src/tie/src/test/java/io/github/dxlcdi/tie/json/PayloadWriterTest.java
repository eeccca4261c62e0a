package io.github.dxlcdi.tie.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadWriterTest {
    @Test
    void keys_are_sorted_and_levels_indented_at_every_depth() {
        assertThat(PayloadWriter.pretty(
                        Map.of("b", List.of(1, Map.of("d", true, "c", "x")), "a", Map.of(), "c", List.of())))
                .isEqualTo("""
                        {
                            "a": {},
                            "b": [
                                1,
                                {
                                    "c": "x",
                                    "d": true
                                }
                            ],
                            "c": []
                        }""");
    }

    @Test
    void texts_stay_as_they_are_but_for_what_json_demands() {
        assertThat(PayloadWriter.compact(Map.of("k", "Größe 💥 عربي </\"\\\u0001\n")))
                .isEqualTo("{\"k\":\"Größe 💥 عربي </\\\"\\\\\\u0001\\n\"}");
    }

    @ParameterizedTest
    @ValueSource(
            chars = {0x7F, 0x80, 0x85, 0x9B, 0x61C, 0x200B, 0x200E, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0xFEFF})
    void controls_directions_and_separators_are_escaped(char invisible) {
        String escaped = String.format("\\u%04X", (int) invisible);

        assertThat(PayloadWriter.compact(Map.of("a" + invisible, "ü" + invisible + "gpj.exe")))
                .isEqualTo("{\"a" + escaped + "\":\"ü" + escaped + "gpj.exe\"}");
        assertThat(PayloadWriter.pretty(Map.of("k", "ü" + invisible))).contains("\"ü" + escaped + "\"");
    }

    @Test
    void half_a_surrogate_pair_makes_the_text_ascii() {
        assertThat(PayloadWriter.compact(Map.of("k", "ü\udc00"))).isEqualTo("{\"k\":\"\\u00FC\\uDC00\"}");
    }

    @Test
    void a_value_that_json_has_not_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PayloadWriter.compact(Map.of("k", 'c')))
                .withMessageContaining("java.lang.Character");
    }
}
