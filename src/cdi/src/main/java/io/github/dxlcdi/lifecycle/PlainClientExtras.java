package io.github.dxlcdi.lifecycle;

import com.opendxl.client.Broker;
import com.opendxl.client.DxlClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

/** A client that has nothing beyond the API of the OpenDXL Java client: its own threads deliver, and it tells no reasons. */
final class PlainClientExtras implements ClientExtras {
    private final DxlClient client;

    // Guarded by this
    private boolean connected;
    private Instant since = Instant.now();

    PlainClientExtras(DxlClient client) {
        this.client = client;
    }

    @Override
    public void deliverOn(ThreadFactory threads) {
        // The client delivers on its own.
    }

    @Override
    public void shutdownTimeout(Duration timeout) {
        // The client has its own.
    }

    @Override
    public void listen(ConnectionListener listener) {
        // The client tells nobody.
    }

    @Override
    public void callThrough(Predicate<Object> which, CallbackCaller caller) {
        // The client calls them itself.
    }

    /** A change counts from when it is seen here, for the client tells of none. */
    @Override
    public synchronized FabricState state() {
        if (connected != client.isConnected()) {
            connected = !connected;
            since = Instant.now();
        }
        return new FabricState(
                connected,
                connected ? "ready" : "connecting",
                since,
                Optional.ofNullable(client.getCurrentBroker()).map(Broker::toString),
                Optional.empty(),
                client.getSubscriptions().size(),
                0);
    }

    @Override
    public Optional<FabricSecurity> security() {
        return Optional.empty();
    }
}
