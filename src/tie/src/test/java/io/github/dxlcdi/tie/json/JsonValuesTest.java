package io.github.dxlcdi.tie.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonValuesTest {
    @Test
    void a_copy_can_not_be_changed_at_any_depth() {
        List<Object> inner = new ArrayList<>(List.of(1));
        Map<String, Object> copy = JsonValues.copyOf(Map.of("a", Map.of("b", inner)));
        inner.add(2);
        assertThat(copy).isEqualTo(Map.of("a", Map.of("b", List.of(1)))).isUnmodifiable();
        Map<?, ?> a = (Map<?, ?>) copy.get("a");
        assertThat(a).isUnmodifiable();
        assertThat((List<?>) a.get("b")).isUnmodifiable();
    }

    @Test
    void values_and_keys_that_json_has_not_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValues.copyOf(Map.of("a", List.of(new Object()))))
                .withMessageContaining("'a'")
                .withMessageContaining("java.lang.Object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValues.copyOf(Map.of("a", Map.of(1, 2))))
                .withMessageContaining("text");
    }

    @Test
    void a_list_that_holds_itself_is_refused() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonValues.copyOf(Map.of("a", endless)))
                .withMessageContaining("'a'");
    }
}
