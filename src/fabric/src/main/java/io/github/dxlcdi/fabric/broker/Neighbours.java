package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.fabric.broker.Router.Delivery;

/** The other brokers of the fabric, as a request to one of their services sees them. */
@FunctionalInterface
interface Neighbours {
    /** There are none. */
    Neighbours NONE = (brokerId, clientInstanceId, topic, body) -> Delivery.NOBODY;

    /** Hands a message to one connection of the broker of this id. Runs on the event loop, and must not wait. */
    Delivery send(String brokerId, String clientInstanceId, String topic, byte[] body);
}
