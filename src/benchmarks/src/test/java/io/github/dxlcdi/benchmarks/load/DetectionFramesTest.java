package io.github.dxlcdi.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import io.github.dxlcdi.tie.FileDetection;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DetectionFramesTest {
    private static final int COUNT = 1_500;

    @Test
    void each_frame_is_a_detection_that_the_client_reads_and_no_two_are_alike() throws Exception {
        List<Event> events = new ArrayList<>();
        DetectionFrames frames = DetectionFrames.make(COUNT);
        EmbeddedChannel decoder = new EmbeddedChannel(new MqttDecoder());
        decoder.writeInbound(frames.concatenated());
        for (MqttPublishMessage packet = decoder.readInbound(); packet != null; packet = decoder.readInbound()) {
            assertThat(packet.variableHeader().topicName()).isEqualTo(FileDetection.TOPIC);
            events.add((Event) Message.fromBytes(ByteBufUtil.getBytes(packet.payload())));
            packet.release();
        }
        List<FileDetection> detections =
                events.stream().map(FileDetection::read).toList();

        assertThat(detections).hasSize(COUNT);
        assertThat(different(events, Event::getMessageId)).isEqualTo(COUNT);
        assertThat(different(events, Event::getSourceClientId)).isEqualTo(COUNT);
        assertThat(different(detections, FileDetection::agentGuid)).isEqualTo(COUNT);
        assertThat(different(detections, FileDetection::detectionTime)).isEqualTo(COUNT);
        assertThat(different(detections, FileDetection::hashes)).isEqualTo(COUNT);
        assertThat(different(detections, FileDetection::name)).isEqualTo(COUNT);
        assertThat(detections).allMatch(detection -> detection.hashes().sha256().isPresent());
    }

    @Test
    void they_are_the_same_at_every_run() {
        assertThat(DetectionFrames.make(3).frame(2))
                .isEqualTo(DetectionFrames.make(3).frame(2));
    }

    private static <T> long different(List<T> all, Function<T, Object> field) {
        return all.stream().map(field).distinct().count();
    }
}
