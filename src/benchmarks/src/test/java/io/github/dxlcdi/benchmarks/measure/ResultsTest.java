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

    @Test
    void a_machine_that_becomes_slower_changes_no_ratio() {
        add(6, 4, 2);
        add("floor", 9, 6, 3);
        assertThat(results.ratios("bulk", Metric.RATE, "ours", "floor")).containsExactly(6.0 / 9, 4.0 / 6, 2.0 / 3);
        assertThat(results.ratios("single", Metric.RATE, "ours", "floor")).isEmpty();
    }

    @Test
    void who_has_more_lives_in_a_round_is_compared_by_the_first_of_each() {
        add(6, 1, 1, 4, 1, 1);
        add("other", 3, 2);
        assertThat(results.ratios("bulk", Metric.RATE, "ours", "other")).containsExactly(2.0, 2.0);
        assertThat(results.ratios("bulk", Metric.RATE, "other", "ours")).containsExactly(0.5, 0.5);
    }

    private void add(double... values) {
        add("ours", values);
    }

    private void add(String contender, double... values) {
        for (double value : values) {
            results.add("bulk", contender, Metric.RATE, value);
        }
    }
}
