package io.github.dxlcdi.benchmarks.contender;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * A DXL event as one reads it by hand, following the description of the protocol.
 *
 * @param messageId its id
 * @param clientId who sent it
 * @param brokerId through which broker
 * @param brokerIds to which brokers it is limited
 * @param clientIds to which clients it is limited
 * @param payload its body
 * @param otherFields names and values, in turn
 * @param tenant of its sender
 * @param tenants to which it is limited
 */
record HandReadMessage(
        String messageId,
        String clientId,
        String brokerId,
        List<String> brokerIds,
        List<String> clientIds,
        byte[] payload,
        List<String> otherFields,
        String tenant,
        List<String> tenants) {
    private static final byte EVENT = 2;

    static HandReadMessage read(byte[] bytes) throws IOException {
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(bytes)) {
            long version = in.unpackLong();
            if (in.unpackByte() != EVENT) {
                throw new IOException("Not an event");
            }
            String messageId = text(in);
            String clientId = text(in);
            String brokerId = text(in);
            List<String> brokerIds = texts(in);
            List<String> clientIds = texts(in);
            byte[] payload = in.readPayload(in.unpackRawStringHeader());
            List<String> otherFields = version >= 1 ? texts(in) : List.of();
            String tenant = version >= 2 ? text(in) : "";
            List<String> tenants = version >= 2 ? texts(in) : List.of();
            return new HandReadMessage(
                    messageId, clientId, brokerId, brokerIds, clientIds, payload, otherFields, tenant, tenants);
        }
    }

    private static List<String> texts(MessageUnpacker in) throws IOException {
        int count = in.unpackArrayHeader();
        if (count == 0) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(in));
        }
        return texts;
    }

    private static String text(MessageUnpacker in) throws IOException {
        return in.unpackString();
    }
}
