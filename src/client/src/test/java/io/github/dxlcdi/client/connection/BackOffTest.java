package io.github.dxlcdi.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTest {

    @Test
    void the_pauses_grow_to_the_maximum_and_stay_there() {
        BackOff backOff = backOff(1_000, 10_000, 2, 0.25, () -> 0);

        assertThat(millis(backOff, 6)).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
    }

    @Test
    void the_random_part_is_at_most_its_fraction_and_is_not_carried_on() {
        BackOff backOff = backOff(1_000, 10_000, 2, 0.25, () -> 1);

        assertThat(millis(backOff, 6)).containsExactly(1_250L, 2_500L, 5_000L, 10_000L, 12_500L, 12_500L);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.999})
    void the_random_part_follows_the_random_number(double random) {
        assertThat(backOff(1_000, 10_000, 2, 0.5, () -> random).next())
                .isEqualTo(Duration.ofMillis(Math.round(1_000 + 500 * random)));
    }

    @Test
    void without_a_random_part_it_is_exact() {
        assertThat(millis(backOff(200, 1_000, 3, 0, Math::random), 4)).containsExactly(200L, 600L, 1_000L, 1_000L);
    }

    @Test
    void a_first_pause_above_the_maximum_is_cut() {
        assertThat(millis(backOff(5_000, 1_000, 2, 0, () -> 0), 2)).containsExactly(1_000L, 1_000L);
    }

    @Test
    void there_is_always_a_pause() {
        assertThat(millis(backOff(0, 60_000, 2, 0.25, () -> 0), 2)).containsExactly(10L, 20L);
        assertThat(millis(backOff(-5, 60_000, 2, 0, () -> 0), 1)).containsExactly(10L);
        assertThat(millis(backOff(1_000, 60_000, 0, 0, () -> 0), 3)).containsExactly(1_000L, 10L, 10L);
    }

    private static BackOff backOff(long delay, long max, double multiplier, double jitter, DoubleSupplier random) {
        return new BackOff(
                new BackOff.Settings(Duration.ofMillis(delay), Duration.ofMillis(max), multiplier, jitter), random);
    }

    private static List<Long> millis(BackOff backOff, int count) {
        return Stream.generate(() -> backOff.next().toMillis()).limit(count).toList();
    }
}
