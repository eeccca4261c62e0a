package io.github.dxlcdi.fabric;

import io.github.dxlcdi.fabric.broker.Broker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What goes wrong between a client and its broker, on demand. A method returns when the fault is there. Safe from any
 * thread; IllegalStateException once the fabric is closed.
 */
public final class Faults {
    private final Broker broker;

    Faults(Broker broker) {
        this.broker = broker;
    }

    /** Breaks all connections at once, by a TCP reset without a word of TLS or MQTT. New ones are welcome. */
    public void cut() {
        broker.cut();
    }

    /** The broker goes down: all connections are broken and new ones refused, until a {@link #restart()}. */
    public void stop() {
        broker.stop();
    }

    /** {@link #restartAfter(Duration)} without a pause. */
    public CompletableFuture<Void> restart() {
        return restartAfter(Duration.ZERO);
    }

    /**
     * The broker goes down, as with {@link #stop()}, and after {@code pause} comes back on the same port by itself.
     * Returns at once.
     *
     * @return done when it is back; failed if another program took the port meanwhile; cancelled by another {@link
     *     #stop()}, restart, or the end of the fabric
     */
    public CompletableFuture<Void> restartAfter(Duration pause) {
        return broker.restart(Objects.requireNonNull(pause, "pause"));
    }

    /**
     * The network fails silently: the sockets that are open now stay open, but nothing more is read from them or written
     * to them, and their clients no longer count as connected. New connections work.
     */
    public void halfOpen() {
        broker.silence();
    }
}
