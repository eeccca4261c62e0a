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

    private final EventLoop loop;
    private final List<String> tlsProtocols;
    private final List<String> cipherSuites;
    private final int portNumber;
    private final Router router;
    private final Sockets sockets = new Sockets();
    private Port port;
    private Restart restart;

    /**
     * Starts a broker on {@code loop}. It listens, but lets nobody in before it {@link #serve serves}.
     *
     * @throws IOException if it can't listen on the port
     */
    public Broker(EventLoop loop, BrokerSettings settings) throws IOException {
        this.loop = loop;
        this.tlsProtocols = settings.tlsProtocols();
        this.cipherSuites = settings.cipherSuites();
        this.router = new Router(settings);
        CompletableFuture<Integer> bound = new CompletableFuture<>();
        CompletableFuture<Void> asked = loop.submit(() -> {
            port = new Port(loop.group(), router, sockets);
            port.listen(settings.port()).addListener((ChannelFutureListener) listening -> {
                if (listening.isSuccess()) {
                    restart = new Restart(loop.group(), port, sockets);
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
        run(() -> port.serve(new MutualTls(identity, authority, tlsProtocols, cipherSuites)));
    }

    /** Shows {@code witness} each message from now on, in place of an earlier one. */
    public void witness(Witness witness) {
        run(() -> router.witness(witness));
    }

    /** Asks new clients for a certificate of {@code authority}, and refuses it, until it {@link #serve serves} again. */
    public void refuse(Identity identity, X509Certificate authority) {
        run(() -> port.serve(MutualTls.refusingAll(identity, authority, tlsProtocols, cipherSuites)));
    }

    /** Lets all messages vanish whose topic {@code filter} matches. */
    public void forbid(String filter) {
        if (!TopicFilter.isFilter(filter)) {
            throw new IllegalArgumentException("'" + filter + "' is neither a topic nor a filter of topics");
        }
        run(() -> router.forbidden().add(filter));
    }

    /** Lets messages to all topics through again. */
    public void allowAll() {
        run(() -> router.forbidden().clear());
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
        run(() -> {
            router.route(sender, topic, body);
            router.flush();
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

    /** Whether a client has subscribed {@code topic}, by itself or by a wildcard. */
    public boolean hasSubscriber(String topic) {
        return subscriptions().stream().anyMatch(filter -> TopicFilter.matches(filter, topic));
    }

    /** Messages that slow clients have lost. */
    public long dropped() {
        return router.dropped();
    }

    /** Ends all connections at once, without a word. */
    public void cut() {
        run(() -> sockets.cut());
    }

    /** Breaks all connections at once, by a TCP reset. */
    public void reset() {
        run(() -> sockets.reset());
    }

    /** Reads and writes nothing more, and accepts nobody, until {@link #resume()}. */
    public void stall() {
        run(() -> {
            port.pause();
            sockets.stall();
        });
    }

    /** Reads, writes and accepts as ever; what was held goes on. */
    public void resume() {
        run(() -> {
            sockets.resume();
            port.resume();
        });
    }

    /** Writes {@code bytes} to every client that is connected. */
    public void garbage(byte[] bytes) {
        run(() -> router.connections().forEach(connection -> connection.writeGarbage(bytes)));
    }

    /** Reads so many bytes a second from each client, until {@link #resume()}. */
    public void slowReader(int bytesPerSecond) {
        run(() -> sockets.slowDown(bytesPerSecond));
    }

    /** Leaves all sockets open that are open now, but reads and writes nothing on them any more. */
    public void silence() {
        run(() -> sockets.silence());
    }

    /** Stops listening and breaks all connections; a restart that is due is called off. */
    public void stop() {
        until(await(() -> restart.goDown()));
    }

    /**
     * Stops, and listens again on the same port after {@code pause}. Returns when it has stopped.
     *
     * @return done when it listens; fails if the port stays taken for some seconds; cancelled if the broker is stopped,
     *     restarted or closed before
     */
    public CompletableFuture<Void> restart(Duration pause) {
        CompletableFuture<Void> listening = new CompletableFuture<>();
        until(await(() -> restart.begin(pause, listening)));
        return listening;
    }

    /** Ends all connections in good order and stops listening. The event loop is not touched. */
    @Override
    public void close() {
        until(loop.submit(() -> {
                    restart.callOff();
                    port.stop();
                    port.release();
                    return sockets.close();
                })
                .thenCompose(closed -> closed));
    }

    private interface Step {
        void run() throws Exception;
    }

    private void run(Step task) {
        await(() -> {
            task.run();
            return null;
        });
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
