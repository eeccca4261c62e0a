package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.fabric.broker.Router.Delivery;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What joins the brokers of a fabric: each is joined to each, so a message that has crossed once goes no further. A broker
 * that is down, or cut off, is joined to none. Runs on the event loop.
 */
final class Bridge {
    /** The brokers of the fabric, by their ids. */
    private final Map<String, Router> brokers = new LinkedHashMap<>();

    private final Set<Router> down = new HashSet<>();
    private final Set<Router> cutOff = new HashSet<>();

    void join(Router broker) {
        brokers.put(broker.brokerId(), broker);
        meet(broker);
    }

    void goDown(Router broker) {
        change(broker, () -> down.add(broker));
    }

    void comeBack(Router broker) {
        change(broker, () -> down.remove(broker));
    }

    void cutOff(Router broker) {
        change(broker, () -> cutOff.add(broker));
    }

    void joinAgain(Router broker) {
        change(broker, () -> cutOff.remove(broker));
    }

    /** The other brokers that {@code broker} can reach now. */
    List<Router> beyond(Router broker) {
        return isOpenTo(broker)
                ? brokers.values().stream()
                        .filter(other -> other != broker && isOpenTo(other))
                        .toList()
                : List.of();
    }

    /** Takes a message to the other brokers that want it; {@link #flush()} sends it off. */
    Delivery carry(Router from, Parcel parcel) {
        Delivery delivery = Delivery.NOBODY;
        for (Router to : beyond(from)) {
            if (to.awaits(parcel)) {
                delivery = delivery.or(to.arrive(parcel));
            }
        }
        return delivery;
    }

    /** Takes a message to one connection of the broker of this id. */
    Delivery carryTo(Router from, String brokerId, String clientInstanceId, String topic, byte[] body) {
        Router to = brokers.get(brokerId);
        return to != null && beyond(from).contains(to)
                ? to.sendTo(brokerId, clientInstanceId, topic, body)
                : Delivery.NOBODY;
    }

    /** Sends off what has arrived at any broker. */
    void flush() {
        brokers.values().forEach(Router::sendOff);
    }

    private void change(Router broker, Runnable step) {
        List<Router> before = beyond(broker);
        step.run();
        if (!before.isEmpty() && !isOpenTo(broker)) {
            part(broker, before);
        } else if (before.isEmpty()) {
            meet(broker);
        }
        flush();
    }

    private void meet(Router broker) {
        for (Router other : beyond(broker)) {
            other.registrar().learn(broker.services().own());
            broker.registrar().learn(other.services().own());
        }
    }

    private static void part(Router broker, List<Router> others) {
        for (Router other : others) {
            other.registrar().lose(broker.brokerId());
            broker.registrar().lose(other.brokerId());
        }
    }

    private boolean isOpenTo(Router broker) {
        return !down.contains(broker) && !cutOff.contains(broker);
    }
}
