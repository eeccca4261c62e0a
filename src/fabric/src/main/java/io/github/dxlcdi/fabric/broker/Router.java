package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.log.TextLogger;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.ErrorFields;
import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireWriter;
import io.github.dxlcdi.fabric.broker.Stamp.Stamped;
import io.github.dxlcdi.fabric.registry.ServiceRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way of a message through the broker, from the connection it came on to those that subscribed its topic. Runs on the
 * event loop.
 */
final class Router {
    private static final Logger LOG = TextLogger.of(Router.class.getName());

    /** Topics of answers; each client has one, which ends in its id. */
    static final String REPLIES = "/mcafee/client/";

    /** Topics of what brokers themselves publish. */
    private static final String BROKER_EVENTS = "/mcafee/event/dxl/";

    private final String brokerId;
    private final Shared shared;
    private final Stamp stamp;
    private final BrokerMessages own;
    private final boolean announceClients;
    private final ServiceRegistry services;
    private final Registrar registrar;
    private final BrokerQueries queries;
    private final BrokerServices brokerServices;
    private final RequestRouting requests;
    private final EventRequests eventRequests;
    private final int connectionLimit;
    private final int pendingBytesLimit;
    private final Subscriptions<Connection> subscriptions = new Subscriptions<>();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Map<String, Connection> byInstance = new HashMap<>();
    private final Set<String> forbidden = new LinkedHashSet<>();
    private final List<Connection> unflushed = new ArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private Witness witness = (topic, body) -> {};
    private long incoming;
    private long outgoing;

    /** What became of a message. */
    enum Delivery {
        /** At least one copy of it is on its way. */
        DONE,
        /** It was for clients that read too slowly. */
        FULL,
        /** It was for nobody. */
        NOBODY;

        /** The better one of both. */
        Delivery or(Delivery other) {
            return compareTo(other) < 0 ? this : other;
        }
    }

    Router(BrokerSettings settings, Shared shared) {
        this.shared = shared;
        brokerId = settings.brokerId();
        stamp = new Stamp(brokerId);
        own = new BrokerMessages(brokerId);
        connectionLimit = settings.connectionLimit();
        pendingBytesLimit = settings.pendingBytesLimit();
        announceClients = settings.announceClients();
        services = new ServiceRegistry(brokerId, settings.registry());
        registrar = new Registrar(this, services, brokerId, settings.registry().clock());
        queries = new BrokerQueries(this, brokerId, settings.registry().clock().instant());
        brokerServices = new BrokerServices(this, registrar, queries, settings.ownServices());
        requests = new RequestRouting(this, services, registrar, brokerServices);
        eventRequests = new EventRequests(this, services, requests);
    }

    String brokerId() {
        return brokerId;
    }

    /** The other brokers of the fabric that can be reached now. */
    List<Router> beyond() {
        return shared.bridge().beyond(this);
    }

    /** Clients that have been accepted. */
    Set<Connection> connections() {
        return connections;
    }

    /** Most clients that may be connected; 0: any number. */
    int connectionLimit() {
        return connectionLimit;
    }

