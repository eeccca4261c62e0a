package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
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

    private static FileDetection read(Peer.Arrived arrived) throws Exception {
        return FileDetection.read((Event) Message.fromBytes(arrived.body()));
    }

    @Test
    void a_detection_reaches_a_subscriber_field_by_field() throws Exception {
        FileDetection detection = FileDetection.builder()
                .agentGuid("{68125cd6-a5d8-11e6-348e-000c29663178}")
                .detectionTime(Instant.ofEpochSecond(1481301796))
                .hashes(Hashes.of(Map.of("sha1", "435dfd470f727437c7cb4f07cba1f9a1f4272656")))
                .localReputation(TrustLevel.KNOWN_MALICIOUS)
                .name("FOCUS_MALWARE2.EXE")
                .remediationAction(5)
                .build();
        try (Peer peer = Peer.join(fabric).subscribe(FileDetection.TOPIC)) {
            assertThat(fabric.detections().publish(detection)).isSameAs(detection);

            assertThat(read(peer.next()).toJson()).isEqualTo(detection.toJson());
        }
    }

    @RepeatedTest(5)
    void a_random_detection_is_one_that_an_endpoint_might_send() throws Exception {
        try (Peer peer = Peer.join(fabric).subscribe(FileDetection.TOPIC)) {
            FileDetection published = fabric.detections().publishRandom();

            FileDetection arrived = read(peer.next());
            assertThat(arrived.toJson()).isEqualTo(published.toJson());
            assertThat(arrived.agentGuid()).matches("\\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}}");
            assertThat(arrived.detectionTime()).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
            assertThat(arrived.hashes().md5().orElseThrow()).hasSize(32);
            assertThat(arrived.hashes().sha1().orElseThrow()).hasSize(40);
            assertThat(arrived.hashes().sha256().orElseThrow()).hasSize(64);
            assertThat(arrived.localReputation().isKnown()).isTrue();
            assertThat(arrived.name()).isPresent();
        }
    }

    @Test
    void random_detections_differ() {
        Set<String> names = new HashSet<>();
        Set<Hashes> hashes = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            FileDetection detection = fabric.detections().publishRandom();
            names.add(detection.name().orElseThrow());
            hashes.add(detection.hashes());
        }

        assertThat(names).hasSizeGreaterThan(5);
        assertThat(hashes).hasSize(200);
    }
}
