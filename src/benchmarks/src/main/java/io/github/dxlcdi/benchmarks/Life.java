package io.github.dxlcdi.benchmarks;

import io.github.dxlcdi.benchmarks.contender.Contender;
import io.github.dxlcdi.benchmarks.contender.Endpoint;
import io.github.dxlcdi.benchmarks.load.Feed;
import io.github.dxlcdi.benchmarks.load.LoadBroker;
import io.github.dxlcdi.benchmarks.load.Scenario;
import io.github.dxlcdi.benchmarks.load.Shape;
import io.github.dxlcdi.benchmarks.measure.Latencies;
import io.github.dxlcdi.benchmarks.measure.Machine;
import io.github.dxlcdi.benchmarks.measure.Metric;
import io.github.dxlcdi.benchmarks.measure.Results;
import io.github.dxlcdi.benchmarks.measure.Snapshot;
import io.github.dxlcdi.benchmarks.measure.Window;
import io.github.dxlcdi.benchmarks.profile.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** One life of a receiver: it is started and warmed, measured in all its scenarios, once or often, and ended. */
final class Life implements AutoCloseable {
    private static final Duration SUBSCRIBE_LIMIT = Duration.ofSeconds(60);
    private static final Duration SETTLING = Duration.ofMillis(300);
    private static final long EVERY_NANOS = 1_000_000;

    /** A receiver that has got nothing for so long gets nothing more. */
    private static final long QUIET_MILLIS = 500;

    private static final long LOOK_MILLIS = 20;

    /** Short enough for those with a limit to have always something to do. */
    private static final long ALLOW_MILLIS = 5;

    private final Contender contender;
    private final Options options;
    private final Receiving receiver;
    private final Feed feed;
    private Results results;
    private boolean paced;

    private Life(Contender contender, Options options, Receiving receiver, Feed feed) {
        this.contender = contender;
        this.options = options;
        this.receiver = receiver;
        this.feed = feed;
    }

    /** Starts it and warms it. */
    static Life begin(Contender contender, LoadBroker broker, Endpoint endpoint, Options options)
            throws IOException, InterruptedException {
        Receiving receiver = contender.onLiberty()
                ? LibertyServer.start(contender, endpoint)
                : ReceiverProcess.start(contender, endpoint);
        try {
            receiver.awaitReady();
            Feed feed = contender.subscribes() ? broker.awaitSubscriber(SUBSCRIBE_LIMIT) : null;
            Life life = new Life(contender, options, receiver, feed);
            if (feed != null) {
                life.warm();
            }
            return life;
        } catch (IOException | InterruptedException | RuntimeException e) {
            receiver.close();
            throw e;
        }
    }

