package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.fabric.pki.Identity;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The broker, seen from other threads. Each method hands over to the event loop and waits until that has done it; so none
 * may be called on the event loop itself.
 */
public final class Broker implements AutoCloseable {
    private static final long CLOSE_MILLIS = 400;

    /** Long enough for a scheduled task to run in a later round of the event loop. */
    private static final Duration PORT_RELEASE = Duration.ofMillis(1);

    /** The socket of a client that has tried to connect meanwhile may sit on the port for a moment. */
    private static final Duration REBIND_PATIENCE = Duration.ofSeconds(5);

    private static final Duration REBIND_DELAY = Duration.ofMillis(20);

    private final EventLoop loop;
    private final List<String> tlsProtocols;
    private final int portNumber;
    private final Router router;
    private final Sockets sockets = new Sockets();
    private Port port;

    /** The restart that is due, or the last one. */
    private CompletableFuture<Void> comeback = CompletableFuture.completedFuture(null);

    /**
     * Starts a broker on {@code loop}. It listens, but lets nobody in before it {@link #serve serves}.
     *
     * @throws IOException if it can't listen on the port
     */
    public Broker(EventLoop loop, BrokerSettings settings) throws IOException {
        this.loop = loop;
        this.tlsProtocols = settings.tlsProtocols();
        this.router = new Router(settings);
        CompletableFuture<Integer> bound = new CompletableFuture<>();
        CompletableFuture<Void> asked = loop.submit(() -> {
            port = new Port(loop.group(), router, sockets);
            port.listen(settings.port()).addListener((ChannelFutureListener) listening -> {
                if (listening.isSuccess()) {
                    bound.complete(port.number());
                } else {
                    bound.completeExceptionally(listening.cause());
                }
            });
            return null;
        });
        try {
            asked.join();
            portNumber = bound.join();
        } catch (CompletionException e) {
            throw new IOException(
                    "The DXL fabric can't listen on 127.0.0.1:" + settings.port() + " ("
                            + e.getCause().getMessage() + "). Is the port taken? 0 stands for any free one",
                    e.getCause());
        }
    }

    /** Lets clients of {@code authority} in, as the broker of {@code identity}. */
    public void serve(Identity identity, X509Certificate authority) {
        await(() -> {
            port.serve(new MutualTls(identity, authority, tlsProtocols));
            return null;
        });
    }

    /** Shows {@code witness} each message from now on, in place of an earlier one. */
    public void witness(Witness witness) {
        await(() -> {
            router.witness(witness);
            return null;
        });
    }

    /** Asks new clients for a certificate of {@code authority}, and refuses it, until it {@link #serve serves} again. */
    public void refuse(Identity identity, X509Certificate authority) {
        await(() -> {
            port.serve(MutualTls.refusingAll(identity, authority, tlsProtocols));
            return null;
        });
    }

    /** Lets all messages vanish whose topic {@code filter} matches. */
    public void forbid(String filter) {
        if (!TopicFilter.isFilter(filter)) {
            throw new IllegalArgumentException("'" + filter + "' is neither a topic nor a filter of topics");
        }
        await(() -> router.forbidden().add(filter));
    }

    /** Lets messages to all topics through again. */
    public void allowAll() {
        await(() -> {
            router.forbidden().clear();
            return null;
        });
    }

    /** The port that it listens on, also while it is stopped. */
    public int port() {
        return portNumber;
    }

    /** Treats {@code body} as if {@code sender} had published it with QoS 0; on return it is on its way to all. */
    public void publish(Sender sender, String topic, byte[] body) {
        if (!TopicFilter.isTopic(topic)) {
            throw new IllegalArgumentException(
                    "Nothing can be published to the topic '" + topic + "': it is empty or has a wildcard in it");
        }
        await(() -> {
            router.route(sender, topic, body);
            router.flush();
            return null;
        });
    }

    /** Number of clients that are connected; those behind a half-open connection no longer count; 0 once closed. */
    public int connectedClients() {
        return ask(() -> router.connections().size(), 0);
    }

    /** Topics and wildcards that connected clients have subscribed, sorted; none once closed. */
    public Set<String> subscriptions() {
        return ask(() -> router.subscriptions().filters(), Set.of());
    }

