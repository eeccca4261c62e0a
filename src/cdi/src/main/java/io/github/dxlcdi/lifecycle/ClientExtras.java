package io.github.dxlcdi.lifecycle;

import com.opendxl.client.DxlClient;
import com.opendxl.client.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

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

    /** Sets who calls those callbacks for which {@code which} is true, on the threads that deliver. */
    void callThrough(Predicate<Object> which, CallbackCaller caller);

    FabricState state();

    /** How the connection is protected; empty: the client doesn't tell. */
    Optional<FabricSecurity> security();

    /** Calls a callback by way of {@code call}, which throws what it throws. */
    interface CallbackCaller {
        void call(Object callback, Message message, Runnable call);
    }

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
