package io.github.dxlcdi.benchmarks.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.type.CollectionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** All that was measured. Not safe for several threads. */
public final class Results {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final CollectionType LINES = JSON.getTypeFactory().constructCollectionType(List.class, Line.class);

    private final Map<Key, List<Double>> runs = new LinkedHashMap<>();

    private record Key(String scenario, String contender, String metric) {}

    /** A line of the file. */
    record Line(String scenario, String contender, String metric, double median, List<Double> runs) {}

    /** Adds what one round has given. */
    public void add(String scenario, String contender, Metric metric, double value) {
        runs.computeIfAbsent(new Key(scenario, contender, metric.toString()), key -> new ArrayList<>())
                .add(value);
    }

    /** What each round has given; nothing if it was not measured. */
    public List<Double> runs(String scenario, String contender, Metric metric) {
        return Collections.unmodifiableList(
                runs.getOrDefault(new Key(scenario, contender, metric.toString()), List.of()));
    }

    /** The median of all rounds, empty if it was not measured. */
    public OptionalDouble median(String scenario, String contender, Metric metric) {
        List<Double> values = runs(scenario, contender, metric);
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(median(values));
    }

    /**
     * The ratio of each round: a machine that becomes slower from round to round changes their median less than it does the
     * ratio of the medians. Nothing if one of the two was not measured.
     */
    public List<Double> ratios(String scenario, Metric metric, String one, String other) {
        List<Double> above = runs(scenario, one, metric);
        List<Double> below = runs(scenario, other, metric);
        int pairs = Math.min(above.size(), below.size());
        // Who has more lives in a round takes part with the first of them.
        return IntStream.range(0, pairs)
                .mapToObj(i -> above.get(i * above.size() / pairs) / below.get(i * below.size() / pairs))
                .toList();
    }

    /** Of one at least. */
    public static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Those that were measured, in the order in which they came. */
    public List<String> contenders() {
        return runs.keySet().stream().map(Key::contender).distinct().toList();
    }

    /** Writes them for machines. */
    public void write(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        runs.forEach((key, values) -> lines.add(new Line(
                key.scenario,
                key.contender,
                key.metric,
                rounded(median(values)),
                values.stream().map(Results::rounded).toList())));
        Files.createDirectories(file.toAbsolutePath().getParent());
        JSON.writeValue(file.toFile(), lines);
    }

    /** What {@link #write} wrote. */
    public static Results read(Path file) throws IOException {
        Results results = new Results();
        List<Line> lines = JSON.readValue(file.toFile(), LINES);
        lines.forEach(line ->
                results.runs.put(new Key(line.scenario, line.contender, line.metric), new ArrayList<>(line.runs)));
        return results;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
