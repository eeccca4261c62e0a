package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.wire.WireMessage;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A message on its way to those that subscribed its topic.
 *
 * @param brokerIds brokers whose clients it is for; empty: those of all
 * @param clientIds clients that it is for, by either of their ids; empty: all
 */
record Parcel(String topic, byte[] body, Set<String> brokerIds, Set<String> clientIds) {

    /** For all. */
    static Parcel forAll(String topic, byte[] body) {
        return new Parcel(topic, body, Set.of(), Set.of());
    }

    /** For the brokers that {@code message} names, and these clients. */
    static Parcel of(String topic, byte[] body, WireMessage message, Collection<String> clientIds) {
        return new Parcel(topic, body, named(message.brokerIds()), named(clientIds));
    }

    boolean isForBroker(String brokerId) {
        return brokerIds.isEmpty() || brokerIds.contains(brokerId);
    }

    boolean isFor(Sender client) {
        return clientIds.isEmpty() || client.isAmong(clientIds);
    }

    /** An id may be empty: the OpenDXL Java client answers to an empty broker id where the request came without one. */
    static Set<String> named(Collection<String> ids) {
        // Not toUnmodifiableSet: its sets are searched one by one where hash codes are alike, and senders choose the
        // ids.
        return ids.stream().filter(id -> !id.isEmpty()).collect(Collectors.toSet());
    }
}
