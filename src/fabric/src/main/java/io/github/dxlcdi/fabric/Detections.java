package io.github.dxlcdi.fabric;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.json.MalformedPayloadException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * File detections: publishes them as if an endpoint of the fabric had made them, and waits for those that pass. They
 * reach whoever has subscribed {@link FileDetection#TOPIC} at that moment, and are lost if nobody has. Safe from any
 * thread; to publish throws IllegalStateException once the fabric is closed.
 */
public final class Detections {
    /** How long the methods wait that take no time. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int REMEMBERED = 1_000;
    private static final int REMEMBERED_BYTES = 8 * 1024 * 1024;
    private static final long POLL_MILLIS = 10;

    private final Fabric fabric;

    /** The last that passed, oldest first, as they came: most are never looked at. */
    private final Deque<byte[]> passed = new ArrayDeque<>();

    private int passedBytes;

    Detections(Fabric fabric) {
        this.fabric = fabric;
    }

    /** Publishes {@code detection}; its origin doesn't travel with it. Returns it. */
    public FileDetection publish(FileDetection detection) {
        Objects.requireNonNull(detection, "detection");
        fabric.publish(FileDetection.TOPIC, detection.toPayload());
        return detection;
    }

    /** Publishes a detection such as endpoints make them: now, of a file that doesn't exist. Returns it. */
    public FileDetection publishRandom() {
        return publish(RandomDetection.make());
    }

    /** {@link #awaitSubscriber(Duration)} with {@link #PATIENCE}. */
    public Detections awaitSubscriber() {
        return awaitSubscriber(PATIENCE);
    }

    /**
     * Waits until a client has subscribed detections: what is published from then on reaches it. An application counts
     * once it is connected and has an observer of them.
     *
     * @throws AssertionError if nobody has within {@code atMost}; it tells who is there and what they subscribed
     */
    public Detections awaitSubscriber(Duration atMost) {
        if (!poll(atMost, () -> fabric.hasSubscriber(FileDetection.TOPIC))) {
            throw new AssertionError("Nobody subscribed " + FileDetection.TOPIC + " within " + atMost + "; "
                    + fabric.connectedClients() + " clients are connected and subscribed " + fabric.subscriptions());
        }
        return this;
    }

    /** {@link #await(Predicate, Duration)} with {@link #PATIENCE}. */
    public FileDetection await(Predicate<FileDetection> wanted) {
        return await(wanted, PATIENCE);
    }

    /**
     * Waits until a detection that is {@code wanted} has passed the fabric, whoever published it: that is how a test sees
     * what an application sends. Looks at those that have passed already, too: the last 1,000, if they are of a usual size.
     *
     * @param wanted is asked again and again, so it should only look
     * @return the newest such, with its origin
     * @throws AssertionError if none has within {@code atMost}; it tells how many others have
     */
    public FileDetection await(Predicate<FileDetection> wanted, Duration atMost) {
        Objects.requireNonNull(wanted, "wanted");
        AtomicReference<FileDetection> found = new AtomicReference<>();
        boolean seen = poll(atMost, () -> {
            found.set(newest(wanted).orElse(null));
            return found.get() != null;
        });
        if (!seen) {
            throw new AssertionError(
                    "No such detection passed the fabric within " + atMost + "; " + passed().size() + " others did");
        }
        return found.get();
    }

    synchronized void saw(String topic, byte[] body) {
        if (topic.equals(FileDetection.TOPIC)) {
            passedBytes += body.length;
            passed.addLast(body);
            while (passed.size() > REMEMBERED || passedBytes > REMEMBERED_BYTES) {
                passedBytes -= passed.removeFirst().length;
            }
        }
    }

    private synchronized List<byte[]> passed() {
        return List.copyOf(passed);
    }

    private Optional<FileDetection> newest(Predicate<FileDetection> wanted) {
        return passed().stream()
                .map(Detections::read)
                .flatMap(Optional::stream)
                .filter(wanted)
                .reduce((older, newer) -> newer);
    }

    /** Empty for what is no detection: anything can be published on a topic. */
    private static Optional<FileDetection> read(byte[] body) {
        try {
            return Message.fromBytes(body) instanceof Event event
                    ? Optional.of(FileDetection.read(event))
                    : Optional.empty();
        } catch (IOException | MalformedPayloadException e) {
            return Optional.empty();
        }
    }

    private static boolean poll(Duration atMost, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting", e);
            }
        }
        return true;
    }
}
