package io.github.dxlcdi.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dxlcdi.benchmarks.contender.Contender;
import io.github.dxlcdi.benchmarks.load.Scenario;
import io.github.dxlcdi.benchmarks.measure.Metric;
import io.github.dxlcdi.benchmarks.measure.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is too short to say anything about speed. */
class CourseTest {
    @TempDir
    private Path folder;

    @Test
    void a_run_writes_plausible_results_of_each_contender() throws Exception {
        Path file = folder.resolve("results.json");
        Options options = new Options(
                EnumSet.of(Contender.SENDER, Contender.DXL_CLIENT, Contender.DXL_CDI),
                2,
                true,
                1,
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                200,
                1_000,
                file,
                false);

        Course.run(options);

        Results results = Results.read(file);
        assertThat(results.contenders()).containsExactly("sender alone", "dxl-client", "dxl-cdi");
        for (Contender contender : EnumSet.of(Contender.DXL_CLIENT, Contender.DXL_CDI)) {
            for (Scenario scenario : EnumSet.of(Scenario.BULK, Scenario.SINGLE)) {
                assertThat(median(results, scenario, contender, Metric.RATE)).isBetween(1_000.0, 10_000_000.0);
                assertThat(median(results, scenario, contender, Metric.CPU)).isBetween(0.1, 1_000.0);
                assertThat(median(results, scenario, contender, Metric.BYTES)).isBetween(100.0, 100_000.0);
                assertThat(median(results, scenario, contender, Metric.LOST)).isZero();
            }
            double p50 = median(results, Scenario.PACED, contender, Metric.P50);
            assertThat(p50).isBetween(1.0, 100_000.0);
            assertThat(median(results, Scenario.PACED, contender, Metric.P999)).isGreaterThanOrEqualTo(p50);
        }
    }

    @Test
    void of_more_lives_in_a_round_only_the_rates_are_measured() throws Exception {
        Path file = folder.resolve("results.json");
        Options options = new Options(
                EnumSet.of(Contender.FLOOR, Contender.DXL_CLIENT),
                1,
                false,
                2,
                Duration.ofMillis(200),
                Duration.ofMillis(200),
                100,
                1_000,
                file,
                false);

        Course.run(options);

        assertThat(runs(file, Scenario.BULK, Contender.FLOOR, Metric.RATE)).isEqualTo(2);
        assertThat(runs(file, Scenario.PACED, Contender.FLOOR, Metric.P50)).isEqualTo(1);
        assertThat(runs(file, Scenario.BULK, Contender.DXL_CLIENT, Metric.RATE)).isEqualTo(1);
    }

    private static int runs(Path file, Scenario scenario, Contender contender, Metric metric) throws IOException {
        for (JsonNode line : new ObjectMapper().readTree(file.toFile())) {
            if (line.get("scenario").asText().equals(scenario.toString())
                    && line.get("contender").asText().equals(contender.toString())
                    && line.get("metric").asText().equals(metric.toString())) {
                return line.get("runs").size();
            }
        }
        return 0;
    }

    private static double median(Results results, Scenario scenario, Contender contender, Metric metric) {
        return results.median(scenario.toString(), contender.toString(), metric).orElseThrow();
    }
}