    boolean isFull() {
        return connectionLimit > 0 && connections.size() >= connectionLimit;
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

    ServiceRegistry services() {
        return services;
    }

    Registrar registrar() {
        return registrar;
    }

    BrokerQueries queries() {
        return queries;
    }

    /** Messages that clients have sent. */
    long incoming() {
        return incoming;
    }

    /** Messages that have been written to clients. */
    long outgoing() {
        return outgoing;
    }

    BrokerServices brokerServices() {
        return brokerServices;
    }

    boolean isRevoked(Sender client) {
        return shared.revocations().contains(client.canonicalId());
    }

    /** Whether this client may receive what is sent to {@code topic}. */
    boolean mayReceive(String canonicalId, String topic) {
        return !isForbidden(topic) && shared.topicRules().mayReceive(canonicalId, topic);
    }

    void join(Connection connection) {
        connections.add(connection);
        byInstance.put(connection.sender().instanceId(), connection);
        announceClient("connect", connection);
        flush();
    }

    void leave(Connection connection) {
        if (!connections.remove(connection)) {
            return;
        }
        byInstance.remove(connection.sender().instanceId());
        List<String> gone = subscriptions.removeAll(connection);
        registrar.left(connection.sender().instanceId());
        gone.forEach(filter -> announceTopic("topicremoved", filter));
        announceClient("disconnect", connection);
        flush();
    }

    /** The client that is connected under this id; empty for what the fabric itself sends. */
    Optional<Sender> client(String instanceId) {
        return Optional.ofNullable(byInstance.get(instanceId)).map(Connection::sender);
    }

    void subscribe(String filter, Connection connection) {
        if (subscriptions.add(filter, connection)) {
            announceTopic("topicadded", filter);
        }
    }

    void unsubscribe(String filter, Connection connection) {
        if (subscriptions.remove(filter, connection)) {
            announceTopic("topicremoved", filter);
        }
    }

    /** Hands a message of {@code sender} to everybody it is for; {@link #flush()} then sends it off. */
    void route(Sender sender, String topic, byte[] body) {
        incoming++;
        if (isForbidden(topic) || !shared.topicRules().maySend(sender.canonicalId(), topic)) {
            LOG.log(
                    Level.DEBUG,
                    "DXL0604 A message to {0} vanished, as at a DXL broker: the topic is forbidden",
                    topic);
            return;
        }
        Stamped stamped = stamp.apply(body, sender);
        witness.saw(topic, stamped.body());
        handOut(topic, stamped);
    }

    boolean isForbidden(String topic) {
        return forbidden.stream().anyMatch(filter -> TopicFilter.matches(filter, topic));
    }

    private void handOut(String topic, Stamped stamped) {
        WireMessage message = stamped.message();
        if (message == null) {
            distribute(Parcel.forAll(topic, stamped.body()));
        } else if (message.typeFields() instanceof EventFields) {
            distribute(Parcel.of(topic, stamped.body(), message, stamped.clientIds()));
            if (stamped.clientIds().isEmpty()) {
                eventRequests.saw(topic, message);
            }
        } else if (message.typeFields() instanceof RequestFields) {
            requests.route(topic, message);
        } else {
            if (message.typeFields() instanceof ErrorFields error) {
                requests.answered(error);
            }
            distribute(Parcel.of(topic, stamped.body(), message, message.clientIds()));
        }
    }

    /** Publishes an event of the broker's own. */
    void announce(String name, Map<String, ?> payload) {
        publish(BROKER_EVENTS + name, own.event(Payload.write(payload)));
    }

    /** Publishes an event of the broker's own to its own clients; the other brokers do the same. */
    void announceHere(String name, Map<String, ?> payload) {
        spread(Parcel.forAll(BROKER_EVENTS + name, WireWriter.write(own.event(Payload.write(payload)))));
    }

    /** Answers a request in the broker's own name. */
    void answer(WireMessage request, byte[] payload) {
        reply(request, own.response(request, payload));
    }

    /** Tells the requester that its request reaches nobody. */
    void refuse(WireMessage request, FabricError error) {
        reply(request, own.error(request, error));
    }

    /** Hands a message to those it is for, at this broker and at the others. */
    Delivery distribute(Parcel parcel) {
        Delivery here = parcel.isForBroker(brokerId) ? spread(parcel) : Delivery.NOBODY;
        return here.or(shared.bridge().carry(this, parcel));
    }

    /** Whether a message from another broker is for a client of this one, as far as brokers know that of each other. */
    boolean awaits(Parcel parcel) {
        if (!parcel.isForBroker(brokerId)) {
            return false;
        }
        return parcel.clientIds().isEmpty()
                ? subscriptions.areKnownBeyond(parcel.topic())
                : connections.stream().anyMatch(connection -> parcel.isFor(connection.sender()));
    }

    /** Hands out a message that another broker has stamped. */
    Delivery arrive(Parcel parcel) {
        return isForbidden(parcel.topic()) ? Delivery.NOBODY : spread(parcel);
    }

    /** Whether somebody at any broker has subscribed exactly {@code topic}. */
    boolean isSubscribedAnywhere(String topic) {
        return subscriptions.isSubscribed(topic)
                || beyond().stream().anyMatch(other -> other.subscriptions.isSubscribed(topic));
    }

    private Delivery spread(Parcel parcel) {
        var receivers = new ArrayList<Connection>();
        subscriptions.forEach(parcel.topic(), connection -> {
            Sender client = connection.sender();
            if (parcel.isFor(client) && shared.topicRules().mayReceive(client.canonicalId(), parcel.topic())) {
                receivers.add(connection);
            }
        });
        boolean delivered = false;
        for (Connection receiver : receivers) {
            delivered |= deliver(receiver, parcel.topic(), parcel.body());
        }
        return delivered ? Delivery.DONE : receivers.isEmpty() ? Delivery.NOBODY : Delivery.FULL;
    }

    /** Hands a message to one connection of a broker, whatever that has subscribed. */
    Delivery sendTo(String brokerGuid, String clientInstanceGuid, String topic, byte[] body) {
        if (!brokerGuid.equals(brokerId)) {
            return shared.bridge().carryTo(this, brokerGuid, clientInstanceGuid, topic, body);
        }
        Connection receiver = byInstance.get(clientInstanceGuid);
        if (receiver == null) {
            return Delivery.NOBODY;
        }
        if (!mayReceive(receiver.sender().canonicalId(), topic)) {
            // It vanishes, and nobody is told.
            return Delivery.DONE;
        }
        return deliver(receiver, topic, body) ? Delivery.DONE : Delivery.FULL;
    }

    private void reply(WireMessage request, WireMessage answer) {
        String topic = ((RequestFields) request.typeFields()).replyToTopic();
        if (TopicFilter.isTopic(topic)) {
            publish(topic, answer);
        }
    }

    private void publish(String topic, WireMessage message) {
        byte[] body = WireWriter.write(message);
        witness.saw(topic, body);
        distribute(Parcel.of(topic, body, message, message.clientIds()));
    }

    private void announceTopic(String what, String filter) {
        announce("brokerregistry/" + what, Map.of("topic", filter));
    }

    private void announceClient(String what, Connection connection) {
        if (announceClients) {
            announce(
                    "clientregistry/" + what,
                    Map.of("clientGuid", connection.sender().canonicalId()));
        }
    }

    /** Sends off what has been routed, here and beyond the bridge; once after many messages, not after each. */
    void flush() {
        shared.bridge().flush();
    }

    /** Sends off what waits at this broker. */
    void sendOff() {
        unflushed.forEach(Connection::flush);
        unflushed.clear();
    }

    /** Whether it is on its way. */
    private boolean deliver(Connection connection, String topic, byte[] body) {
        if (connection.pendingBytes() + body.length > pendingBytesLimit && !isExempt(topic)) {
            if (dropped.getAndIncrement() == 0) {
                LOG.log(
                        Level.WARNING,
                        "DXL0603 A client reads too slowly: {0} bytes wait for it, and further messages to it vanish, as"
                                + " at a DXL broker. Said once; the fabric counts on",
                        connection.pendingBytes());
            }
            return false;
        }
        outgoing++;
        if (connection.write(topic, body)) {
            unflushed.add(connection);
        }
        return true;
    }

    /** What a broker never drops: answers, and its own. */
    private static boolean isExempt(String topic) {
        return topic.startsWith(REPLIES) || topic.startsWith(BROKER_EVENTS) || topic.startsWith(BrokerServices.PREFIX);
    }
}
