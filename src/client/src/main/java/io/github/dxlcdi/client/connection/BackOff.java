package io.github.dxlcdi.client.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** The growing pauses between passes over the brokers, or between other tries that fail. */
public final class BackOff {
    /** A broker that is away must not be asked without a pause, whatever was configured. */
    private static final double LEAST_MILLIS = 10;

    private final Settings settings;
    private final DoubleSupplier random;
    private double nextMillis;

    /**
     * How the pauses grow.
     *
     * @param delay the first pause, without its random part
     * @param maxDelay the longest pause, without its random part
     * @param multiplier factor from one pause to the next, 1 or more
     * @param jitter largest random part added, as a fraction of the pause, 0 to 1: it keeps a fleet of clients from
     *     coming back in step
     */
    public record Settings(Duration delay, Duration maxDelay, double multiplier, double jitter) {}

    /** Pauses whose random part is random. */
    public BackOff(Settings settings) {
        this(settings, () -> ThreadLocalRandom.current().nextDouble());
    }

    BackOff(Settings settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
        this.nextMillis = settings.delay().toMillis();
    }

    /** The next pause; each is longer than the one before until the maximum is reached. */
    public Duration next() {
        double pause =
                Math.max(LEAST_MILLIS, Math.min(nextMillis, settings.maxDelay().toMillis()));
        nextMillis = pause * settings.multiplier();
        return Duration.ofMillis(Math.round(pause + pause * settings.jitter() * random.getAsDouble()));
    }
}
