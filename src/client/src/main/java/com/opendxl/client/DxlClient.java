package com.opendxl.client;

import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.connection.Connection;
import io.github.dxlcdi.client.connection.ConnectionSettings;
import io.github.dxlcdi.client.spi.FabricConnection;
import io.github.dxlcdi.client.transport.MqttTopic;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A client of a DXL fabric. Make one from a {@link DxlClientConfig}, add callbacks, {@link #connect()}, and
 * {@link #close()} it in the end. All methods may be called from any thread, also from a callback.
 *
 * <p>While callbacks take longer than messages come, the client reads no more from the network: it drops nothing, the
 * broker holds the messages back. A lost connection is sought again without end, with growing pauses, and every
 * subscription is restored before the client counts as connected; what was published meanwhile is lost, because the fabric
 * delivers with quality of service 0.
 */
public class DxlClient implements AutoCloseable, FabricConnection.Source {
    private static final Logger LOG = System.getLogger("io.github.dxlcdi.client.connection");
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final DxlClientConfig config;
    private final ConnectionSettings settings;
    private final Incoming incoming;
    private final Connection connection;
    private final ManagedConnection managed;
    private volatile DisconnectedStrategy disconnectedStrategy = new ReconnectDisconnectedStrategy();
    private volatile boolean closed;

    /**
     * Makes a client and loads its certificates; nothing goes over the network yet.
     *
     * @throws DxlException if a broker is missing or a certificate can't be read
     */
    public DxlClient(DxlClientConfig config) throws DxlException {
        this.config = config;
        this.settings = config.connectionSettings();
        this.incoming = new Incoming(config);
        this.managed = new ManagedConnection(this, incoming);
        this.connection = new Connection(settings, incoming, new ConnectionEvents());
    }

    /** The id of this client, as configured or made at random. A DXL broker does not pass it on. */
    public String getUniqueId() {
        return settings.clientId();
    }

    /** The configuration that this client was made from. */
    public DxlClientConfig getConfig() {
        return config;
    }

    /** Whether it is connected and every subscription is confirmed. */
    public boolean isConnected() {
        return connection.status().broker() != null;
    }

    /**
     * Connects, and waits until every subscription is confirmed. On a connected client it does nothing; during another
     * attempt it waits for that one.
     *
     * @throws DxlException if no broker could be connected in {@link DxlClientConfig#getConnectRetries()} further passes,
     *     or the client was disconnected or closed meanwhile
     */
    public final void connect() throws DxlException {
        connect(passes(config.getConnectRetries()));
    }

    /** Leaves the broker, or ends an attempt to connect. Not connected: does nothing. */
    public final void disconnect() throws DxlException {
        await(connection.disconnect(), "disconnect");
    }

    /** Leaves the broker, and connects again as {@link DxlClientConfig#isInfiniteReconnectRetries()} says. */
    public final void reconnect() throws DxlException {
        disconnect();
        connect(reconnectPasses());
    }

    /** As {@link #reconnect()} after a loss, but shares an attempt under way, and heeds a {@link #disconnect()} since. */
    final void resume() throws DxlException {
        await(connection.resume(reconnectPasses()), "reconnect");
    }

    /**
     * Disconnects and ends all threads, within two seconds if the callbacks that are running allow it. The client can't be
     * used again.
     */
    @Override
    public final void close() throws Exception {
        closed = true;
        incoming.threads().stop();
        connection.close();
        incoming.threads().awaitEnd(managed.shutdownTimeout());
    }

    /** The broker that it is connected to; null if there is none. */
    public Broker getCurrentBroker() {
        BrokerAddress broker = connection.status().broker();
        return broker == null ? null : new Broker(broker);
    }

    /**
     * Subscribes; {@code #} and {@code +} are wildcards by the rules of MQTT. Remembered when not connected, and restored
     * after each reconnect.
     *
     * @throws DxlException if the broker refuses, or has not confirmed within {@link
     *     DxlClientConfig#getOperationTimeToWait()}, or the connection is lost before; then the topic is not remembered
     * @throws IllegalArgumentException if a wildcard is misplaced
     */
    public final void subscribe(String topic) throws DxlException {
        await(connection.subscribe(MqttTopic.requireFilter(topic)), "subscribe");
    }

    /** Ends a subscription; one that is not there is no error. */
    public final void unsubscribe(String topic) throws DxlException {
        await(connection.unsubscribe(MqttTopic.requireFilter(topic)), "unsubscribe");
    }

    /** A copy of the topics subscribed to, or to be subscribed to on the next connect. */
    public Set<String> getSubscriptions() {
        return connection.subscriptions();
    }

    /**
     * Sends an event, with this client's id as its source; returns when the operating system has taken it. Whether it
     * arrives, nobody tells.
     *
     * @throws DxlException if not connected
     * @throws IllegalArgumentException if its topic has a wildcard in it
     */
    public void sendEvent(Event event) throws DxlException {
        String topic = MqttTopic.requireName(event.getDestinationTopic());
        event.setSourceClientId(getUniqueId());
        byte[] body;
        try {
            body = event.toBytes();
        } catch (IOException e) {
            throw new DxlException("The event can't be written", e);
        }
        await(connection.publish(topic, body), "send an event");
    }

    /** Adds a callback and subscribes to its topic. */
    public void addEventCallback(String topic, EventCallback callback) throws DxlException {
        addEventCallback(topic, callback, true);
    }

    /**
     * Adds a callback for events. It gets those of {@code topic} (null: all), and those below it if it ends in
     * {@code #}; with {@code +} in it none, although the broker sends them: subscribe to that and add the callback for
     * null. The same callback is held once per topic.
     */
    public void addEventCallback(String topic, EventCallback callback, boolean subscribeToTopic) throws DxlException {
        boolean subscribes = subscribeToTopic && topic != null;
        if (subscribes) {
            MqttTopic.requireFilter(topic);
        }
        CompletableFuture<Void> subscribed;
        synchronized (incoming) {
            incoming.eventCallbacks().add(topic, callback);
            subscribed = subscribes ? connection.subscribe(topic) : DONE;
        }
        await(subscribed, "subscribe");
    }

    /** Removes a callback, and ends the subscription unless another callback of the same topic is left. */
    public void removeEventCallback(String topic, EventCallback callback) throws DxlException {
        removeEventCallback(topic, callback, true);
    }

    /** Removes a callback; ends the subscription only if wanted and if no other callback of the same topic is left. */
    public void removeEventCallback(String topic, EventCallback callback, boolean unsubscribeFromTopic)
            throws DxlException {
        CompletableFuture<Void> unsubscribed;
        // One step with the call of connection, which doesn't wait: a callback added meanwhile keeps its subscription.
        synchronized (incoming) {
            incoming.eventCallbacks().remove(topic, callback);
            unsubscribed = unsubscribeFromTopic
                            && topic != null
                            && !incoming.eventCallbacks().has(topic)
                    ? connection.unsubscribe(topic)
                    : DONE;
        }
        await(unsubscribed, "unsubscribe");
    }

    /** Sets what happens after a connection was lost; null: nothing. */
    public void setDisconnectedStrategy(DisconnectedStrategy strategy) {
        disconnectedStrategy = strategy;
    }

    @Override
    public FabricConnection fabricConnection() {
        return managed;
    }

    Connection connection() {
        return connection;
    }

    ConnectionSettings settings() {
        return settings;
    }

    private static int passes(int retries) {
        return retries < 0 ? Connection.ENDLESS : retries + 1;
    }

    private void connect(int passes) throws DxlException {
        await(connection.connect(passes), "connect");
    }

    int reconnectPasses() {
        return config.isInfiniteReconnectRetries() ? Connection.ENDLESS : passes(config.getConnectRetries());
    }

    private static void await(CompletableFuture<Void> result, String what) throws DxlException {
        try {
            result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DxlException("Interrupted while waiting to " + what, e);
        } catch (CancellationException | ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof DxlException failure) {
                throw failure;
            }
            throw new DxlException("Could not " + what, cause);
        }
    }

    private final class ConnectionEvents implements Connection.Listener {
        @Override
        public void ready(BrokerAddress broker, Instant at) {
            // Not before: a server may begin to run what it lends only when the application has started.
            incoming.start(managed.threads(), managed.ownThreads());
            managed.ready(broker.toString(), at);
        }

        @Override
        public void lost(BrokerAddress broker, Instant lastHeard, String reason, boolean onPurpose) {
            managed.lost(broker.toString(), lastHeard, reason);
            DisconnectedStrategy strategy = disconnectedStrategy;
            if (!onPurpose && !closed && strategy != null) {
                Thread thread = new Thread(() -> follow(strategy), "dxl-reconnect-" + getUniqueId());
                thread.setDaemon(true);
                thread.start();
            }
        }

        private void follow(DisconnectedStrategy strategy) {
            try {
                strategy.onDisconnect(DxlClient.this);
            } catch (RuntimeException e) {
                LOG.log(
                        Level.ERROR,
                        "DXL0206 " + strategy.getClass().getName() + " failed; nothing else reconnects",
                        e);
            }
        }
    }
}
