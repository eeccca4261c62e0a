package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.ErrorFields;
import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireMessage.ResponseFields;
import io.github.dxlcdi.client.wire.WireMessage.TypeFields;
import java.util.List;
import java.util.UUID;

/** The messages that a broker makes itself: its own id stands where a sender's does. */
final class BrokerMessages {
    private static final byte[] NOTHING = {};

    private final String brokerId;

    BrokerMessages(String brokerId) {
        this.brokerId = brokerId;
    }

    WireMessage event(byte[] payload) {
        return message(List.of(), List.of(), payload, new EventFields());
    }

    WireMessage response(WireMessage request, byte[] payload) {
        return answer(request, payload, new ResponseFields(request.messageId(), serviceId(request)));
    }

    WireMessage error(WireMessage request, FabricError error) {
        return answer(
                request, NOTHING, new ErrorFields(request.messageId(), serviceId(request), error.code(), error.text()));
    }

    private WireMessage answer(WireMessage request, byte[] payload, TypeFields fields) {
        return message(List.of(request.sourceBrokerId()), List.of(request.sourceClientInstanceId()), payload, fields);
    }

    private WireMessage message(List<String> brokerIds, List<String> clientIds, byte[] payload, TypeFields fields) {
        return new WireMessage(
                WireMessage.CURRENT_VERSION,
                UUID.randomUUID().toString(),
                brokerId,
                brokerId,
                brokerIds,
                clientIds,
                payload,
                fields,
                List.of(),
                "",
                List.of(),
                brokerId);
    }

    private static String serviceId(WireMessage request) {
        return ((RequestFields) request.typeFields()).serviceId();
    }
}
