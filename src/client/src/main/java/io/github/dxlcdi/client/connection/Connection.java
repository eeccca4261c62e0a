package io.github.dxlcdi.client.connection;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.tls.TlsContext;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.client.transport.MqttLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * The connection of one client to a fabric. Its public methods may be called from any thread and never wait, but for
 * {@link #close()}; what they start runs on the event loop, which exists from the first {@link #connect} on.
 */
public final class Connection {
    /** Passes without end, for {@link #connect(int)}. */
    public static final int ENDLESS = Attempt.ENDLESS;

    private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;
    private static final long LEAVE_MILLIS = 600;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** A connection that has held for so long ends the growth of the pauses. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    /** What happens to the connection, told on the event loop, so it must not wait. */
    public interface Listener {
        /** Connected, and every subscription confirmed. */
        void ready(BrokerAddress broker, Instant at);

        /**
         * A ready connection is gone.
         *
         * @param lastHeard when the broker last gave a sign of life
         * @param onPurpose whether {@link #disconnect()} or {@link #close()} was called
         */
        void lost(BrokerAddress broker, Instant lastHeard, String reason, boolean onPurpose);
    }

    private final ConnectionSettings settings;
    private final Inbox inbox;
    private final Listener listener;
    private final ConnectionLog log = new ConnectionLog();
    private final Set<String> wanted = Collections.synchronizedSet(new LinkedHashSet<>());

    // Guarded by this
    private EventLoop loop;
    private boolean closed;

    // Written on the event loop
    private volatile ConnectionStatus status = ConnectionStatus.idle(null);
    private volatile Session session;
    private Attempt attempt;
    private boolean leaving;
    private long leavesTaken;
    private BackOff backOff;
    private boolean flapping;

    public Connection(ConnectionSettings settings, Inbox inbox, Listener listener) {
        this.settings = settings;
        this.inbox = inbox;
        this.listener = listener;
        this.backOff = newBackOff();
        inbox.onRoom(() -> onLoop(() -> {
            Session live = session;
            if (live != null) {
                live.adjustReading();
            }
            return DONE;
        }));
    }

    /**
     * Connects. A second call during an attempt shares it; on a ready connection it does nothing.
     *
     * @param passes how often all brokers are tried, or {@link #ENDLESS}
     * @return done when every subscription is confirmed
     */
    public CompletableFuture<Void> connect(int passes) {
        synchronized (this) {
            if (closed) {
                return failed("The client is closed");
            }
            if (loop == null) {
                loop = new EventLoop("dxl-" + settings.clientId());
            }
        }
        return onLoop(() -> begin(passes));
    }

    /** Connects again after a loss, unless {@link #disconnect()} was called since; otherwise as {@link #connect}. */
    public CompletableFuture<Void> resume(int passes) {
        return onLoop(() -> leaving ? failed("disconnect was called") : begin(passes));
    }

    /** Leaves the broker, or stops an attempt; done when the socket is closed. */
    public CompletableFuture<Void> disconnect() {
        return unlessClosed(onLoop(() -> leave("disconnect was called")));
    }

    /**
     * Remembers the topic, and tells the broker if there is one; done when it has confirmed. What fails is not
     * remembered.
     */
    public CompletableFuture<Void> subscribe(String topic) {
        return onLoopOrElse(
                () -> {
                    boolean isNew = wanted.add(topic);
                    Session live = session;
                    return live == null
                            ? DONE
                            : live.subscribe(topic).whenComplete((done, failure) -> {
                                // Otherwise it was there before, and the attempt under way answers for it.
                                if (failure != null && (isNew || live.isReady())) {
                                    wanted.remove(topic);
                                }
                            });
                },
                () -> wanted.add(topic));
    }

    /** Forgets the topic, and tells the broker if there is one; done when it has confirmed. */
    public CompletableFuture<Void> unsubscribe(String topic) {
        return unlessClosed(onLoopOrElse(
                () -> {
                    wanted.remove(topic);
                    Session live = session;
                    return live == null ? DONE : live.unsubscribe(topic);
                },
                () -> wanted.remove(topic)));
    }

    /** The topics that are, or will be on the next connect, subscribed to. */
    public Set<String> subscriptions() {
        synchronized (wanted) {
            return new LinkedHashSet<>(wanted);
        }
    }

    /** Sends; done when the operating system has the bytes. */
    public CompletableFuture<Void> publish(String topic, byte[] body) {
        if (session == null) {
            return notConnected();
        }
        return onLoop(() -> {
            Session live = session;
            return live != null && live.isReady() ? live.publish(topic, body) : notConnected();
        });
    }

    public ConnectionStatus status() {
        return status;
    }

    /** Leaves the broker and ends every thread; waits for that, less than two seconds. */
    public void close() {
        EventLoop ending;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            ending = loop;
        }
        if (ending != null) {
            CompletableFuture<Void> left = ending.call(() -> leave("the client is closed"));
            if (!ending.inLoop()) {
                awaitForAMoment(left);
            }
            ending.close();
        }
        status = ConnectionStatus.closed();
    }

    /** {@link CompletableFuture#completeOnTimeout} would leave a thread of the JDK with our class loader behind. */
    private static void awaitForAMoment(CompletableFuture<Void> left) {
        try {
            left.get(LEAVE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Whatever is left of the connection ends with the event loop.
        }
    }

    private CompletableFuture<Void> begin(int passes) {
        if (isClosed()) {
            return failed("The client is closed");
        }
        if (attempt != null) {
            return attempt.result();
        }
        Session before = session;
        if (before != null) {
            return before.isEnding() ? beginAfter(before, passes) : DONE;
        }
        leaving = false;
        try {
            attempt = new Attempt(loop, settings, linkSettings(), passes, backOff, this::newSession, this::tryFailed);
        } catch (SSLException e) {
            return CompletableFuture.failedFuture(new DxlException("TLS can't be set up with these certificates", e));
        }
        Attempt started = attempt;
        status = ConnectionStatus.connecting(status);
        if (flapping) {
            flapping = false;
            started.startLater();
        } else {
            started.start();
        }
        return started.result();
    }

    /** Somebody is taking leave of the broker; whoever does so again meanwhile wants no new connection. */
    private CompletableFuture<Void> beginAfter(Session ending, int passes) {
        long leaveTaken = leavesTaken;
        return ending.over()
                .thenCompose(over -> leaveTaken == leavesTaken ? begin(passes) : failed("disconnect was called"));
    }

    private MqttLink.Settings linkSettings() throws SSLException {
        return new MqttLink.Settings(
                TlsContext.of(settings.credentials(), settings.verifyHostname()),
                settings.credentials().chain().get(0),
                settings.clientId(),
                settings.keepAlive(),
                settings.connectTimeout(),
                MAX_FRAME_BYTES);
    }

    private Session newSession(Endpoint endpoint) {
        session = new Session(loop, endpoint.broker(), settings, this::subscriptions, inbox, new SessionEvents());
        return session;
    }

    private void tryFailed(Attempt.Failure failure) {
        if (failure.last()) {
            attempt = null;
            status = ConnectionStatus.idle(failure.reason());
        } else {
            status = ConnectionStatus.failed(status, failure.reason());
        }
        log.tryFailed(failure);
    }

    private CompletableFuture<Void> leave(String reason) {
        leaving = true;
        leavesTaken++;
        Attempt running = attempt;
        attempt = null;
        if (running != null) {
            CompletableFuture<Void> stopped = running.cancel(reason);
            status = ConnectionStatus.idle(status.lastError());
            return stopped;
        }
        return session == null ? DONE : session.close(reason);
    }

    /** A broker that takes us and throws us out again, time after time, must not be asked without a pause. */
    private void noteDuration() {
        if (Duration.between(status.since(), Instant.now()).compareTo(STABLE) >= 0) {
            backOff = newBackOff();
        } else {
            flapping = !leaving;
        }
    }

    private BackOff newBackOff() {
        return new BackOff(settings.backOff(), () -> ThreadLocalRandom.current().nextDouble());
    }

    private final class SessionEvents implements Session.Events {
        @Override
        public void ready(Session ready) {
            Instant now = Instant.now();
            status = ConnectionStatus.ready(ready.broker(), now);
            log.ready(ready.broker(), wanted.size());
            Attempt successful = attempt;
            attempt = null;
            listener.ready(ready.broker(), now);
            if (successful != null) {
                successful.succeeded();
            }
        }

        @Override
        public void ended(Session ended, String reason) {
            if (session == ended) {
                session = null;
            }
            if (ended.isReady()) {
                noteDuration();
                status = leaving ? ConnectionStatus.idle(null) : ConnectionStatus.lost(reason);
                log.lost(ended.broker(), reason, leaving);
                listener.lost(ended.broker(), ended.lastHeard(), reason, leaving);
            } else if (attempt != null) {
                attempt.sessionEnded(ended, reason);
            }
        }
    }

    private CompletableFuture<Void> notConnected() {
        String lastError = status.lastError();
        return failed("Not connected to a broker" + (lastError == null ? "" : ": " + lastError));
    }

    private static CompletableFuture<Void> failed(String reason) {
        return CompletableFuture.failedFuture(new DxlException(reason));
    }

    /** What ends anyway with the client succeeds on a closed one. */
    private CompletableFuture<Void> unlessClosed(CompletableFuture<Void> ending) {
        return ending.exceptionallyCompose(failure -> isClosed() ? DONE : CompletableFuture.failedFuture(failure));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private CompletableFuture<Void> onLoop(Supplier<CompletableFuture<Void>> task) {
        return onLoopOrElse(task, () -> {});
    }

    /**
     * Runs on the event loop what is started from any thread, in the order of the calls; before there is a loop, {@code
     * otherwise} is done at once.
     */
    private CompletableFuture<Void> onLoopOrElse(Supplier<CompletableFuture<Void>> task, Runnable otherwise) {
        EventLoop running;
        synchronized (this) {
            running = loop;
            if (running == null) {
                otherwise.run();
                return DONE;
            }
        }
        return running.call(task)
                .exceptionallyCompose(failure -> failure instanceof RejectedExecutionException
                        ? failed("The client is closed")
                        : CompletableFuture.failedFuture(failure));
    }
}
