package io.github.dxlcdi.benchmarks.load;

import io.github.dxlcdi.tie.FileDetection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;

/** Answers a subscriber as a broker does, and says when it subscribes to detections. */
final class Answers extends SimpleChannelInboundHandler<MqttMessage> {
    private final Runnable subscribed;

    Answers(Runnable subscribed) {
        this.subscribed = subscribed;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage packet) {
        if (packet instanceof MqttConnectMessage) {
            context.writeAndFlush(MqttMessageBuilders.connAck()
                    .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                    .sessionPresent(false)
                    .build());
        } else if (packet instanceof MqttSubscribeMessage subscribe) {
            MqttMessageBuilders.SubAckBuilder granted = MqttMessageBuilders.subAck()
                    .packetId(subscribe.variableHeader().messageId());
            subscribe.payload().topicSubscriptions().forEach(topic -> granted.addGrantedQos(MqttQoS.AT_MOST_ONCE));
            context.writeAndFlush(granted.build());
            if (subscribe.payload().topicSubscriptions().stream()
                    .anyMatch(topic -> topic.topicFilter().equals(FileDetection.TOPIC))) {
                subscribed.run();
            }
        } else if (packet instanceof MqttUnsubscribeMessage unsubscribe) {
            context.writeAndFlush(MqttMessageBuilders.unsubAck()
                    .packetId(unsubscribe.variableHeader().messageId())
                    .build());
        } else if (packet.fixedHeader().messageType() == MqttMessageType.PINGREQ) {
            context.writeAndFlush(MqttMessage.PINGRESP);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
