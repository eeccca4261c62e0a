package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import io.github.dxlcdi.tie.FileDetection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DetectionsTest {
    private static Fabric fabric;

    @BeforeAll
    static void start() {
        fabric = Fabric.start();
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    @Test
    void a_random_detection_reaches_a_subscriber_over_the_wire() throws Exception {
        try (Peer peer = Peer.join(fabric).subscribe(FileDetection.TOPIC)) {
            FileDetection published = fabric.detections().publishRandom();

            FileDetection arrived =
                    FileDetection.read((Event) Message.fromBytes(peer.next().body()));
            assertThat(arrived.toJson()).isEqualTo(published.toJson());
        }
    }
}
