package io.github.dxlcdi.benchmarks.parts;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import io.github.dxlcdi.benchmarks.load.DetectionFrames;
import io.github.dxlcdi.tie.FileDetection;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Different detections, one after the other without end. For one thread. */
final class Detections {
    private static final int COUNT = 1_024;

    private final byte[][] bodies = new byte[COUNT][];
    private final Event[] events = new Event[COUNT];
    private int next;

    Detections() {
        DetectionFrames frames = DetectionFrames.make(COUNT);
        EmbeddedChannel decoder = new EmbeddedChannel(new MqttDecoder());
        for (int i = 0; i < COUNT; i++) {
            decoder.writeInbound(Unpooled.wrappedBuffer(frames.frame(i)));
            MqttPublishMessage packet = decoder.readInbound();
            bodies[i] = ByteBufUtil.getBytes(packet.payload());
            events[i] = read(bodies[i]);
            events[i].setDestinationTopic(FileDetection.TOPIC);
        }
        decoder.finishAndReleaseAll();
    }

    private static Event read(byte[] body) {
        try {
            return (Event) Message.fromBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of an MQTT packet. */
    byte[] body() {
        return bodies[next++ % COUNT];
    }

    /** What is read from it. */
    Event event() {
        return events[next++ % COUNT];
    }
}
