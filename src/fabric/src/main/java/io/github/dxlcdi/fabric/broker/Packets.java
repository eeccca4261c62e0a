package io.github.dxlcdi.fabric.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;

/** The packets that a broker answers with, in the form of MQTT 3.1.1, which is also that of 3.1. */
final class Packets {
    static final byte CONNACK_ACCEPTED = 0;
    static final byte CONNACK_WRONG_VERSION = 1;
    static final byte CONNACK_BAD_CLIENT_ID = 2;
    static final byte CONNACK_UNAVAILABLE = 3;

    /** Deliveries are QoS 0, neither retained nor repeated, whatever the publisher said. */
    static final MqttFixedHeader PUBLISH = header(MqttMessageType.PUBLISH);

    private Packets() {}

    static boolean isSpoken(MqttConnectVariableHeader connect) {
        return connect.version() == MqttVersion.MQTT_3_1.protocolLevel()
                || connect.version() == MqttVersion.MQTT_3_1_1.protocolLevel();
    }

    static boolean isUnknownVersion(Throwable cause) {
        return cause instanceof MqttUnacceptableProtocolVersionException;
    }

    static boolean isBadClientId(Throwable cause) {
        return cause instanceof MqttIdentifierRejectedException;
    }

    /** As bytes, for Netty would give a client of MQTT 5 the answer in that version's form. */
    static ByteBuf connack(byte code) {
        return Unpooled.wrappedBuffer(new byte[] {0x20, 2, 0, code});
    }

    /** Grants each subscription the QoS that was asked for. */
    static MqttMessage suback(MqttSubscribeMessage packet) {
        int[] granted = packet.payload().topicSubscriptions().stream()
                .mapToInt(subscription -> subscription.qualityOfService().value())
                .toArray();
        return new MqttSubAckMessage(
                header(MqttMessageType.SUBACK),
                MqttMessageIdVariableHeader.from(packet.variableHeader().messageId()),
                new MqttSubAckPayload(granted));
    }

    static MqttMessage unsuback(MqttUnsubscribeMessage packet) {
        return new MqttUnsubAckMessage(
                header(MqttMessageType.UNSUBACK),
                MqttMessageIdVariableHeader.from(packet.variableHeader().messageId()));
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }
}
