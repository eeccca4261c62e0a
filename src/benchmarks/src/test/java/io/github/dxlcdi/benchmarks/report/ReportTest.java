package io.github.dxlcdi.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.benchmarks.contender.Contender;
import io.github.dxlcdi.benchmarks.load.Scenario;
import io.github.dxlcdi.benchmarks.measure.Metric;
import io.github.dxlcdi.benchmarks.measure.Results;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Results results = new Results();

    @Test
    void a_goal_that_is_reached_holds_and_one_that_is_not_does_not() {
        add(Scenario.BULK, Contender.FLOOR, Metric.RATE, 1_000_000);
        add(Scenario.BULK, Contender.DXL_CLIENT, Metric.RATE, 750_000);
        add(Scenario.BULK, Contender.FLOOR, Metric.CPU, 0.8);
        add(Scenario.BULK, Contender.DXL_CLIENT, Metric.CPU, 2);

        assertThat(lines())
                .contains(
                        "| callback: events/s ÷ floor, bulk | ≥ 0.75 | 0.75 | yes |",
                        "| callback: CPU ÷ floor, bulk | ≤ 2 | 2.50 | no |");
    }

    @Test
    void a_goal_about_which_the_rounds_do_not_agree_is_close() {
        add(Scenario.BULK, Contender.DXL_CDI, Metric.BYTES, 3_000, 3_900, 4_001, 3_990, 3_000);
        assertThat(lines()).contains("| observer: bytes/event, bulk | ≤ 4,000 | 3,900 | close |");
    }

    @Test
    void one_round_of_ten_may_disagree() {
        add(
                Scenario.BULK,
                Contender.DXL_CDI,
                Metric.BYTES,
                3_000,
                3_000,
                3_000,
                3_000,
                3_000,
                3_000,
                3_000,
                3_000,
                3_000);
        add(Scenario.BULK, Contender.DXL_CDI, Metric.BYTES, 5_000);
        assertThat(lines()).contains("| observer: bytes/event, bulk | ≤ 4,000 | 3,000 | yes |");

        add(Scenario.BULK, Contender.DXL_CDI, Metric.BYTES, 5_000);
        assertThat(lines()).contains("| observer: bytes/event, bulk | ≤ 4,000 | 3,000 | close |");
    }

    @Test
    void of_several_leads_of_one_kind_the_least_counts() {
        add(Scenario.BULK, Contender.DXL_CDI, Metric.RATE, 500);
        add(Scenario.BULK, Contender.SMALLRYE, Metric.RATE, 100);
        add(Scenario.BULK, Contender.DXL_CDI, Metric.CPU, 2);
        add(Scenario.BULK, Contender.SMALLRYE, Metric.CPU, 3);
        add(Scenario.PACED, Contender.DXL_CDI, Metric.P50, 100);
        add(Scenario.PACED, Contender.SMALLRYE, Metric.P50, 120);
        add(Scenario.PACED, Contender.DXL_CDI, Metric.P99, 200);
        add(Scenario.PACED, Contender.SMALLRYE, Metric.P99, 150);

        assertThat(lines())
                .anyMatch(line -> line.contains("before SmallRye")
                        && line.contains("events/s")
                        && line.endsWith("| ≥ 1 | 1.50 | yes |"))
                .anyMatch(line -> line.contains("before SmallRye")
                        && line.contains("latency")
                        && line.endsWith("| ≥ 1 | 0.75 | no |"));
    }

    @Test
    void a_lead_that_another_one_overtakes_in_some_rounds_is_close() {
        add(Scenario.PACED, Contender.DXL_CDI, Metric.P50, 100, 100, 100, 100, 100);
        add(Scenario.PACED, Contender.SMALLRYE, Metric.P50, 110, 110, 110, 110, 110);
        add(Scenario.PACED, Contender.DXL_CDI, Metric.P99, 100, 100, 100, 100, 100);
        add(Scenario.PACED, Contender.SMALLRYE, Metric.P99, 150, 90, 150, 150, 150);

        assertThat(lines())
                .anyMatch(line -> line.contains("before SmallRye") && line.endsWith("| ≥ 1 | 1.10 | close |"));
    }

    @Test
    void the_sender_alone_is_compared_with_the_fastest_of_all_others() {
        add(Scenario.SINGLE, Contender.SENDER, Metric.RATE, 900);
        add(Scenario.SINGLE, Contender.FLOOR, Metric.RATE, 600);
        add(Scenario.SINGLE, Contender.PAHO, Metric.RATE, 1_000);

        assertThat(lines()).contains("| sender alone ÷ the fastest receiver, single | ≥ 1 | 0.90 | no |");
    }

    @Test
    void whoever_loses_events_is_shown_with_what_it_lost() {
        add(Scenario.BULK, Contender.HIVEMQ, Metric.RATE, 123_456);
        add(Scenario.BULK, Contender.HIVEMQ, Metric.LOST, 37.5);

        assertThat(lines()).contains("| HiveMQ by hand | 123,456 | | | 37.50 |");
    }

    @Test
    void the_start_counts_as_the_difference_in_milliseconds() {
        add(Scenario.START, Contender.DXL_CDI_LIBERTY, Metric.START, 1_400);
        add(Scenario.START, Contender.LIBERTY_ALONE, Metric.START, 1_000);

        assertThat(lines())
                .anyMatch(line -> line.contains("later than without") && line.endsWith("| ≤ 300 | 400 | no |"));
    }

    private void add(Scenario scenario, Contender contender, Metric metric, double... rounds) {
        for (double round : rounds) {
            results.add(scenario.toString(), contender.toString(), metric, round);
        }
    }

    /** Without what makes columns stand below each other. */
    private String[] lines() {
        return new Report(results)
                .markdown()
                .lines()
                .map(line -> line.replaceAll(" +", " "))
                .toArray(String[]::new);
    }
}
