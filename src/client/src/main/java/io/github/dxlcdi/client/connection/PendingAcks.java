package io.github.dxlcdi.client.connection;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import io.github.dxlcdi.client.resilience.MemoryShortage;
import io.github.dxlcdi.client.transport.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** What the broker was asked and has not answered yet, by the ids of the packets. Runs on the event loop. */
final class PendingAcks {
    private static final int MAX_PACKET_ID = 65_535;

    /** The questions that there are; each has a packet of its own as its answer. */
    enum Kind {
        SUBSCRIBE("subscription to "),
        UNSUBSCRIBE("end of the subscription to ");

        private final String what;

        Kind(String what) {
            this.what = what;
        }
    }

    private record Pending(Kind kind, String what, CompletableFuture<Void> confirmed) {}

    private final Timer timer;
    private final Runnable onEnd;
    private final Map<Integer, Pending> byPacketId = new HashMap<>();
    private int lastPacketId;

    /** @param onEnd called when a question was answered, or is waited for no longer; not by {@link #failAll} */
    PendingAcks(Timer timer, Runnable onEnd) {
        this.timer = timer;
        this.onEnd = onEnd;
    }

    boolean isEmpty() {
        return byPacketId.isEmpty();
    }

    /**
     * Asks, and awaits the answer.
     *
     * @param send sends the question in a packet of the id it is given
     * @return done when the broker has confirmed; fails if it refuses, or is silent for {@code timeout}, and at once, asking
     *     nothing, while every packet id waits for its answer
     */
    CompletableFuture<Void> await(Kind kind, String topic, Duration timeout, IntConsumer send) {
        if (byPacketId.size() == MAX_PACKET_ID) {
            return CompletableFuture.failedFuture(
                    new DxlException("The broker can't be asked for the " + kind.what + topic + ": it has not answered "
                            + MAX_PACKET_ID + " questions before, and MQTT has no more packet ids"));
        }
        int packetId = nextPacketId();
        Pending asked = new Pending(kind, kind.what + topic, new CompletableFuture<>());
        byPacketId.put(packetId, asked);
        Runnable cancelDeadline = timer.after(timeout, () -> {
            if (byPacketId.remove(packetId, asked)) {
                fail(
                        asked,
                        () -> new WaitTimeoutException("The broker did not confirm the " + asked.what() + " within "
                                + timeout.toMillis() + " ms"));
                onEnd.run();
            }
        });
        asked.confirmed().whenComplete((done, failure) -> cancelDeadline.run());
        send.accept(packetId);
        return asked.confirmed();
    }

    /** The broker has answered; an answer of another kind than its question answers nothing. */
    void answered(Kind kind, int packetId, boolean granted) {
        Pending asked = byPacketId.get(packetId);
        if (asked == null || asked.kind() != kind) {
            return;
        }
        byPacketId.remove(packetId);
        if (granted) {
            asked.confirmed().complete(null);
        } else {
            fail(asked, () -> new DxlException("The broker refused the " + asked.what()));
        }
        onEnd.run();
    }

    /** Nothing is awaited any longer. */
    void failAll(String reason) {
        Map<Integer, Pending> unanswered = Map.copyOf(byPacketId);
        byPacketId.clear();
        unanswered
                .values()
                .forEach(asked ->
                        fail(asked, () -> new DxlException("No answer to the " + asked.what() + ": " + reason)));
    }

    /** It is found no more, so nothing else would end it. */
    private static void fail(Pending ended, Supplier<DxlException> failure) {
        MemoryShortage.outlast(() -> ended.confirmed().completeExceptionally(failure.get()));
    }

    /** One is free. */
    private int nextPacketId() {
        do {
            lastPacketId = lastPacketId % MAX_PACKET_ID + 1;
        } while (byPacketId.containsKey(lastPacketId));
        return lastPacketId;
    }
}
