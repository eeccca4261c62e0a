package io.github.dxlcdi.benchmarks.report;

import static io.github.dxlcdi.benchmarks.contender.Contender.DXL_CDI;
import static io.github.dxlcdi.benchmarks.contender.Contender.DXL_CDI_64M;
import static io.github.dxlcdi.benchmarks.contender.Contender.DXL_CDI_LIBERTY;
import static io.github.dxlcdi.benchmarks.contender.Contender.DXL_CDI_OPENSSL;
import static io.github.dxlcdi.benchmarks.contender.Contender.DXL_CDI_REQUESTS;
import static io.github.dxlcdi.benchmarks.contender.Contender.DXL_CLIENT;
import static io.github.dxlcdi.benchmarks.contender.Contender.DXL_CLIENT_WITHOUT_QUICKACK;
import static io.github.dxlcdi.benchmarks.contender.Contender.FLOOR;
import static io.github.dxlcdi.benchmarks.contender.Contender.HIVEMQ;
import static io.github.dxlcdi.benchmarks.contender.Contender.HIVEMQ_OBSERVER;
import static io.github.dxlcdi.benchmarks.contender.Contender.LIBERTY_ALONE;
import static io.github.dxlcdi.benchmarks.contender.Contender.PAHO;
import static io.github.dxlcdi.benchmarks.contender.Contender.PAHO_BIASED;
import static io.github.dxlcdi.benchmarks.contender.Contender.PAHO_OBSERVER;
import static io.github.dxlcdi.benchmarks.contender.Contender.PAHO_OBSERVER_BIASED;
import static io.github.dxlcdi.benchmarks.contender.Contender.SENDER;
import static io.github.dxlcdi.benchmarks.contender.Contender.SMALLRYE;
import static io.github.dxlcdi.benchmarks.load.Scenario.BULK;
import static io.github.dxlcdi.benchmarks.load.Scenario.NAGLE;
import static io.github.dxlcdi.benchmarks.load.Scenario.PACED;
import static io.github.dxlcdi.benchmarks.load.Scenario.SINGLE;
import static io.github.dxlcdi.benchmarks.load.Scenario.START;
import static io.github.dxlcdi.benchmarks.measure.Metric.BYTES;
import static io.github.dxlcdi.benchmarks.measure.Metric.CPU;
import static io.github.dxlcdi.benchmarks.measure.Metric.OTHERS;
import static io.github.dxlcdi.benchmarks.measure.Metric.P50;
import static io.github.dxlcdi.benchmarks.measure.Metric.P99;
import static io.github.dxlcdi.benchmarks.measure.Metric.P999;
import static io.github.dxlcdi.benchmarks.measure.Metric.RATE;
import static java.util.Comparator.naturalOrder;

import io.github.dxlcdi.benchmarks.contender.Contender;
import io.github.dxlcdi.benchmarks.load.Scenario;
import io.github.dxlcdi.benchmarks.measure.Metric;
import io.github.dxlcdi.benchmarks.measure.Results;
import io.github.dxlcdi.benchmarks.report.Goal.Bound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What ours is to reach, and whether it does. Ratios are of one run, so that they hold on other machines as well. */
final class Goals {
    private static final Comparator<List<Double>> BY_MEDIAN = Comparator.comparingDouble(Results::median);

    private final Results results;
    private final List<Goal> goals = new ArrayList<>();

    /** Those about which {@code results} say something. */
    static List<Goal> of(Results results) {
        return new Goals(results).goals;
    }

    private Goals(Results results) {
        this.results = results;
        atMost(
                "others' CPU while it was measured, the most of all medians, %",
                5,
                Stream.of(Contender.values())
                        .flatMap(
                                contender -> Stream.of(BULK, SINGLE).map(scenario -> runs(scenario, contender, OTHERS)))
                        .filter(rounds -> !rounds.isEmpty())
                        .max(BY_MEDIAN)
                        .orElse(List.of()));
        atMost("floor: p99 µs at 1,000 events/s, by which the machine pauses", 250, runs(PACED, FLOOR, P99));
        sender(BULK);
        sender(SINGLE);
        callback(BULK, 0.75, 2);
        callback(SINGLE, 0.8, 1.5);
        observer(BULK, 0.55, 3);
        againstFloor("observer with request contexts", BULK, DXL_CDI_REQUESTS, 0.55, 3);
        observer(SINGLE, 0.65, 2);
        againstFloor("observer with request contexts", SINGLE, DXL_CDI_REQUESTS, 0.65, 2);
        atMost("observer: bytes/event, bulk", 4_000, runs(BULK, DXL_CDI, BYTES));
        atMost("observer: p50 µs at 1,000 events/s", 120, runs(PACED, DXL_CDI, P50));
        atMost("observer: p99 µs at 1,000 events/s", 500, runs(PACED, DXL_CDI, P99));
        ahead(DXL_CLIENT, HIVEMQ);
        ahead(DXL_CDI, HIVEMQ_OBSERVER);
        ahead(DXL_CDI, SMALLRYE);
        variant("64 MiB of heap", DXL_CDI_64M, 0.9);
        variant("epoll and OpenSSL", DXL_CDI_OPENSSL, 1.2);
        atMost(
                "Nagle: p50 with TCP_QUICKACK ÷ without",
                0.1,
                ratios(NAGLE, P50, DXL_CLIENT, DXL_CLIENT_WITHOUT_QUICKACK));
        start(300);
    }

