package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.wire.WireException;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import io.github.dxlcdi.client.wire.WireOutline;
import io.github.dxlcdi.client.wire.WireReader;
import io.github.dxlcdi.client.wire.WireWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the first broker on a message's way writes into it: who sent it, by the certificate and not by the sender's
 * word. A body that is no DXL message, to which a field as {@code bin} or {@code nil} is enough, passes as it is: the
 * ids in it are whatever the sender wrote.
 */
final class Stamp {
    /** Name of the field that tells the sender's certificate chain. A sender that sets it itself is believed. */
    static final String CERTIFICATES = "dxl.certs";

    private final String brokerId;

    Stamp(String brokerId) {
        this.brokerId = brokerId;
    }

    /**
     * A body ready to be delivered.
     *
     * @param clientIds clients that an event is for, by either of their ids; empty: everybody who subscribed
     * @param message what the body says; null if it is no DXL message
     */
    record Stamped(byte[] body, Set<String> clientIds, WireMessage message) {
        /** A body that passes as it came. */
        static Stamped plain(byte[] body) {
            return new Stamped(body, Set.of(), null);
        }
    }

    Stamped apply(byte[] body, Sender sender) {
        WireMessage message;
        try {
            WireOutline outline = WireReader.outline(body);
            if (outline.hasBinOrNil()) {
                return Stamped.plain(body);
            }
            message = outline.message();
        } catch (WireException e) {
            return Stamped.plain(body);
        }
        boolean addressed = message.typeFields() instanceof EventFields
                && !message.clientIds().isEmpty();
        WireMessage stamped = new WireMessage(
                WireMessage.CURRENT_VERSION,
                message.messageId(),
                sender.canonicalId(),
                brokerId,
                message.brokerIds(),
                addressed ? List.of() : message.clientIds(),
                message.payload(),
                message.typeFields(),
                withCertificates(message.otherFields(), sender),
                "",
                message.destTenantGuids(),
                sender.instanceId());
        return new Stamped(
                WireWriter.write(stamped), addressed ? new HashSet<>(message.clientIds()) : Set.of(), stamped);
    }

    private static List<String> withCertificates(List<String> otherFields, Sender sender) {
        boolean unpaired = otherFields.size() % 2 != 0;
        for (int name = 0; name < otherFields.size(); name += 2) {
            if (unpaired || otherFields.get(name).equals(CERTIFICATES)) {
                return otherFields;
            }
        }
        List<String> more = new ArrayList<>(otherFields);
        more.add(CERTIFICATES);
        more.add(sender.certificates());
        return more;
    }
}
