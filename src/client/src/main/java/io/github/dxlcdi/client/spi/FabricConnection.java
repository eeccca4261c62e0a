package io.github.dxlcdi.client.spi;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;

/** The connection of a client, for a module that manages it: what goes beyond the API of the OpenDXL Java client. */
public interface FabricConnection {

    /** Is implemented by a client that has one. */
    interface Source {
        /** The one connection of this client, the same at each call. */
        FabricConnection fabricConnection();
    }

    /**
     * Lends the threads on which callbacks run. To be called before the first connect; otherwise the client makes its own.
     * The client ends them when it is closed.
     */
    void deliverOn(ThreadFactory threads);

    /**
     * How long {@code close()} waits for callbacks that are running before it interrupts them, and at the same time
     * for the broker to read what was sent to it. If not set: half a second for callbacks, and for the broker as
     * {@code close()} says.
     */
    void shutdownTimeout(Duration timeout);

    /** Sets the one who hears of the connection; to be called before the first connect. */
    void listen(Listener listener);

    /**
     * Sets who calls callbacks; to be called before the first connect. Otherwise the client calls them, and logs what
     * they throw.
     */
    void callThrough(Caller caller);

    /** How the connection stands now. Any thread; never waits. */
    State state();

    /** How it is protected, and by certificates of what age. Any thread; never waits. */
    Security security();

    /**
     * Reads the certificates and the key again, and connects with them at once if there is a connection or an attempt; what is
     * published meanwhile is lost. Without it changed files are read at the next pass over the brokers.
     *
     * @return done when it is ready again; fails, and leaves the connection as it is, if they can't be used
     */
    CompletableFuture<Void> reloadCertificates();

    /** Calls callbacks, on a delivery thread. */
    interface Caller {
        /** Whether it calls this one; otherwise the client does. Asked for each message, so it must be quick. */
        boolean takes(Object callback);

        /**
         * Calls a callback; throws nothing.
         *
         * @param message what it gets
         * @param call calls it, and throws what it throws
         */
        void call(Object callback, Object message, Runnable call);
    }

    /** Hears of the connection. */
    interface Listener {
        /** Connected, and every subscription confirmed. Called on the event loop: must not wait. */
        void ready(String broker, Instant at);

        /**
         * A ready connection is gone. Called on the event loop: must not wait.
         *
         * @param lastHeard when the broker last gave a sign of life: what was published since may be lost
         * @param reason why, in words
         */
        void lost(String broker, Instant lastHeard, String reason);

        /**
         * The body of a received packet is no DXL message, or is no event. Called on a delivery thread, in the place of a
         * callback.
         */
        void unreadable(String topic, byte[] body, IOException cause);
    }

    /**
     * How a connection stands.
     *
     * @param ready connected, and every subscription confirmed
     * @param phase what it is doing, one word: idle, connecting, ready, lost, closed
     * @param since since when
     * @param broker the broker, when ready
     * @param lastError why the last try failed or the last connection was lost, until there is one again
     * @param subscriptions number of topics subscribed to
     * @param queueDepth number of messages that wait for a delivery thread
     */
    record State(
            boolean ready,
            String phase,
            Instant since,
            Optional<String> broker,
            Optional<String> lastError,
            int subscriptions,
            int queueDepth) {}

    /**
     * How a connection is protected.
     *
     * @param tls version, cipher suite and provider, when ready; empty also where a socket factory does it
     * @param forwardSecrecy whether a ready connection stays secret when the broker's key becomes known; true if {@code tls}
     *     is empty
     * @param hostNameChecked whether the broker's certificate must name its host; its authority is checked always
     * @param certificateExpires when the client's certificate ends
     * @param authorityExpires when the first certificate of the fabric's authorities ends
     */
    record Security(
            Optional<String> tls,
            boolean forwardSecrecy,
            boolean hostNameChecked,
            Instant certificateExpires,
            Instant authorityExpires) {}
}
