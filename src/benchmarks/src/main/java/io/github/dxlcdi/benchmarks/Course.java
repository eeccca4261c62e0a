package io.github.dxlcdi.benchmarks;

import io.github.dxlcdi.benchmarks.contender.Contender;
import io.github.dxlcdi.benchmarks.contender.Endpoint;
import io.github.dxlcdi.benchmarks.load.Credentials;
import io.github.dxlcdi.benchmarks.load.DetectionFrames;
import io.github.dxlcdi.benchmarks.load.LoadBroker;
import io.github.dxlcdi.benchmarks.load.Scenario;
import io.github.dxlcdi.benchmarks.measure.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** All contenders in turn, as often as there are rounds. */
final class Course {
    private static final int DIFFERENT_DETECTIONS = 2_048;
    private static final Path FOLDER = Path.of("target", "receivers").toAbsolutePath();

    private final LoadBroker broker;
    private final Endpoint endpoint;
    private final Options options;
    private final Results results = new Results();
    private final Map<Contender, Life> lives = new EnumMap<>(Contender.class);

    private Course(LoadBroker broker, Endpoint endpoint, Options options) {
        this.broker = broker;
        this.endpoint = endpoint;
        this.options = options;
    }

    /** Measures; what there is is written for machines after each round. */
    static Results run(Options options) throws IOException, InterruptedException {
        Credentials credentials = Credentials.make();
        DetectionFrames detections = DetectionFrames.make(DIFFERENT_DETECTIONS);
        try (LoadBroker broker = new LoadBroker(credentials, detections)) {
            System.out.printf(
                    "%d different detections of %d bytes, sent with %s%n",
                    detections.count(), detections.frameBytes(), broker.means());
            credentials.write(FOLDER, broker.port());
            Course course = new Course(
                    broker, new Endpoint("127.0.0.1", broker.port(), FOLDER, detections.frameBytes()), options);
            course.runRounds();
            return course.results;
        }
    }

    private void runRounds() throws IOException, InterruptedException {
        try {
            for (int round = 1; round <= options.rounds(); round++) {
                for (Contender contender : options.contenders()) {
                    measure(round, contender, EnumSet.allOf(Scenario.class));
                }
                for (int life = 2; life <= options.closeLives(); life++) {
                    for (Contender contender : options.close()) {
                        measure(round, contender, EnumSet.of(Scenario.BULK, Scenario.SINGLE));
                    }
                }
                results.write(options.results());
            }
        } finally {
            for (Contender contender : Contender.values()) {
                end(contender);
            }
        }
    }

    /** One that fails is told, and has fewer runs than the others. */
    private void measure(int round, Contender contender, Set<Scenario> scenarios) throws InterruptedException {
        System.out.printf("%tT Round %d of %d: %s%n", LocalTime.now(), round, options.rounds(), contender);
        try {
            Life life = lives.get(contender);
            if (life == null) {
                life = Life.begin(contender, broker, endpoint, options);
                lives.put(contender, life);
            }
            life.measure(scenarios, results);
            if (!options.oneLife()) {
                end(contender);
            }
        } catch (IOException e) {
            System.out.printf("%s failed: %s%n", contender, e.getMessage());
            end(contender);
        }
    }

    private void end(Contender contender) throws InterruptedException {
        Life life = lives.remove(contender);
        if (life != null) {
            life.close();
        }
    }
}
