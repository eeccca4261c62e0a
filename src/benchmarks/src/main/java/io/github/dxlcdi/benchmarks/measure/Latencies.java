package io.github.dxlcdi.benchmarks.measure;

import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long events were under way. */
public final class Latencies {
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private Latencies() {}

    /**
     * The percentiles.
     *
     * @param sent when each was sent
     * @param arrived when each arrived; 0: never
     */
    public static Map<Metric, Double> percentiles(long[] sent, long[] arrived) {
        Histogram histogram = new Histogram(LONGEST_NANOS, DIGITS);
        for (int i = 0; i < sent.length; i++) {
            if (arrived[i] != 0) {
                histogram.recordValue(Math.max(0, Math.min(LONGEST_NANOS, arrived[i] - sent[i])));
            }
        }
        return Map.of(
                Metric.P50, histogram.getValueAtPercentile(50) / 1e3,
                Metric.P99, histogram.getValueAtPercentile(99) / 1e3,
                Metric.P999, histogram.getValueAtPercentile(99.9) / 1e3);
    }
}
