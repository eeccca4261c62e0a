package io.github.dxlcdi.fabric;

import io.github.dxlcdi.fabric.broker.Brokers;
import java.util.Arrays;
import java.util.List;

/**
 * Who may send to a topic and who may receive from it, at every broker of the fabric. At first everybody may do both. As
 * at a DXL broker nobody is told: a message to a topic that its sender may not send to vanishes, a subscription that
 * brings nothing is confirmed as always, and a request that may not be made ends in a time-out. A rule holds at once, also
 * for subscriptions that are there already. It is not a fault, so {@link Faults#heal()} leaves it; {@link Faults#forbid}
 * forbids a topic to all, whatever stands here. Safe from any thread; IllegalStateException once the fabric is closed.
 *
 * <p>A topic that several rules are about is open to the clients of any of them. What {@link Fabric#publish} and {@link
 * Fabric#detections()} send comes from an endpoint that no rule names.
 */
public final class Authorisation {
    private final Brokers brokers;

    Authorisation(Brokers brokers) {
        this.brokers = brokers;
    }

    /**
     * Only {@code clients} may send to {@code topic}, beside those that an earlier call has named for the same; without
     * any, nobody.
     *
     * @param topic a topic, or a filter of topics with the wildcards {@code +} and {@code #} of MQTT; else
     *     IllegalArgumentException
     */
    public void onlySenders(String topic, ClientIdentity... clients) {
        brokers.allowSending(topic, thumbprints(clients));
    }

    /**
     * Only {@code clients} may receive what is sent to {@code topic}, beside those that an earlier call has named for the
     * same; without any, nobody.
     *
     * @param topic as for {@link #onlySenders}
     */
    public void onlyReceivers(String topic, ClientIdentity... clients) {
        brokers.allowReceiving(topic, thumbprints(clients));
    }

    /** Lets everybody send to and receive from every topic again. */
    public void lift() {
        brokers.liftTopicRules();
    }

    private static List<String> thumbprints(ClientIdentity... clients) {
        return Arrays.stream(clients).map(ClientIdentity::thumbprint).toList();
    }
}
