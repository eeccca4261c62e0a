package io.github.dxlcdi.client.connection;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.client.transport.LeaveTimeout;
import io.github.dxlcdi.client.transport.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;

/**
 * The connection of one client to a fabric. Its public methods may be called from any thread and never wait, but for
 * {@link #close}; what they start runs on the event loop, which exists from the first {@link #connect} on.
 */
public final class Connection {
    /** Passes without end, for {@link #connect(int)}. */
    public static final int ENDLESS = Attempt.ENDLESS;

    /** For what follows the wait for the broker: DISCONNECT, TLS's end, the socket's. */
    private static final Duration CLOSE = Duration.ofMillis(600);

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** What happens to the connection, told on the event loop, so it must not wait. */
    public interface Listener {
        /** Connected, and every subscription confirmed. */
        void ready(BrokerAddress broker, Instant at);

        /**
         * A ready connection is gone.
         *
         * @param lastHeard when the broker last gave a sign of life
         * @param onPurpose whether {@link #disconnect()} or {@link #close} was called
         */
        void lost(BrokerAddress broker, Instant lastHeard, String reason, boolean onPurpose);
    }

    private final ConnectionSettings settings;
    private final Course course;

    // Guarded by this
    private EventLoop loop;
    private boolean closed;

    public Connection(ConnectionSettings settings, Inbox inbox, Listener listener) {
        this.settings = settings;
        this.course = new Course(settings, inbox, listener, this::isClosed);
        inbox.onRoom(() -> onLoop(loop -> {
            course.adjustReading();
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
                return Course.failed("The client is closed");
            }
            if (loop == null) {
                loop = new EventLoop("dxl-" + settings.clientId());
                loop.onFailure(course::loopFailed);
            }
        }
        return onLoop(loop -> course.begin(loop, passes));
    }

    /** Connects again after a loss, unless {@link #disconnect()} was called since; otherwise as {@link #connect}. */
    public CompletableFuture<Void> resume(int passes) {
        return onLoop(loop -> course.resume(loop, passes));
    }

    /**
     * Reads the certificates again, and connects with them at once if there is a connection or an attempt; done when it is
     * ready. Fails, and changes nothing, if they can't be used.
     *
     * @param passes as for {@link #connect}
     */
    public CompletableFuture<Void> reload(int passes) {
        return onLoop(loop -> course.reload(loop, passes));
    }

    /** How a ready connection is protected; empty: there is none, or TLS is not spoken here. */
    public Optional<Protection> protection() {
        return course.protection();
    }

    /**
     * Leaves the broker when it has read all that was published, or the disconnect time-out is over; or stops an
     * attempt. Done when the socket is closed.
     */
    public CompletableFuture<Void> disconnect() {
        LeaveTimeout timeout = LeaveTimeout.of(settings.disconnectTimeout());
        return unlessClosed(onLoop(loop -> course.leave("disconnect was called", timeout)));
    }

    /**
     * Remembers the topic, and tells the broker if there is one; done when it has confirmed. What fails is not
     * remembered.
     */
    public CompletableFuture<Void> subscribe(String topic) {
        return onLoopOrElse(loop -> course.subscribe(topic), () -> course.remember(topic));
    }

    /** Forgets the topic, and tells the broker if there is one; done when it has confirmed. */
    public CompletableFuture<Void> unsubscribe(String topic) {
        return unlessClosed(onLoopOrElse(loop -> course.unsubscribe(topic), () -> course.forget(topic)));
    }

    /** The topics that are, or will be on the next connect, subscribed to. */
    public Set<String> subscriptions() {
        return course.subscriptions();
    }

    /**
     * A topic that the client itself needs: it is subscribed to now and on each connect, is not among the {@link
     * #subscriptions()}, and the connection does without it if the broker refuses.
     */
    public void need(String topic) {
        course.need(topic);
        onLoop(loop -> {
            course.needNow(topic);
            return DONE;
        });
    }

    /** Takes {@link #need} back, from the next connect on. */
    public void needNot(String topic) {
        course.needNot(topic);
    }

    /** Reads on, or stops reading, after a change of what the inbox tells. Event loop. */
    public void adjustReading() {
        course.adjustReading();
    }

    /** Runs {@code task} on the event loop and tells how it ends; before the first connect and after the end it fails. */
    public <T> CompletableFuture<T> call(Function<EventLoop, CompletableFuture<T>> task) {
        EventLoop running;
        synchronized (this) {
            running = loop;
        }
        return running == null
                ? CompletableFuture.failedFuture(
                        new DxlException(isClosed() ? "The client is closed" : "Not connected to a broker"))
                : running.call(() -> task.apply(running))
                        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                                failure instanceof RejectedExecutionException
                                        ? new DxlException("The client is closed")
                                        : failure));
    }

    /** Whether the caller is the event loop, which must not wait for what happens there. */
    public synchronized boolean isEventLoop() {
        return loop != null && loop.inLoop();
    }

    /** Sends; done when the operating system has the bytes. */
    public CompletableFuture<Void> publish(String topic, byte[] body) {
        return course.hasSession() ? onLoop(loop -> course.publish(topic, body)) : course.notConnected();
    }

    /**
     * Has sockets made by somebody else's factory from the next attempt on; it is asked for on a thread that may wait. Null:
     * they are ours again.
     */
    public void socketFactory(Callable<SSLSocketFactory> factory) {
        course.socketFactory(factory);
    }

    public ConnectionStatus status() {
        return course.status();
    }

    /**
     * Leaves the broker when it has read all that was published, or {@code timeout} is over, and ends every thread.
     * Waits for that, a second longer than {@code timeout} at the most; on the event loop it doesn't wait.
     */
    public void close(LeaveTimeout timeout) {
        EventLoop ending;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            ending = loop;
        }
        if (ending == null) {
            closed();
            return;
        }
        AtomicReference<LeaveTimeout> allowed = new AtomicReference<>(timeout);
        CompletableFuture<CompletableFuture<Void>> leaving =
                ending.submit(() -> course.end("the client is closed", allowed.get()));
        if (ending.inLoop()) {
            leaving.thenCompose(left -> left).whenComplete((done, failure) -> end(ending));
        } else {
            await(leaving, CLOSE);
            // An event loop that is held up, and begins only now, ends without waiting for anything.
            allowed.set(LeaveTimeout.of(Duration.ZERO));
            await(
                    leaving.exceptionally(failure -> DONE).getNow(DONE),
                    timeout.total().plus(CLOSE));
            end(ending);
        }
    }

    private void end(EventLoop ending) {
        ending.close();
        closed();
    }

    private void closed() {
        settings.credentials().forget();
        course.closed();
    }

    /** {@link CompletableFuture#completeOnTimeout} would leave a thread of the JDK with our class loader behind. */
    private static void await(CompletableFuture<?> left, Duration most) {
        try {
            left.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Whatever is left of the connection ends with the event loop.
        }
    }

    /** What ends anyway with the client succeeds on a closed one. */
    private CompletableFuture<Void> unlessClosed(CompletableFuture<Void> ending) {
        return ending.exceptionallyCompose(failure -> isClosed() ? DONE : CompletableFuture.failedFuture(failure));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private CompletableFuture<Void> onLoop(Function<EventLoop, CompletableFuture<Void>> task) {
        return onLoopOrElse(task, () -> {});
    }

    /**
     * Runs on the event loop what is started from any thread, in the order of the calls; before there is a loop, {@code
     * otherwise} is done at once.
     */
    private CompletableFuture<Void> onLoopOrElse(
            Function<EventLoop, CompletableFuture<Void>> task, Runnable otherwise) {
        EventLoop running;
        synchronized (this) {
            running = loop;
            if (running == null) {
                otherwise.run();
                return DONE;
            }
        }
        return running.call(() -> task.apply(running))
                .exceptionallyCompose(failure -> failure instanceof RejectedExecutionException
                        ? Course.failed("The client is closed")
                        : CompletableFuture.failedFuture(failure));
    }
}
