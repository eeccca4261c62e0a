package io.github.dxlcdi.client.connection;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.client.transport.LeaveTimeout;
import io.github.dxlcdi.client.transport.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/**
 * How a connection goes: an attempt, a session, a loss, an attempt again. Runs on the event loop; only what it tells of
 * itself may be asked from any thread.
 */
final class Course {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** A connection that has held for so long ends the growth of the pauses. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    private final ConnectionSettings settings;
    private final Inbox inbox;
    private final Connection.Listener listener;
    private final BooleanSupplier isClosed;
    private final Set<String> wanted = Collections.synchronizedSet(new LinkedHashSet<>());

    /** What the client itself needs; nobody else asked for it, so nobody is told of it. */
    private final Set<String> own = new CopyOnWriteArraySet<>();

    private final Lookup lookup;
    private final ConnectionLog log = new ConnectionLog();
    private final TlsSetup tls;
    private final ExpiryWatch expiry;
    private volatile ConnectionStatus status = ConnectionStatus.idle(null);
    private volatile Session session;
    private volatile Dialer dialer;
    private volatile Protection protection;
    private Attempt attempt;
    private boolean leaving;
    private long leavesTaken;
    private BackOff backOff;
    private boolean flapping;

    /** @param isClosed whether nothing may begin any more */
    Course(ConnectionSettings settings, Inbox inbox, Connection.Listener listener, BooleanSupplier isClosed) {
        this.settings = settings;
        this.lookup = new Lookup(settings.clientId());
        this.dialer = Dialer.of(settings, lookup);
        this.inbox = inbox;
        this.listener = listener;
        this.isClosed = isClosed;
        this.backOff = newBackOff();
        this.tls = new TlsSetup(settings);
        this.expiry = new ExpiryWatch(settings.credentials(), Duration.ofDays(1));
    }

    /** From any thread. */
    ConnectionStatus status() {
        return status;
    }

    /** From any thread: how a ready connection is protected; empty: there is none, or TLS is not spoken here. */
    Optional<Protection> protection() {
        return Optional.ofNullable(protection);
    }

    /** From any thread: whether there is a broker, or one that is being tried. */
    boolean hasSession() {
        return session != null;
    }

    /** From any thread: the topics that are, or will be on the next connect, subscribed to. */
    Set<String> subscriptions() {
        synchronized (wanted) {
            return new LinkedHashSet<>(wanted);
        }
    }

    /** From any thread, while there is no event loop that {@link #subscribe} could run on. */
    void remember(String topic) {
        wanted.add(topic);
    }

    /** From any thread: a topic that each session subscribes to without being asked, from the next one on. */
    void need(String topic) {
        own.add(topic);
    }

    /** The same from the session on that there is. */
    void needNow(String topic) {
        Session live = session;
        if (live != null) {
            live.need(topic);
        }
    }

    /** From any thread: takes that back, from the next session on. */
    void needNot(String topic) {
        own.remove(topic);
    }

    /** From any thread, while there is no event loop that {@link #unsubscribe} could run on. */
    void forget(String topic) {
        wanted.remove(topic);
    }

    /** From any thread: has sockets made by somebody else's factory from the next attempt on; null: by us. */
    void socketFactory(Callable<SSLSocketFactory> factory) {
        dialer = dialer.with(factory);
    }

    /** From any thread, once the event loop has ended. */
    void closed() {
        lookup.close();
        status = ConnectionStatus.closed();
    }

    /** Looks for a broker, unless there is one; a second call during an attempt shares it. */
    CompletableFuture<Void> begin(EventLoop loop, int passes) {
        if (isClosed.getAsBoolean()) {
            return failed("The client is closed");
        }
        if (attempt != null) {
            return attempt.result();
        }
        Session before = session;
        if (before != null) {
            return before.isEnding() ? beginAfter(before, loop, passes) : DONE;
        }
        leaving = false;
        expiry.start(loop);
        try {
            tls.prepare();
        } catch (SSLException e) {
            return withoutTls(new DxlException("TLS can't be set up with these certificates", e));
        } catch (DxlException e) {
            return withoutTls(e);
        }
        Attempt started = new Attempt(
                loop, settings, dialer, tls, passes, backOff, endpoint -> newSession(loop, endpoint), this::tryFailed);
        attempt = started;
        status = ConnectionStatus.connecting(status);
        try {
            if (flapping) {
                flapping = false;
                started.startLater();
            } else {
                started.start();
            }
        } catch (Throwable e) {
            attempt = null;
            started.cancel("it could not be begun");
            status = ConnectionStatus.idle(e.toString());
            throw e;
        }
        return started.result();
    }

    private CompletableFuture<Void> withoutTls(DxlException why) {
        status = ConnectionStatus.idle(why.getMessage());
        return CompletableFuture.failedFuture(why);
    }

    /** {@link #begin}, unless it was left on purpose. */
    CompletableFuture<Void> resume(EventLoop loop, int passes) {
        return leaving ? failed("disconnect was called") : begin(loop, passes);
    }