    /** Messages that slow clients have lost. */
    public long dropped() {
        return router.dropped();
    }

    /** Ends all connections at once, without a word. */
    public void cut() {
        await(() -> {
            sockets.cut();
            return null;
        });
    }

    /** Breaks all connections at once, by a TCP reset. */
    public void reset() {
        await(() -> {
            sockets.reset();
            return null;
        });
    }

    /** Reads and writes nothing more, and accepts nobody, until {@link #resume()}. */
    public void stall() {
        await(() -> {
            port.pause();
            sockets.stall();
            return null;
        });
    }

    /** Reads, writes and accepts as ever; what was held goes on. */
    public void resume() {
        await(() -> {
            sockets.resume();
            port.resume();
            return null;
        });
    }

    /** Writes {@code bytes} to every client that is connected. */
    public void garbage(byte[] bytes) {
        await(() -> {
            router.connections().forEach(connection -> connection.writeGarbage(bytes));
            return null;
        });
    }

    /** Reads so many bytes a second from each client, until {@link #resume()}. */
    public void slowReader(int bytesPerSecond) {
        await(() -> {
            sockets.slowDown(bytesPerSecond);
            return null;
        });
    }

    /** Leaves all sockets open that are open now, but reads and writes nothing on them any more. */
    public void silence() {
        await(() -> {
            sockets.silence();
            return null;
        });
    }

    /** Stops listening and breaks all connections; a restart that is due is called off. */
    public void stop() {
        until(await(this::goDown));
    }

    /**
     * Stops, and listens again on the same port after {@code pause}. Returns when it has stopped.
     *
     * @return done when it listens; fails if the port stays taken for some seconds; cancelled if the broker is stopped,
     *     restarted or closed before
     */
    public CompletableFuture<Void> restart(Duration pause) {
        CompletableFuture<Void> listening = new CompletableFuture<>();
        until(await(() -> {
            CompletableFuture<Void> down = goDown();
            comeback = listening;
            listenAfter(
                    pause.plus(PORT_RELEASE),
                    System.nanoTime() + pause.plus(REBIND_PATIENCE).toNanos(),
                    listening);
            return down;
        }));
        return listening;
    }

    /** Done when connections are refused: a closed socket still listens until the loop has selected once more. */
    private CompletableFuture<Void> goDown() {
        comeback.cancel(false);
        port.stop();
        sockets.reset();
        CompletableFuture<Void> down = new CompletableFuture<>();
        loop.group().schedule(() -> down.complete(null), PORT_RELEASE.toNanos(), TimeUnit.NANOSECONDS);
        return down;
    }

    private void listenAfter(Duration pause, long deadline, CompletableFuture<Void> listening) {
        loop.group().schedule(() -> listenAgain(deadline, listening), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void listenAgain(long deadline, CompletableFuture<Void> listening) {
        if (listening.isDone()) {
            return;
        }
        port.listen(portNumber).addListener((ChannelFutureListener) bound -> {
            if (bound.isSuccess()) {
                if (!listening.complete(null)) {
                    port.stop();
                }
            } else if (System.nanoTime() < deadline) {
                listenAfter(REBIND_DELAY, deadline, listening);
            } else {
                listening.completeExceptionally(bound.cause());
            }
        });
    }

    /** Ends all connections in good order and stops listening. The event loop is not touched. */
    @Override
    public void close() {
        until(loop.submit(() -> {
                    comeback.cancel(false);
                    port.stop();
                    return sockets.close();
                })
                .thenCompose(closed -> closed));
    }

    private <T> T await(Callable<T> task) {
        try {
            return loop.submit(task).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RejectedExecutionException) {
                throw new IllegalStateException("The fabric is closed", e.getCause());
            }
            throw e;
        }
    }

    private <T> T ask(Callable<T> question, T answerWhenClosed) {
        try {
            return await(question);
        } catch (IllegalStateException e) {
            return answerWhenClosed;
        }
    }

    private static void until(CompletableFuture<Void> done) {
        try {
            done.get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The fabric is being closed meanwhile, so it is down all the same.
        }
    }
}
