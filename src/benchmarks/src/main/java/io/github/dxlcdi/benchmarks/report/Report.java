package io.github.dxlcdi.benchmarks.report;

import io.github.dxlcdi.benchmarks.load.Scenario;
import io.github.dxlcdi.benchmarks.measure.Metric;
import io.github.dxlcdi.benchmarks.measure.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results for people: Markdown. */
public final class Report {
    private static final List<Metric> OF_RATE = List.of(Metric.RATE, Metric.CPU, Metric.BYTES, Metric.LOST);
    private static final List<Metric> OF_LATENCY = List.of(Metric.P50, Metric.P99, Metric.P999);

    private final Results results;

    /** Of these results. */
    public Report(Results results) {
        this.results = results;
    }

    /** Everything that was measured, and the goals. */
    public String markdown() {
        return Stream.of(
                        table(Scenario.BULK, OF_RATE),
                        table(Scenario.SINGLE, OF_RATE),
                        table(Scenario.PACED, OF_LATENCY),
                        table(Scenario.NAGLE, OF_LATENCY),
                        table(Scenario.START, List.of(Metric.START)),
                        table(Scenario.PROFILE_BULK, List.of(Metric.CPU)),
                        table(Scenario.PROFILE_SINGLE, List.of(Metric.CPU)),
                        goals())
                .filter(table -> !table.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private String goals() {
        List<Goal> goals = Goals.of(results);
        if (goals.isEmpty()) {
            return "";
        }
        Table table = new Table(List.of("goal", "asked", "measured", "holds"));
        goals.forEach(goal -> table.row(List.of(
                goal.text(),
                goal.bound() + " " + format(OptionalDouble.of(goal.asked())),
                format(OptionalDouble.of(goal.measured())),
                goal.verdict().toString())));
        return table.toString();
    }

    private String table(Scenario scenario, List<Metric> metrics) {
        List<String> contenders = results.contenders().stream()
                .filter(contender -> metrics.stream()
                        .anyMatch(metric -> results.median(scenario.toString(), contender, metric)
                                .isPresent()))
                .toList();
        if (contenders.isEmpty()) {
            return "";
        }
        List<String> header = new ArrayList<>();
        header.add(scenario.toString());
        metrics.forEach(metric -> header.add(metric.toString()));
        Table table = new Table(header);
        for (String contender : contenders) {
            List<String> row = new ArrayList<>();
            row.add(contender);
            metrics.forEach(metric -> row.add(format(results.median(scenario.toString(), contender, metric))));
            table.row(row);
        }
        return table.toString();
    }

    private static String format(OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        double number = value.getAsDouble();
        return String.format(
                Locale.ROOT, Math.abs(number) < 100 && number != Math.rint(number) ? "%.2f" : "%,.0f", number);
    }
}
