package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.transport.EventLoop;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The brokers of one fabric and what holds at all of them, seen from other threads: as {@link Broker} is for one, so no
 * method may be called on the event loop.
 */
public final class Brokers implements AutoCloseable {
    private final EventLoop loop;
    private final Door door;
    private final Shared shared = new Shared();
    private final List<Broker> all = new CopyOnWriteArrayList<>();

    /** None yet; those that are added run on {@code loop}. */
    public Brokers(EventLoop loop) {
        this.loop = loop;
        this.door = new Door(loop);
    }

    /**
     * Starts one more, and joins it to the others.
     *
     * @throws IOException if it can't listen on the port
     */
    public Broker add(BrokerSettings settings) throws IOException {
        Broker broker = new Broker(loop, settings, shared);
        all.add(broker);
        return broker;
    }

    /** Treats {@code body} as if {@code sender} had published it at the first broker that is up. */
    public void publish(Sender sender, String topic, byte[] body) {
        all.get(0).requirePublishable(topic, body);
        door.run(() -> {
            for (Broker broker : all) {
                if (broker.listens()) {
                    broker.route(sender, topic, body);
                    return;
                }
            }
        });
    }

    /** Lets these clients, by their canonical ids, send to topics that {@code filter} matches, beside those so allowed. */
    public void allowSending(String filter, Collection<String> clients) {
        Broker.requireFilter(filter);
        door.run(() -> shared.topicRules().allowSending(filter, clients));
    }

    /** Lets these clients, by their canonical ids, receive from topics that {@code filter} matches. */
    public void allowReceiving(String filter, Collection<String> clients) {
        Broker.requireFilter(filter);
        door.run(() -> shared.topicRules().allowReceiving(filter, clients));
    }

    /** Lets everybody send and receive again. */
    public void liftTopicRules() {
        door.run(() -> shared.topicRules().clear());
    }

    /** Ends all connections of the client with this certificate, and lets it in nowhere any more. */
    public void revoke(String thumbprint) {
        door.run(() -> {
            shared.revocations().add(thumbprint);
            for (Broker broker : all) {
                broker.expel(thumbprint);
            }
        });
    }

    /** The thumbprints of all certificates that are revoked, as the payload of an event. */
    public byte[] revocationList() {
        return Payload.write(shared.revocations().thumbprints());
    }

    /** Closes each of them. */
    @Override
    public void close() {
        all.forEach(Broker::close);
    }
}
