package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import io.github.dxlcdi.fabric.junit.FabricExtension;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FabricExtension.class)
class DetectionsTest {
    private static FileDetection read(Peer.Arrived arrived) throws Exception {
        return FileDetection.read((Event) Message.fromBytes(arrived.body()));
    }

    @Test
    void a_detection_reaches_a_subscriber_field_by_field(Fabric fabric) throws Exception {
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
    void a_random_detection_is_one_that_an_endpoint_might_send(Fabric fabric) throws Exception {
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
    void random_detections_differ(Fabric fabric) {
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

    @Test
    void a_subscriber_is_waited_for_and_told_about_if_none_comes(Fabric fabric) throws Exception {
        assertThatThrownBy(() -> fabric.detections().awaitSubscriber(Duration.ofMillis(50)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(FileDetection.TOPIC)
                .hasMessageContaining("0 clients are connected");
        CompletableFuture<Detections> there =
                CompletableFuture.supplyAsync(() -> fabric.detections().awaitSubscriber());
        try (Peer peer = Peer.join(fabric).subscribe(FileDetection.TOPIC)) {
            FileDetection published = there.get(5, TimeUnit.SECONDS).publishRandom();

            assertThat(read(peer.next()).toJson()).isEqualTo(published.toJson());
        }
    }

    @Test
    void a_detection_that_a_client_sends_is_waited_for_and_others_are_counted() throws Exception {
        try (Fabric own = Fabric.start();
                Peer peer = Peer.join(own)) {
            own.publish(FileDetection.TOPIC, "no detection".getBytes(StandardCharsets.UTF_8));
            own.publish("/other", RandomDetection.make().toPayload());
            FileDetection other = own.detections().publishRandom();
            FileDetection wanted = RandomDetection.make();
            CompletableFuture<FileDetection> seen = CompletableFuture.supplyAsync(
                    () -> own.detections().await(one -> one.hashes().equals(wanted.hashes())));

            peer.publish(FileDetection.TOPIC, wanted.toEvent().toBytes());

            FileDetection found = seen.get(5, TimeUnit.SECONDS);
            assertThat(found.toJson()).isEqualTo(wanted.toJson());
            assertThat(found.origin().sourceClientId()).contains(own.identity().thumbprint());
            assertThat(own.detections().await(one -> one.hashes().equals(other.hashes())))
                    .as("has passed before")
                    .isNotNull();
            assertThatThrownBy(() -> own.detections().await(one -> false, Duration.ofMillis(50)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("3 others did");
        }
    }

    @Test
    void a_subscription_by_wildcard_counts() throws Exception {
        try (Fabric own = Fabric.start();
                Peer peer = Peer.join(own).subscribe("/mcafee/event/tie/#")) {
            FileDetection published = own.detections().awaitSubscriber().publishRandom();

            assertThat(read(peer.next()).toJson()).isEqualTo(published.toJson());
        }
    }

    @Test
    void only_so_much_of_what_has_passed_is_kept() {
        try (Fabric own = Fabric.start()) {
            FileDetection first = own.detections().publishRandom();
            for (int i = 0; i < 9; i++) {
                own.publish(FileDetection.TOPIC, new byte[1_000_000]);
            }
            FileDetection last = own.detections().publishRandom();

            assertThat(own.detections().await(one -> one.hashes().equals(last.hashes())))
                    .isNotNull();
            assertThatThrownBy(() ->
                            own.detections().await(one -> one.hashes().equals(first.hashes()), Duration.ofMillis(50)))
                    .isInstanceOf(AssertionError.class);
        }
    }
}
