package io.github.dxlcdi.benchmarks;

import io.github.dxlcdi.benchmarks.contender.Contender;
import io.github.dxlcdi.benchmarks.contender.Endpoint;
import io.github.dxlcdi.benchmarks.load.Feed;
import io.github.dxlcdi.benchmarks.load.LoadBroker;
import io.github.dxlcdi.benchmarks.load.Scenario;
import io.github.dxlcdi.benchmarks.load.Shape;
import io.github.dxlcdi.benchmarks.measure.Latencies;
import io.github.dxlcdi.benchmarks.measure.Metric;
import io.github.dxlcdi.benchmarks.measure.Results;
import io.github.dxlcdi.benchmarks.measure.Snapshot;
import io.github.dxlcdi.benchmarks.measure.Window;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** One life of a receiver: it is started, warmed, measured in all its scenarios, and ended. */
final class Life {
    private static final Duration SUBSCRIBE_LIMIT = Duration.ofSeconds(60);
    private static final long EVERY_NANOS = 1_000_000;

    /** A receiver that has got nothing for so long gets nothing more. */
    private static final long QUIET_MILLIS = 500;

    private static final long LOOK_MILLIS = 20;

    private final Contender contender;
    private final Options options;
    private final Results results;
    private final Receiving receiver;
    private final Feed feed;

    private Life(Contender contender, Options options, Results results, Receiving receiver, Feed feed) {
        this.contender = contender;
        this.options = options;
        this.results = results;
        this.receiver = receiver;
        this.feed = feed;
    }

    static void lead(Contender contender, LoadBroker broker, Endpoint endpoint, Options options, Results results)
            throws IOException, InterruptedException {
        try (Receiving receiver = contender.onLiberty()
                ? LibertyServer.start(contender, endpoint)
                : ReceiverProcess.start(contender, endpoint)) {
            receiver.awaitReady();
            Feed feed = contender.subscribes() ? broker.awaitSubscriber(SUBSCRIBE_LIMIT) : null;
            Life life = new Life(contender, options, results, receiver, feed);
            if (feed != null) {
                life.warm();
            }
            for (Scenario scenario : Scenario.values()) {
                if (contender.scenarios().contains(scenario)) {
                    life.measure(scenario);
                }
            }
        }
    }

    private void warm() throws IOException, InterruptedException {
        for (Shape shape : Shape.values()) {
            feed.start(shape);
            Thread.sleep(options.warmUp().toMillis());
            drain(feed.stop());
        }
    }

    private void measure(Scenario scenario) throws IOException, InterruptedException {
        switch (scenario) {
            case BULK, SINGLE -> rate(scenario);
            case PACED, NAGLE -> latency(scenario);
            case START -> add(scenario, Metric.START, receiver.startMillis());
        }
    }

    private void rate(Scenario scenario) throws IOException, InterruptedException {
        long sentBefore = feed.sent();
        long arrivedBefore = snapshot().events();
        feed.start(scenario.shape());
        Thread.sleep(options.warmUp().toMillis() / 4);
        long sentAtStart = feed.sent();
        Snapshot start = snapshot();
        Thread.sleep(options.window().toMillis());
        long sentAtEnd = feed.sent();
        Snapshot end = snapshot();
        long sent = feed.stop();
        Window window = Window.between(start, end);
        if (contender == Contender.SENDER) {
            window = window.withEvents(sentAtEnd - sentAtStart);
        }
        add(scenario, Metric.RATE, window.rate());
        add(scenario, Metric.CPU, window.cpuMicros());
        add(scenario, Metric.BYTES, window.bytes());
        long arrived = drain(sent);
        if (contender != Contender.SENDER) {
            add(scenario, Metric.LOST, 100 - 100.0 * (arrived - arrivedBefore) / (sent - sentBefore));
        }
    }

    private void latency(Scenario scenario) throws IOException, InterruptedException {
        long missing = options.warmEvents() - snapshot().events();
        if (missing > 0) {
            feed.start(Shape.BULK);
            while (snapshot().events() < options.warmEvents()) {
                Thread.sleep(LOOK_MILLIS);
            }
            drain(feed.stop());
        }
        // The first ones find everything asleep.
        int settling = options.paced() / 10;
        receiver.ask("note " + (settling + options.paced()));
        long[] sent = feed.pace(settling + options.paced(), EVERY_NANOS, scenario == Scenario.NAGLE)
                .join();
        drain(feed.sent());
        long[] arrived = Stream.of(receiver.ask("times").split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        Latencies.percentiles(
                        Arrays.copyOfRange(sent, settling, sent.length),
                        Arrays.copyOfRange(arrived, settling, arrived.length))
                .forEach((metric, value) -> add(scenario, metric, value));
    }

    /** Waits until all have arrived that will; how many these are. */
    private long drain(long sent) throws IOException, InterruptedException {
        long arrived = snapshot().events();
        long quietSince = System.nanoTime();
        while (arrived < sent && System.nanoTime() - quietSince < QUIET_MILLIS * 1_000_000) {
            Thread.sleep(LOOK_MILLIS);
            long now = snapshot().events();
            if (now != arrived) {
                quietSince = System.nanoTime();
                arrived = now;
            }
        }
        return arrived;
    }

    private Snapshot snapshot() throws IOException, InterruptedException {
        return Snapshot.parse(receiver.ask("snapshot"));
    }

    private void add(Scenario scenario, Metric metric, double value) {
        results.add(scenario.toString(), contender.toString(), metric, value);
    }
}
