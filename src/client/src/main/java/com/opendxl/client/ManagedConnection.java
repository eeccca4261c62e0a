package com.opendxl.client;

import io.github.dxlcdi.client.connection.Connection;
import io.github.dxlcdi.client.connection.ConnectionSettings;
import io.github.dxlcdi.client.connection.ConnectionStatus;
import io.github.dxlcdi.client.connection.ConnectionStatus.Phase;
import io.github.dxlcdi.client.log.TextLogger;
import io.github.dxlcdi.client.spi.FabricConnection;
import io.github.dxlcdi.client.tls.CertificateExpiry;
import io.github.dxlcdi.client.transport.LeaveTimeout;
import io.github.dxlcdi.client.transport.Protection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** The client as a managing module sees it. */
final class ManagedConnection implements FabricConnection {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.connection");
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofMillis(500);

    /** After so long without a packet a broker that should confirm what it has read counts as dead. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final DxlClient client;
    private final ConnectionSettings settings;
    private final Connection connection;
    private final IntSupplier reconnectPasses;
    private final ThreadFactory ownThreads;
    private final Incoming incoming;
    private volatile ThreadFactory threads;
    private volatile Duration shutdownTimeout = SHUTDOWN_TIMEOUT;
    private volatile LeaveTimeout leaveTimeout;
    private volatile Listener listener;

    ManagedConnection(
            DxlClient client,
            ConnectionSettings settings,
            Connection connection,
            IntSupplier reconnectPasses,
            Incoming incoming) {
        this.client = client;
        this.settings = settings;
        this.connection = connection;
        this.reconnectPasses = reconnectPasses;
        this.incoming = incoming;
        this.ownThreads = ownThreads(client.getUniqueId());
        this.threads = ownThreads;
        this.leaveTimeout = new LeaveTimeout(settings.disconnectTimeout(), SILENCE);
    }

    @Override
    public void deliverOn(ThreadFactory lent) {
        threads = lent;
    }

    @Override
    public void shutdownTimeout(Duration timeout) {
        shutdownTimeout = timeout;
        leaveTimeout = LeaveTimeout.of(timeout);
    }

    @Override
    public void listen(Listener hearer) {
        listener = hearer;
        incoming.listener(hearer);
    }

    @Override
    public void callThrough(Caller caller) {
        incoming.callThrough(caller);
    }

    @Override
    public State state() {
        ConnectionStatus status = connection.status();
        return new State(
                status.phase() == Phase.READY,
                status.phase().name().toLowerCase(Locale.ROOT),
                status.since(),
                Optional.ofNullable(status.broker()).map(Object::toString),
                Optional.ofNullable(status.lastError()),
                client.getSubscriptions().size(),
                incoming.depth());
    }

    @Override
    public Security security() {
        Optional<Protection> protection = connection.protection();
        CertificateExpiry expiry = CertificateExpiry.of(settings.credentials().current());
        return new Security(
                protection.map(Protection::toString),
                protection.map(Protection::hasForwardSecrecy).orElse(true),
                settings.tls().verifyHostname(),
                expiry.own(),
                expiry.authorities());
    }

    @Override
    public CompletableFuture<Void> reloadCertificates() {
        return connection.reload(reconnectPasses.getAsInt());
    }

    ThreadFactory threads() {
        return threads;
    }

    ThreadFactory ownThreads() {
        return ownThreads;
    }

    /** Of those that were lent, or if they can't be had, one of our own. */
    Thread newThread(Runnable task) {
        try {
            return threads.newThread(task);
        } catch (RuntimeException e) {
            return ownThreads.newThread(task);
        }
    }

    Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    /** How long {@code close()} waits for the broker to read what was sent. */
    LeaveTimeout leaveTimeout() {
        return leaveTimeout;
    }

    void ready(String broker, Instant at) {
        tell(hearer -> hearer.ready(broker, at));
    }

    void lost(String broker, Instant lastHeard, String reason) {
        tell(hearer -> hearer.lost(broker, lastHeard, reason));
    }

    /** What a listener throws must not reach the event loop, which would take it for a failure of the connection. */
    private void tell(Consumer<Listener> news) {
        Listener hearer = listener;
        if (hearer == null) {
            return;
        }
        try {
            news.accept(hearer);
        } catch (OutOfMemoryError e) {
            // It has to be told all the same; the caller tries again.
            throw e;
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "DXL0207 Listener " + hearer.getClass().getName() + " failed; the client goes on", e);
        }
    }

    private static ThreadFactory ownThreads(String clientId) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "DxlMessagePool-" + clientId + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
