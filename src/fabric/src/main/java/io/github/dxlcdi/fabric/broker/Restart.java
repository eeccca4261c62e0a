package io.github.dxlcdi.fabric.broker;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How the broker goes down and, unless that is called off, comes back on the same port. Runs on the event loop. */
final class Restart {
    /** Long enough for a scheduled task to run in a later round of the event loop. */
    private static final Duration PORT_RELEASE = Duration.ofMillis(1);

    /** The socket of a client that has tried to connect meanwhile may sit on the port for a moment. */
    private static final Duration REBIND_PATIENCE = Duration.ofSeconds(5);

    private static final Duration REBIND_DELAY = Duration.ofMillis(20);

    private final EventLoopGroup group;
    private final Port port;
    private final Sockets sockets;
    private final int portNumber;
    private final Runnable back;

    /** The return that is due, or the last one. */
    private CompletableFuture<Void> comeback = CompletableFuture.completedFuture(null);

    /** For a port that listens, by the number that it has; {@code back} is run each time when it listens again. */
    Restart(EventLoopGroup group, Port port, int portNumber, Sockets sockets, Runnable back) {
        this.group = group;
        this.port = port;
        this.sockets = sockets;
        this.portNumber = portNumber;
        this.back = back;
    }

    /** Done when connections are refused: a closed socket still listens until the loop has selected once more. */
    CompletableFuture<Void> goDown() {
        callOff();
        port.stop();
        sockets.reset();
        CompletableFuture<Void> down = new CompletableFuture<>();
        group.schedule(() -> down.complete(null), PORT_RELEASE.toNanos(), TimeUnit.NANOSECONDS);
        return down;
    }

    /** Goes down, for so long; done when it has, as {@code listening} is when it listens again. */
    CompletableFuture<Void> begin(Duration pause, CompletableFuture<Void> listening) {
        CompletableFuture<Void> down = goDown();
        comeback = listening;
        listenAfter(
                pause.plus(PORT_RELEASE),
                System.nanoTime() + pause.plus(REBIND_PATIENCE).toNanos(),
                listening);
        return down;
    }

    /** Cancels the return that is due. */
    void callOff() {
        comeback.cancel(false);
    }

    private void listenAfter(Duration pause, long deadline, CompletableFuture<Void> listening) {
        group.schedule(() -> listenAgain(deadline, listening), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void listenAgain(long deadline, CompletableFuture<Void> listening) {
        if (listening.isDone()) {
            return;
        }
        port.listen(portNumber).whenComplete((bound, failure) -> {
            if (failure == null) {
                if (listening.complete(null)) {
                    back.run();
                } else {
                    port.stop();
                }
            } else if (System.nanoTime() < deadline) {
                listenAfter(REBIND_DELAY, deadline, listening);
            } else {
                listening.completeExceptionally(failure);
            }
        });
    }
}
