package io.github.dxlcdi.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @TempDir
    private Path folder;

    private final Results results = new Results();

    @Test
    void the_median_is_that_of_all_rounds() {
        add(5, 1, 9);
        assertThat(results.median("bulk", "ours", Metric.RATE)).hasValue(5);
        add(7);
        assertThat(results.median("bulk", "ours", Metric.RATE)).hasValue(6);
        assertThat(results.median("single", "ours", Metric.RATE)).isEmpty();
    }

    @Test
    void the_file_has_a_line_for_each_scenario_contender_and_metric() throws IOException {
        add(5, 1, 9);
        Path file = folder.resolve("results.json");
        results.write(file);

        JsonNode line = new ObjectMapper().readTree(file.toFile()).get(0);
        assertThat(line.get("scenario").asText()).isEqualTo("bulk");
        assertThat(line.get("contender").asText()).isEqualTo("ours");
        assertThat(line.get("metric").asText()).isEqualTo("events/s");
        assertThat(line.get("median").asDouble()).isEqualTo(5);
        assertThat(line.get("runs")).hasSize(3);
        assertThat(Results.read(file).median("bulk", "ours", Metric.RATE)).hasValue(5);
    }

    private void add(double... values) {
        for (double value : values) {
            results.add("bulk", "ours", Metric.RATE, value);
        }
    }
}
