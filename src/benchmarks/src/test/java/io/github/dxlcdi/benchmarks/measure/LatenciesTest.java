package io.github.dxlcdi.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentiles_are_of_those_that_have_arrived() {
        long[] sent = new long[2_000];
        long[] arrived = new long[sent.length];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = i * 1_000_000L;
            boolean lost = i % 2 == 1;
            arrived[i] = lost ? 0 : sent[i] + (i / 2 + 1) * 1_000L;
        }

        Map<Metric, Double> percentiles = Latencies.percentiles(sent, arrived);

        assertThat(percentiles.get(Metric.P50)).isCloseTo(500, within(1.0));
        assertThat(percentiles.get(Metric.P99)).isCloseTo(990, within(1.0));
        assertThat(percentiles.get(Metric.P999)).isCloseTo(999, within(1.0));
    }
}
