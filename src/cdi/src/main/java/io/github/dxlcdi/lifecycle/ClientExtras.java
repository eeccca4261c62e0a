package io.github.dxlcdi.lifecycle;

import com.opendxl.client.DxlClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * What we want of a client beyond the API of the OpenDXL Java client. With that client in the place of ours each of these
 * costs a feature, and nothing else.
 */
interface ClientExtras {
    /** Lends the threads that call callbacks. */
    void deliverOn(ThreadFactory threads);

    /** How long callbacks that are running may take when the client is closed. */
    void shutdownTimeout(Duration timeout);

    /** Sets who hears of the connection. */
    void listen(ConnectionListener listener);

    FabricState state();

    /** How the connection is protected; empty: the client doesn't tell. */
    Optional<FabricSecurity> security();

    /** Hears of the connection; the first two on the client's event loop, which must not wait. */
    interface ConnectionListener {
        void ready(String broker, Instant at);

        void lost(String broker, Instant lastHeard, String reason);

        void unreadable(String topic, byte[] body, Exception cause);
    }

    /** The extras of a client: its own, or what can be had without. */
    static ClientExtras of(DxlClient client) {
        return SpiAccess.isThere() ? SpiAccess.extras(client) : new PlainClientExtras(client);
    }
}
