package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.client.transport.PacketSize;
import io.github.dxlcdi.fabric.pki.Identity;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The broker, seen from other threads. Each method hands over to the event loop and waits until that has done it; so none
 * may be called on the event loop itself.
 */
public final class Broker implements AutoCloseable {
    private final EventLoop loop;
    private final Door door;
    private final Shared shared;
    private final List<String> tlsProtocols;
    private final List<String> cipherSuites;
    private final int messageSizeLimit;
    private final int portNumber;
    private final Router router;
    private final Sockets sockets = new Sockets();
    private Port port;

    /** How it serves now; null until it does. */
    private Callable<MutualTls> tls;

    private volatile int webSocketPortNumber;
    private Restart restart;

    /** The look for registrations that have ended. */
    private ScheduledFuture<?> expiry;

    /**
     * Starts a broker on {@code loop}, the only one of its fabric. It listens, but lets nobody in before it {@link #serve serves}.
     *
     * @throws IOException if it can't listen on the port
     */
    public Broker(EventLoop loop, BrokerSettings settings) throws IOException {
        this(loop, settings, new Shared());
    }

    Broker(EventLoop loop, BrokerSettings settings, Shared shared) throws IOException {
        this.loop = loop;
        this.door = new Door(loop);
        this.shared = shared;
        this.tlsProtocols = settings.tlsProtocols();
        this.cipherSuites = settings.cipherSuites();
        this.messageSizeLimit = settings.messageSizeLimit();
        this.router = new Router(settings, shared);
        CompletableFuture<Integer> bound = new CompletableFuture<>();
        CompletableFuture<Void> asked = loop.submit(() -> {
            port = new Port(loop, router, sockets, settings);
            port.listen(settings.port()).whenComplete((number, failure) -> {
                if (failure == null) {
                    restart = new Restart(
                            loop.group(),
                            port,
                            number,
                            sockets,
                            () -> shared.bridge().comeBack(router));
                    webSocketPortNumber = port.webSocketNumber();
                    router.queries().listensOn(number, webSocketPortNumber);
                    shared.bridge().join(router);
                    long interval = settings.registry().checkInterval().toNanos();
                    expiry = loop.group()
                            .scheduleWithFixedDelay(this::removeEnded, interval, interval, TimeUnit.NANOSECONDS);
                    bound.complete(number);
                } else {
                    bound.completeExceptionally(failure);
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
        serve(() -> new MutualTls(identity, authority, tlsProtocols, cipherSuites, shared.revocations()));
    }

    /** Shows {@code witness} each message from now on, in place of an earlier one. */
    public void witness(Witness witness) {
        door.run(() -> router.witness(witness));
    }

    /** Asks new clients for a certificate of {@code authority}, and refuses it, until it {@link #serve serves} again. */
    public void refuse(Identity identity, X509Certificate authority) {
        serve(() -> MutualTls.refusingAll(identity, authority, tlsProtocols, cipherSuites));
    }

    private void serve(Callable<MutualTls> tls) {
        door.run(() -> {
            this.tls = tls;
            port.serve(tls.call());
        });
    }

    /** Ends the connections of a client that is revoked. Runs on the event loop. */
    void expel(String canonicalId) throws Exception {
        // Made anew, for a session of old that is resumed shows no certificate.
        port.serve(tls.call());
        for (Connection connection : List.copyOf(router.connections())) {
            if (connection.sender().canonicalId().equals(canonicalId)) {
                connection.expel();
            }
        }
    }

    /** Lets all messages vanish whose topic {@code filter} matches. */
    public void forbid(String filter) {
        requireFilter(filter);
        door.run(() -> router.forbidden().add(filter));
    }

    /** Lets messages to all topics through again. */
    public void allowAll() {
        door.run(() -> router.forbidden().clear());
    }

    /** The port that it listens on, also while it is stopped. */
    public int port() {
        return portNumber;
    }

    /** The port that it listens on for web sockets, also while it is stopped; 0 if it doesn't speak them. */
    public int webSocketPort() {
        return webSocketPortNumber;
    }

    /** Treats {@code body} as if {@code sender} had published it with QoS 0; on return it is on its way to all. */
    public void publish(Sender sender, String topic, byte[] body) {
        requirePublishable(topic, body);
        door.run(() -> route(sender, topic, body));
    }

    /** {@link #publish}, on the event loop. */
    void route(Sender sender, String topic, byte[] body) {
        router.route(sender, topic, body);
        router.flush();
    }

    static void requireFilter(String filter) {
        if (!TopicFilter.isFilter(filter)) {
            throw new IllegalArgumentException("'" + filter + "' is neither a topic nor a filter of topics");
        }
    }

    /** What would cost a client its connection is a mistake of the caller here, who has none. */
    void requirePublishable(String topic, byte[] body) {
        if (!TopicFilter.isTopic(topic)) {
            throw new IllegalArgumentException(
                    "Nothing can be published to the topic '" + topic + "': it is empty or has a wildcard in it");
        }
        long packet = PacketSize.ofPublish(topic, body.length);
        if (packet > messageSizeLimit) {
            throw new IllegalArgumentException("The message to " + topic + " has a packet of " + packet
                    + " bytes, more than the message size limit of " + messageSizeLimit);
        }
    }

    /** Whether it listens. */
    public boolean isUp() {
        return door.ask(this::listens, false);
    }

    /** {@link #isUp()}, on the event loop. */
    boolean listens() {
        return port.isListening();
    }

    /** The canonical ids of the clients that are connected, one for each connection, oldest first; none once closed. */
    public List<String> clients() {
        return door.ask(
                () -> router.connections().stream()
                        .map(connection -> connection.sender().canonicalId())
                        .toList(),
                List.of());
    }

    /** Number of clients that are connected; those behind a half-open connection no longer count; 0 once closed. */
    public int connectedClients() {
        return door.ask(() -> router.connections().size(), 0);
    }

    /** Topics and wildcards that connected clients have subscribed, sorted; none once closed. */
    public Set<String> subscriptions() {
        return door.ask(() -> router.subscriptions().filters(), Set.of());
    }

    /** The services that it knows of, its own clients' and others', in the order of registration; none once closed. */
    public List<ServiceRegistration> services() {
        return door.ask(() -> router.services().all(), List.of());
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
        door.run(() -> sockets.cut());
    }

    /** Breaks all connections at once, by a TCP reset. */
    public void reset() {
        door.run(() -> sockets.reset());
    }

    /** Reads and writes nothing more, and accepts nobody, until {@link #resume()}. */
    public void stall() {
        door.run(() -> {
            port.pause();
            sockets.stall();
        });
    }

    /** Reads, writes and accepts as ever; what was held goes on. */
    public void resume() {
        door.run(() -> {
            sockets.resume();
            port.resume();
        });
    }

    /** Writes {@code bytes} to every client that is connected. */
    public void garbage(byte[] bytes) {
        door.run(() -> router.connections().forEach(connection -> connection.writeGarbage(bytes)));
    }

    /** Reads so many bytes a second from each client, until {@link #resume()}. */
    public void slowReader(int bytesPerSecond) {
        door.run(() -> sockets.slowDown(bytesPerSecond));
    }

    /** Leaves all sockets open that are open now, but reads and writes nothing on them any more. */
    public void silence() {
        door.run(() -> sockets.silence());
    }

    /** Cuts it off from the other brokers of its fabric; its clients don't notice. */
    public void cutOff() {
        door.run(() -> shared.bridge().cutOff(router));
    }

    /** Joins it to the other brokers again. */
    public void joinAgain() {
        door.run(() -> shared.bridge().joinAgain(router));
    }

    /** Stops listening and breaks all connections; a restart that is due is called off. */
    public void stop() {
        Door.until(door.await(() -> {
            shared.bridge().goDown(router);
            return restart.goDown();
        }));
    }

    /**
     * Stops, and listens again on the same port after {@code pause}. Returns when it has stopped.
     *
     * @return done when it listens; fails if the port stays taken for some seconds; cancelled if the broker is stopped,
     *     restarted or closed before
     */
    public CompletableFuture<Void> restart(Duration pause) {
        CompletableFuture<Void> listening = new CompletableFuture<>();
        Door.until(door.await(() -> {
            shared.bridge().goDown(router);
            return restart.begin(pause, listening);
        }));
        return listening;
    }

    /** Ends all connections in good order and stops listening. The event loop is not touched. */
    @Override
    public void close() {
        Door.until(loop.submit(() -> {
                    restart.callOff();
                    expiry.cancel(false);
                    port.stop();
                    port.release();
                    return sockets.close();
                })
                .thenCompose(closed -> closed));
    }

    private void removeEnded() {
        router.registrar().removeEnded();
        router.flush();
    }
}
