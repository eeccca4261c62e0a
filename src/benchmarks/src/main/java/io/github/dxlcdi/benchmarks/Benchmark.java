package io.github.dxlcdi.benchmarks;

import io.github.dxlcdi.benchmarks.contender.Contender;
import io.github.dxlcdi.benchmarks.contender.Endpoint;
import io.github.dxlcdi.benchmarks.load.Credentials;
import io.github.dxlcdi.benchmarks.load.DetectionFrames;
import io.github.dxlcdi.benchmarks.load.LoadBroker;
import io.github.dxlcdi.benchmarks.measure.Results;
import io.github.dxlcdi.benchmarks.report.Report;
import java.io.IOException;
import java.nio.file.Path;

/** The command: measures, one at a time and in turn, everybody who receives detections. */
public final class Benchmark {
    private static final int DIFFERENT_DETECTIONS = 2_048;
    private static final Path FOLDER = Path.of("target", "receivers").toAbsolutePath();

    private Benchmark() {}

    /** See {@code --help}. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Results results = options.tableOnly() ? Results.read(options.results()) : measure(options);
        System.out.println(new Report(results).markdown());
    }

    static Results measure(Options options) throws IOException, InterruptedException {
        Results results = new Results();
        Credentials credentials = Credentials.make();
        DetectionFrames detections = DetectionFrames.make(DIFFERENT_DETECTIONS);
        try (LoadBroker broker = new LoadBroker(credentials, detections)) {
            System.out.printf(
                    "%d different detections of %d bytes, sent with %s%n",
                    detections.count(), detections.frameBytes(), broker.means());
            credentials.write(FOLDER, broker.port());
            Endpoint endpoint = new Endpoint("127.0.0.1", broker.port(), FOLDER, detections.frameBytes());
            for (int round = 1; round <= options.rounds(); round++) {
                for (Contender contender : options.contenders()) {
                    System.out.printf("Round %d of %d: %s%n", round, options.rounds(), contender);
                    try {
                        Life.lead(contender, broker, endpoint, options, results);
                    } catch (IOException e) {
                        System.out.printf("%s failed: %s%n", contender, e.getMessage());
                    }
                }
            }
        }
        results.write(options.results());
        return results;
    }
}
