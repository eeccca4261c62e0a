package io.github.dxlcdi.client.connection;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.resilience.MemoryShortage;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.client.transport.Line;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The search for a broker that takes us: passes over all of them, one host after the other, with a pause that grows from
 * pass to pass. Runs on the event loop.
 */
final class Attempt {
    /** Passes without end. */
    static final int ENDLESS = -1;

    /** So many connect time-outs; each step has one of its own, and there are a few for each host. */
    private static final int STALLED_AFTER = 5;

    private final EventLoop loop;
    private final List<Endpoint> endpoints;
    private final Dialer dialer;
    private final TlsSetup tls;
    private final Function<Endpoint, Session> sessions;
    private final Consumer<Failure> onFailure;
    private final BackOff backOff;
    private final Duration patience;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private int passesLeft;
    private Pass pass;
    private CompletableFuture<Line> dialing;
    private Session session;
    private ScheduledFuture<?> pause;
    private int starts;
    private long progressAt;

    /**
     * A try that came to nothing.
     *
     * @param reason why
     * @param pause how long the next pass is away; null when the next host is tried at once, or it was the last
     * @param last whether nothing is tried any more
     */
    record Failure(String reason, Duration pause, boolean last) {}

    /**
     * @param tls how links are protected; prepared
     * @param passes how often all brokers are tried, or {@link #ENDLESS}
     * @param backOff the pauses between passes
     * @param sessions makes the session for an endpoint
     * @param onFailure hears of each try that came to nothing
     */
    Attempt(
            EventLoop loop,
            ConnectionSettings settings,
            Dialer dialer,
            TlsSetup tls,
            int passes,
            BackOff backOff,
            Function<Endpoint, Session> sessions,
            Consumer<Failure> onFailure) {
        this.loop = loop;
        this.endpoints = Endpoint.of(settings.brokers());
        this.dialer = dialer;
        this.tls = tls;
        this.passesLeft = passes;
        this.sessions = sessions;
        this.onFailure = onFailure;
        this.backOff = backOff;
        this.patience = settings.connectTimeout().multipliedBy(STALLED_AFTER);
        progressed();
        ScheduledFuture<?> watch = loop.group()
                .scheduleAtFixedRate(this::watch, patience.toMillis(), patience.toMillis(), TimeUnit.MILLISECONDS);
        result.whenComplete((done, failure) -> watch.cancel(false));
    }

    /** Done when a session is ready; fails when the passes are used up or the attempt is cancelled. */
    CompletableFuture<Void> result() {
        return result;
    }

    /** Begins a pass; certificates that have changed since the last one count from here on. */
    void start() {
        progressed();
        pause = null;
        int begun = ++starts;
        tls.refresh(loop).thenRun(() -> {
            if (!result.isDone() && begun == starts) {
                pass = new Pass(loop, dialer, endpoints);
                pass.next(this::tryOut);
            }
        });
    }

    /** Starts with a pause. */
    void startLater() {
        pause = loop.group().schedule(this::start, backOff.next().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the pause that it may be in. */
    void hurry() {
        if (pause != null && pause.cancel(false)) {
            nextPass();
        }
    }

    /** A session of this attempt is ready. */
    void succeeded() {
        pass.cancel();
        result.complete(null);
    }

    /** A session ended before it was ready; unless it is the one being tried, it is that of an attempt given up before. */
    void sessionEnded(Session ended, String reason) {
        if (ended == session) {
            failed(reason);
        }
    }

    /** Something unforeseen has broken off what it was doing: it goes on with the next pass. */
    void interrupted(String reason) {
        if (result.isDone() || isPausing()) {
            return;
        }
        MemoryShortage.outlast(() -> {
            giveUpPass(reason);
            endPass(reason);
        });
    }

    /** An Error that nothing has caught leaves no trace but that nothing happens any more. */
    private void watch() {
        try {
            if (System.nanoTime() - progressAt >= patience.toNanos()) {
                interrupted("nothing has happened for " + patience.toSeconds() + " s");
            }
        } catch (Throwable e) {
            // Netty repeats no task that has thrown. The next time comes.
        }
    }

    private boolean isPausing() {
        return pause != null && !pause.isDone();
    }

    private void progressed() {
        progressAt = System.nanoTime();
    }

    /** Stops at once, whatever it is waiting for; done when the socket of the last try, if any, is closed. */
    CompletableFuture<Void> cancel(String reason) {
        if (pause != null) {
            pause.cancel(false);
        }
        result.completeExceptionally(new DxlException(reason));
        return giveUpPass(reason);
    }

    private CompletableFuture<Void> giveUpPass(String reason) {
        if (pass != null) {
            pass.cancel();
        }
        CompletableFuture<Line> dialed = dialing;
        dialing = null;
        if (dialed != null) {
            dialed.cancel(false);
        }
        Session tried = session;
        session = null;
        return tried == null ? CompletableFuture.completedFuture(null) : tried.close(reason);
    }

    private void tryOut(Pass.Candidate candidate) {
        progressed();
        Endpoint endpoint = candidate.endpoint();
        if (candidate.failure() != null) {
            // Not at once: the next one may be such, too, and the one after it, and the stack holds so many calls.
            loop.execute(() -> failed(candidate.failure()));
        } else if (candidate.line() != null) {
            open(endpoint, candidate.line());
        } else {
            CompletableFuture<Line> dialed = dialer.dial(loop, endpoint);
            dialing = dialed;
            dialed.whenComplete((line, failure) -> {
                if (line != null) {
                    open(endpoint, line);
                } else if (dialed == dialing) {
                    failed(failure.getMessage());
                }
            });
        }
    }

    private void open(Endpoint endpoint, Line line) {
        session = sessions.apply(endpoint);
        session.open(line, dialer.target(endpoint), tls.linkSettings());
    }

    private void failed(String reason) {
        session = null;
        if (result.isDone() || isPausing()) {
            return;
        }
        if (!pass.isOver()) {
            onFailure.accept(new Failure(reason, null, false));
            if (!result.isDone()) {
                pass.next(this::tryOut);
            }
        } else {
            endPass(reason);
        }
    }

    private void endPass(String reason) {
        if (passesLeft == 1) {
            onFailure.accept(new Failure(reason, null, true));
            result.completeExceptionally(new DxlException("No broker could be connected: " + reason));
        } else {
            Duration delay = backOff.next();
            onFailure.accept(new Failure(reason, delay, false));
            pause = loop.group().schedule(this::nextPass, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void nextPass() {
        if (passesLeft != ENDLESS) {
            passesLeft--;
        }
        start();
    }
}
