package io.github.dxlcdi.benchmarks.report;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.benchmarks.measure.Results;
import io.github.dxlcdi.benchmarks.report.Goal.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
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

    @Test
    void the_run_after_that_of_the_page_contradicts_none_of_its_verdicts() throws Exception {
        Map<String, Verdict> again = verdicts("results-again.json");

        assertThat(verdicts("results.json"))
                .hasSameSizeAs(again)
                .allSatisfy((goal, verdict) -> assertThat(EnumSet.of(verdict, again.get(goal)))
                        .as(goal)
                        .isNotEqualTo(EnumSet.of(Verdict.YES, Verdict.NO)));
    }

    private static Map<String, Verdict> verdicts(String results) throws IOException {
        return Goals.of(Results.read(Path.of(results))).stream().collect(toMap(Goal::text, Goal::verdict));
    }
}
