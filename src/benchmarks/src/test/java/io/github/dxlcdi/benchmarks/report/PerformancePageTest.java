package io.github.dxlcdi.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.benchmarks.measure.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PerformancePageTest {
    private static final String BEGINNING = "<!-- measured -->";
    private static final String END = "<!-- end -->";

    @Test
    void the_tables_of_the_page_are_those_of_the_results() throws Exception {
        String page = Files.readString(Path.of("../../docs/performance.md"));

        assertThat(page.substring(page.indexOf(BEGINNING) + BEGINNING.length(), page.indexOf(END))
                        .strip())
                .isEqualTo(new Report(Results.read(Path.of("results.json"))).markdown());
    }
}
