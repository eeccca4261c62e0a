package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketSizeTest {
    @ParameterizedTest
    @CsvSource({"/t, 123", "/t, 124", "/käse/€/😀, 200", "/t, 16379", "/t, 16380", "/t, 2097147", "/t, 2097148"})
    void the_size_of_a_packet_is_the_number_of_bytes_that_are_written(String topic, int bodyBytes) {
        EmbeddedChannel encoder = new EmbeddedChannel(MqttEncoder.INSTANCE);
        encoder.writeOutbound(MqttMessageBuilders.publish()
                .topicName(topic)
                .qos(MqttQoS.AT_MOST_ONCE)
                .payload(Unpooled.wrappedBuffer(new byte[bodyBytes]))
                .build());
        int written = 0;
        for (ByteBuf bytes = encoder.readOutbound(); bytes != null; bytes = encoder.readOutbound()) {
            written += bytes.readableBytes();
            bytes.release();
        }

        assertThat(PacketSize.ofPublish(topic, bodyBytes)).isEqualTo(written);
    }

    @Test
    void the_largest_packet_is_the_one_that_mqtt_can_express() {
        int topicBytes = 2 + 2;

        assertThat(PacketSize.ofPublish("/t", 268_435_455 - topicBytes)).isEqualTo(PacketSize.MOST);
    }
}
