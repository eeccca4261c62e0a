package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.fabric.broker.Stamp.Stamped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way of a message through the broker, from the connection it came on to those that subscribed its topic. Runs on the
 * event loop.
 */
final class Router {
    private static final Logger LOG = System.getLogger(Router.class.getName());

    private final Stamp stamp;
    private final int messageSizeLimit;
    private final int pendingBytesLimit;
    private final Subscriptions<Connection> subscriptions = new Subscriptions<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<String> forbidden = new LinkedHashSet<>();
    private final List<Connection> unflushed = new ArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private Witness witness = (topic, body) -> {};

    Router(BrokerSettings settings) {
        stamp = new Stamp(settings.brokerId());
        messageSizeLimit = settings.messageSizeLimit();
        pendingBytesLimit = settings.pendingBytesLimit();
    }

    /** Clients that have been accepted. */
    Set<Connection> connections() {
        return connections;
    }

    Subscriptions<Connection> subscriptions() {
        return subscriptions;
    }

    /** Filters of the topics that nobody may send to nor receive from. */
    Set<String> forbidden() {
        return forbidden;
    }

    /** Messages that a slow client has lost; may be asked from any thread. */
    long dropped() {
        return dropped.get();
    }

    void witness(Witness witness) {
        this.witness = witness;
    }

    void leave(Connection connection) {
        connections.remove(connection);
        subscriptions.removeAll(connection);
    }

    /** Hands a message of {@code sender} to everybody it is for; {@link #flush()} then sends it off. */
    void route(Sender sender, String topic, byte[] body) {
        if (body.length > messageSizeLimit) {
            LOG.log(
                    Level.DEBUG,
                    "DXL0602 A message to {0} vanished, as at a DXL broker: its {1} bytes exceed the limit of {2}",
                    topic,
                    body.length,
                    messageSizeLimit);
            return;
        }
        if (forbidden.stream().anyMatch(filter -> TopicFilter.matches(filter, topic))) {
            LOG.log(
                    Level.DEBUG,
                    "DXL0604 A message to {0} vanished, as at a DXL broker: the topic is forbidden",
                    topic);
            return;
        }
        Stamped stamped = stamp.apply(body, sender);
        witness.saw(topic, stamped.body());
        subscriptions.forEach(topic, connection -> {
            if (stamped.clientIds().isEmpty() || connection.sender().isAmong(stamped.clientIds())) {
                deliver(connection, topic, stamped.body());
            }
        });
    }

    /** Sends off what has been routed; once after many messages, not after each. */
    void flush() {
        unflushed.forEach(Connection::flush);
        unflushed.clear();
    }

    private void deliver(Connection connection, String topic, byte[] body) {
        if (connection.pendingBytes() + body.length > pendingBytesLimit) {
            if (dropped.getAndIncrement() == 0) {
                LOG.log(
                        Level.WARNING,
                        "DXL0603 A client reads too slowly: {0} bytes wait for it, and further messages to it vanish, as"
                                + " at a DXL broker. Said once; the fabric counts on",
                        connection.pendingBytes());
            }
        } else if (connection.write(topic, body)) {
            unflushed.add(connection);
        }
    }
}