    /** Leaves the broker as {@link Session#leave} does, or stops an attempt; done when the socket is closed. */
    CompletableFuture<Void> leave(String reason, LeaveTimeout timeout) {
        leaving = true;
        leavesTaken++;
        Attempt running = attempt;
        attempt = null;
        if (running != null) {
            CompletableFuture<Void> stopped = running.cancel(reason);
            log.triesEnded();
            status = ConnectionStatus.idle(status.lastError());
            return stopped;
        }
        return session == null ? DONE : session.leave(reason, timeout);
    }

    /**
     * Reads the certificates again, and connects with them at once if there is a connection or an attempt; done when it is
     * ready. Nothing changes if they can't be used.
     */
    CompletableFuture<Void> reload(EventLoop loop, int passes) {
        return tls.reload(loop).thenCompose(read -> {
            if (attempt != null) {
                attempt.hurry();
                return attempt.result();
            }
            if (session == null) {
                return DONE;
            }
            leave("its certificates were reloaded", LeaveTimeout.of(settings.disconnectTimeout()));
            return begin(loop, passes);
        });
    }

    /** {@link #leave} for good. */
    CompletableFuture<Void> end(String reason, LeaveTimeout timeout) {
        CompletableFuture<Void> left = leave(reason, timeout);
        tls.end();
        return left;
    }

    /** Remembers the topic, and tells the broker if there is one; what fails is not remembered. */
    CompletableFuture<Void> subscribe(String topic) {
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
    }

    CompletableFuture<Void> unsubscribe(String topic) {
        wanted.remove(topic);
        Session live = session;
        return live == null || own.contains(topic) ? DONE : live.unsubscribe(topic);
    }

    CompletableFuture<Void> publish(String topic, byte[] body) {
        Session live = session;
        return live != null && live.isReady() && !live.isEnding() ? live.publish(topic, body) : notConnected();
    }

    /** Reads on, or stops reading, as the inbox has room. */
    void adjustReading() {
        Session live = session;
        if (live != null) {
            live.adjustReading();
        }
    }

    /** Something was thrown that nothing has caught, and has left half done what can't be gone on with. */
    void loopFailed(Throwable cause) {
        log.loopFailed(cause);
        String reason = "the event loop could not go on with it: " + cause;
        if (session != null) {
            session.fail(reason);
        } else if (attempt != null) {
            attempt.interrupted(reason);
        }
    }

    /** From any thread: the failure of what needs a broker. */
    CompletableFuture<Void> notConnected() {
        String lastError = status.lastError();
        return failed("Not connected to a broker" + (lastError == null ? "" : ": " + lastError));
    }

    /** Somebody is taking leave of the broker; whoever does so again meanwhile wants no new connection. */
    private CompletableFuture<Void> beginAfter(Session ending, EventLoop loop, int passes) {
        long leaveTaken = leavesTaken;
        return ending.over()
                .thenCompose(over -> leaveTaken == leavesTaken ? begin(loop, passes) : failed("disconnect was called"));
    }

    private Session newSession(EventLoop loop, Endpoint endpoint) {
        session = new Session(
                loop,
                endpoint.broker(),
                settings,
                this::subscriptions,
                () -> Set.copyOf(own),
                inbox,
                new SessionEvents());
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

    /** A broker that takes us and throws us out again, time after time, must not be asked without a pause. */
    private void noteDuration() {
        if (Duration.between(status.since(), Instant.now()).compareTo(STABLE) >= 0) {
            backOff = newBackOff();
        } else {
            flapping = !leaving;
        }
    }

    private BackOff newBackOff() {
        return new BackOff(settings.backOff());
    }

    private final class SessionEvents implements Session.Events {
        @Override
        public void ready(Session ready) {
            Instant now = Instant.now();
            status = ConnectionStatus.ready(ready.broker(), now);
            protection = ready.protection().orElse(null);
            log.ready(ready.broker(), wanted.size(), protection, settings.tls().verifyHostname());
            Attempt successful = attempt;
            attempt = null;
            try {
                listener.ready(ready.broker(), now);
            } finally {
                if (successful != null) {
                    successful.succeeded();
                }
            }
        }

        @Override
        public void ended(Session ended, String reason) {
            if (session == ended) {
                session = null;
            }
            if (ended.isReady()) {
                protection = null;
                noteDuration();
                status = leaving ? ConnectionStatus.idle(null) : ConnectionStatus.lost(reason);
                log.lost(ended.broker(), reason, leaving);
                if (leaving && ended.unconfirmed() > 0) {
                    log.unconfirmed(ended.broker(), ended.unconfirmed());
                }
                listener.lost(ended.broker(), ended.lastHeard(), reason, leaving);
            } else if (attempt != null) {
                attempt.sessionEnded(ended, reason);
            }
        }
    }

    static CompletableFuture<Void> failed(String reason) {
        return CompletableFuture.failedFuture(new DxlException(reason));
    }
}