    /** Measures it in those of its scenarios that are among {@code scenarios}. */
    void measure(Set<Scenario> scenarios, Results results) throws IOException, InterruptedException {
        this.results = results;
        for (Scenario scenario : scenarios) {
            if (contender.scenarios().contains(scenario)) {
                measure(scenario);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        receiver.close();
    }

    private void warm() throws IOException, InterruptedException {
        for (Shape shape : Shape.values()) {
            start(shape);
            await(options.warmUp());
            drain(feed.stop());
        }
    }

    private void measure(Scenario scenario) throws IOException, InterruptedException {
        switch (scenario) {
            case BULK, SINGLE -> rate(scenario);
            case PROFILE_BULK, PROFILE_SINGLE -> profile(scenario);
            case PACED, NAGLE -> latency(scenario);
            case START -> add(scenario, Metric.START, receiver.startMillis());
        }
    }

    private void rate(Scenario scenario) throws IOException, InterruptedException {
        long sentBefore = feed.sent();
        long arrivedBefore = count();
        start(scenario.shape());
        await(SETTLING);
        long sentAtStart = feed.sent();
        OptionalLong machineAtStart = Machine.cpuNanos();
        long ownAtStart = Snapshot.ownCpuNanos();
        Snapshot start = snapshot();
        await(options.window());
        long sentAtEnd = feed.sent();
        Snapshot end = snapshot();
        OptionalLong machineAtEnd = Machine.cpuNanos();
        long own = Snapshot.ownCpuNanos() - ownAtStart;
        long sent = feed.stop();
        Window window = Window.between(start, end);
        if (contender == Contender.SENDER) {
            window = window.withEvents(sentAtEnd - sentAtStart);
        }
        if (window.events() == 0) {
            throw new IOException("it gets nothing any more");
        }
        add(scenario, Metric.RATE, window.rate());
        add(scenario, Metric.CPU, window.cpuMicros());
        add(scenario, Metric.BYTES, window.bytes());
        if (machineAtStart.isPresent() && machineAtEnd.isPresent()) {
            long all = machineAtEnd.getAsLong() - machineAtStart.getAsLong();
            int cores = Runtime.getRuntime().availableProcessors();
            add(scenario, Metric.OTHERS, 100.0 * (all - own - window.cpuNanos()) / (cores * window.nanos()));
        }
        long arrived = drain(sent);
        if (contender != Contender.SENDER) {
            add(scenario, Metric.LOST, 100 - 100.0 * (arrived - arrivedBefore) / (sent - sentBefore));
        }
    }

    private void profile(Scenario scenario) throws IOException, InterruptedException {
        start(scenario.shape());
        await(SETTLING);
        receiver.ask("profile");
        long before = count();
        await(options.window());
        long events = count() - before;
        String[] stages = receiver.ask("profiled").split(" ");
        drain(feed.stop());
        for (String stage : stages) {
            String[] nameAndNanos = stage.split("=");
            double micros = Double.parseDouble(nameAndNanos[1]) / 1e3 / events;
            results.add(scenario.toString(), Stage.valueOf(nameAndNanos[0]).toString(), Metric.CPU, micros);
        }
    }

    private void latency(Scenario scenario) throws IOException, InterruptedException {
        while (count() < options.warmEvents()) {
            long before = count();
            start(Shape.BULK);
            await(options.window());
            if (drain(feed.stop()) == before) {
                throw new IOException("it gets nothing any more");
            }
        }
        // What the compiler has not seen at a pace is no part of it, nor what the first ones find asleep.
        int settling = paced ? options.paced() / 10 : options.paced();
        paced = true;
        receiver.ask("note " + (settling + options.paced()));
        long[] sent = pace(settling + options.paced(), scenario == Scenario.NAGLE);
        drain(feed.sent());
        long[] arrived = Stream.of(receiver.ask("times").split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        Latencies.percentiles(
                        Arrays.copyOfRange(sent, settling, sent.length),
                        Arrays.copyOfRange(arrived, settling, arrived.length))
                .forEach((metric, value) -> add(scenario, metric, value));
    }

    private long[] pace(int count, boolean nagle) throws IOException, InterruptedException {
        try {
            return feed.pace(count, EVERY_NANOS, nagle).get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Waits until all have arrived that will; how many these are. */
    private long drain(long sent) throws IOException, InterruptedException {
        long arrived = count();
        long quietSince = System.nanoTime();
        while (arrived < sent && System.nanoTime() - quietSince < QUIET_MILLIS * 1_000_000) {
            Thread.sleep(LOOK_MILLIS);
            long now = count();
            if (now != arrived) {
                quietSince = System.nanoTime();
                arrived = now;
            }
        }
        return arrived;
    }

    private void start(Shape shape) throws IOException, InterruptedException {
        allow();
        feed.start(shape);
    }

    private void await(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        if (contender.limit().isEmpty()) {
            Thread.sleep(time.toMillis());
        }
        while (System.nanoTime() < end) {
            allow();
            Thread.sleep(ALLOW_MILLIS);
        }
    }

    private void allow() throws IOException, InterruptedException {
        if (contender.limit().isPresent()) {
            feed.allow(count() + contender.limit().getAsLong());
        }
    }

    private long count() throws IOException, InterruptedException {
        return Long.parseLong(receiver.ask("count"));
    }

    private Snapshot snapshot() throws IOException, InterruptedException {
        return Snapshot.parse(receiver.ask("snapshot"));
    }

    private void add(Scenario scenario, Metric metric, double value) {
        results.add(scenario.toString(), contender.toString(), metric, value);
    }
}