    private void sender(Scenario scenario) {
        Stream.of(Contender.values())
                .filter(contender ->
                        contender != SENDER && !runs(scenario, contender, RATE).isEmpty())
                .max(Comparator.comparing(contender -> runs(scenario, contender, RATE), BY_MEDIAN))
                .ifPresent(fastest -> atLeast(
                        "sender alone ÷ the fastest receiver, " + scenario,
                        1,
                        ratios(scenario, RATE, SENDER, fastest)));
    }

    private void callback(Scenario scenario, double rate, double cpu) {
        againstFloor("callback", scenario, DXL_CLIENT, rate, cpu);
        for (Contender paho : List.of(PAHO, PAHO_BIASED)) {
            atLeast("callback: CPU of " + paho + " ÷ ours, " + scenario, 10, ratios(scenario, CPU, paho, DXL_CLIENT));
        }
    }

    private void observer(Scenario scenario, double rate, double cpu) {
        againstFloor("observer", scenario, DXL_CDI, rate, cpu);
        for (Contender paho : List.of(PAHO_OBSERVER, PAHO_OBSERVER_BIASED)) {
            atLeast("observer: events/s ÷ " + paho + ", " + scenario, 8, ratios(scenario, RATE, DXL_CDI, paho));
            atLeast("observer: CPU of " + paho + " ÷ ours, " + scenario, 8, ratios(scenario, CPU, paho, DXL_CDI));
        }
    }

    private void againstFloor(String text, Scenario scenario, Contender ours, double rate, double cpu) {
        atLeast(text + ": events/s ÷ floor, " + scenario, rate, ratios(scenario, RATE, ours, FLOOR));
        atMost(text + ": CPU ÷ floor, " + scenario, cpu, ratios(scenario, CPU, ours, FLOOR));
    }

    /** Of leads of one kind the least in each round counts. */
    private void ahead(Contender ours, Contender other) {
        Stream<List<Double>> costs = Stream.of(BULK, SINGLE)
                .flatMap(scenario -> Stream.of(
                        ratios(scenario, RATE, ours, other),
                        ratios(scenario, CPU, other, ours),
                        ratios(scenario, BYTES, other, ours)));
        Stream<List<Double>> latencies = Stream.of(P50, P99, P999).map(metric -> ratios(PACED, metric, other, ours));
        atLeast(ours + " before " + other + ", the least lead in events/s, CPU, bytes", 1, least(costs));
        atLeast(ours + " before " + other + ", the least lead in latency", 1, least(latencies));
    }

    private static List<Double> least(Stream<List<Double>> leads) {
        List<List<Double>> measured = leads.filter(rounds -> !rounds.isEmpty()).toList();
        int rounds = measured.stream().mapToInt(List::size).min().orElse(0);
        return IntStream.range(0, rounds)
                .mapToObj(round -> measured.stream()
                        .map(lead -> lead.get(round))
                        .min(naturalOrder())
                        .orElseThrow())
                .toList();
    }

    private void variant(String text, Contender variant, double asked) {
        for (Scenario scenario : List.of(BULK, SINGLE)) {
            atLeast(text + ": events/s ÷ without, " + scenario, asked, ratios(scenario, RATE, variant, DXL_CDI));
        }
    }

    private void start(double asked) {
        List<Double> with = runs(START, DXL_CDI_LIBERTY, Metric.START);
        List<Double> without = runs(START, LIBERTY_ALONE, Metric.START);
        atMost(
                "start: the application on Open Liberty, ms later than without",
                asked,
                IntStream.range(0, Math.min(with.size(), without.size()))
                        .mapToObj(round -> with.get(round) - without.get(round))
                        .toList());
    }

    private List<Double> ratios(Scenario scenario, Metric metric, Contender one, Contender other) {
        return results.ratios(scenario.toString(), metric, one.toString(), other.toString());
    }

    private List<Double> runs(Scenario scenario, Contender contender, Metric metric) {
        return results.runs(scenario.toString(), contender.toString(), metric);
    }

    private void atLeast(String text, double asked, List<Double> rounds) {
        add(text, Bound.AT_LEAST, asked, rounds);
    }

    private void atMost(String text, double asked, List<Double> rounds) {
        add(text, Bound.AT_MOST, asked, rounds);
    }

    private void add(String text, Bound bound, double asked, List<Double> rounds) {
        if (!rounds.isEmpty()) {
            goals.add(Goal.of(text, bound, asked, rounds));
        }
    }
}
