package io.github.dxlcdi.tie;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustLevelTest {
    @ParameterizedTest
    @CsvSource({
        "1, 30, true, false",
        "30, 30, true, true",
        "29, 30, true, false",
        "31, 30, false, true",
        "100, 99, false, true",
        "0, 30, false, false",
        "30, 0, false, false",
        "0, 0, false, false",
        "-1, 30, false, false",
        "101, 30, false, false",
        "30, 101, false, false",
        "30, -1, false, false"
    })
    void levels_are_compared_only_where_both_are_decisions(int one, int other, boolean atMost, boolean atLeast) {
        assertThat(new TrustLevel(one).isAtMost(new TrustLevel(other))).isEqualTo(atMost);
        assertThat(new TrustLevel(one).isAtLeast(new TrustLevel(other))).isEqualTo(atLeast);
    }

    @ParameterizedTest
    @CsvSource({
        "100, KNOWN_TRUSTED_INSTALLER",
        "99, KNOWN_TRUSTED",
        "85, MOST_LIKELY_TRUSTED",
        "70, MIGHT_BE_TRUSTED",
        "50, UNKNOWN",
        "30, MIGHT_BE_MALICIOUS",
        "15, MOST_LIKELY_MALICIOUS",
        "1, KNOWN_MALICIOUS",
        "0, NOT_SET"
    })
    void a_level_of_tie_has_its_name(int value, String name) throws Exception {
        TrustLevel level = new TrustLevel(value);
        assertThat(level.name()).isEqualTo(name);
        assertThat(level.isKnown()).isTrue();
        assertThat(TrustLevel.named(name)).contains(level);
        assertThat(TrustLevel.class.getField(name).get(null)).isEqualTo(level);
        assertThat(TrustLevel.known()).contains(level);
        assertThat(level).hasToString(name + " (" + value + ")");
    }

    @ParameterizedTest
    @ValueSource(ints = {42, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void any_other_number_is_kept_and_shown(int value) {
        TrustLevel level = new TrustLevel(value);
        assertThat(level.value()).isEqualTo(value);
        assertThat(level.isKnown()).isFalse();
        assertThat(level.name()).isEqualTo("UNNAMED_" + value);
    }

    @Test
    void the_known_ones_are_told_from_the_most_trusted_down() {
        assertThat(TrustLevel.known()).extracting(TrustLevel::value).containsExactly(100, 99, 85, 70, 50, 30, 15, 1, 0);
    }

    @Test
    void a_name_that_tie_has_not_names_no_level() {
        assertThat(TrustLevel.named("known_malicious")).isEmpty();
        assertThat(TrustLevel.named("UNNAMED_42")).isEmpty();
        assertThat(TrustLevel.known()).hasSize(9);
    }
}
