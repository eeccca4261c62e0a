package io.github.dxlcdi.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.DxlConnected;
import io.github.dxlcdi.DxlDisconnected;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest extends FabricTest {
    private static final Duration BACK_WITHIN = Duration.ofSeconds(2);

    @ParameterizedTest
    @ValueSource(longs = {1, 10})
    void after_a_restart_of_the_broker_the_application_is_connected_and_subscribed_again(long seconds) {
        try (TestApplication app =
                application().and("dxl.reconnect.max-delay", "1s").start(Watcher.class)) {
            awaitSubscribed();
            Watcher watcher = app.get(Watcher.class);
            await().until(() -> app.readiness().getStatus() == Status.UP
                    && watcher.connected().size() == 1);
            assertThat(watcher.connected().get(0).gap()).isEmpty();

            Instant before = Instant.now();
            var restart = fabric.faults().restartAfter(Duration.ofSeconds(seconds));
            await().until(() -> app.readiness().getStatus() == Status.DOWN);
            assertThat(app.readiness().getData().orElseThrow().get("lastError").toString())
                    .contains(":" + fabric.port());
            restart.join();
            await().atMost(BACK_WITHIN).until(() -> app.readiness().getStatus() == Status.UP);
            Instant after = Instant.now();

            assertThat(topics()).containsExactly(FileDetection.TOPIC);
            await().until(() -> watcher.connected().size() == 2);
            assertThat(watcher.disconnected()).hasSize(1).first().satisfies(event -> {
                assertThat(event.broker()).isEqualTo("ssl://localhost:" + fabric.port());
                assertThat(event.reason()).isNotBlank();
            });
            DxlConnected.Gap gap = watcher.connected().get(1).gap().orElseThrow();
            assertThat(gap.from()).isBetween(before.minusSeconds(30), before.plusSeconds(1));
            assertThat(gap.to()).isBetween(before.plusSeconds(seconds), after);

            fabric.detections().publishRandom();
            await().until(() -> watcher.detections().size() == 1);
        }
    }

    @Test
    void a_broker_that_is_not_there_at_start_is_found_when_it_comes() {
        fabric.faults().stop();
        long before = System.nanoTime();
        try (TestApplication app =
                application().and("dxl.reconnect.max-delay", "1s").start(Watcher.class)) {
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
            await().until(() -> app.readiness().getData().orElseThrow().containsKey("lastError"));
            assertThat(app.readiness().getStatus()).isEqualTo(Status.DOWN);

            fabric.faults().restart().join();
            await().atMost(BACK_WITHIN).until(() -> app.readiness().getStatus() == Status.UP);
            Watcher watcher = app.get(Watcher.class);
            await().until(() -> watcher.connected().size() == 1);
            assertThat(watcher.connected().get(0).gap()).isEmpty();
            fabric.detections().publishRandom();
            await().until(() -> watcher.detections().size() == 1);
        }
    }

    @Test
    void while_a_broker_is_away_each_reason_is_written_once() {
        fabric.faults().stop();
        try (CapturedLog log = new CapturedLog();
                TestApplication app =
                        application().and("dxl.reconnect.max-delay", "50ms").start(Watcher.class)) {
            await().until(() -> !log.with("DXL0202").isEmpty());
            // Some twenty passes over a host name and an address.
            await().during(Duration.ofSeconds(1)).until(() -> true);
            assertThat(log.with("WARNING DXL0202")).hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void a_half_open_connection_is_noticed_within_one_and_a_half_keep_alive() {
        try (TestApplication app = application().and("dxl.keep-alive", "2s").start(Watcher.class)) {
            awaitSubscribed();
            Watcher watcher = app.get(Watcher.class);
            await().until(() -> watcher.connected().size() == 1);

            Instant silent = Instant.now();
            fabric.faults().halfOpen();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> watcher.disconnected().size() == 1);
            assertThat(Duration.between(silent, watcher.noticed())).isLessThan(Duration.ofMillis(3_000 + 500));
            assertThat(watcher.disconnected().get(0).reason()).contains("nothing was heard");
            assertThat(watcher.disconnected().get(0).lastHeard()).isBefore(silent.plusMillis(500));

            await().until(() -> watcher.connected().size() == 2);
            fabric.detections().publishRandom();
            await().until(() -> watcher.detections().size() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "30ffffff7f"})
    void a_malformed_or_oversized_packet_is_told_and_the_application_is_back_within_two_seconds(String hex) {
        try (CapturedLog log = new CapturedLog();
                TestApplication app =
                        application().and("dxl.reconnect.delay", "500ms").start(Watcher.class)) {
            awaitSubscribed();
            Watcher watcher = app.get(Watcher.class);
            await().until(() -> watcher.connected().size() == 1);

            fabric.faults().garbage(HexFormat.of().parseHex(hex));

            await().atMost(BACK_WITHIN).until(() -> watcher.connected().size() == 2);
            assertThat(topics()).containsExactly(FileDetection.TOPIC);
            assertThat(watcher.disconnected())
                    .hasSize(1)
                    .first()
                    .satisfies(event -> assertThat(event.reason()).contains("the broker sent a malformed MQTT packet"));
            assertThat(log.with("WARNING DXL0204"))
                    .hasSize(1)
                    .allMatch(line -> line.contains("the broker sent a malformed MQTT packet"));
            assertThat(log.with("WARNING")).hasSize(1);
            fabric.detections().publishRandom();
            await().until(() -> watcher.detections().size() == 1);
        }
    }

    @Test
    void with_several_brokers_the_next_one_takes_over() {
        try (Fabric other = Fabric.start()) {
            // Both brokers have to trust each other's clients, so the second is one that is never there.
            other.close();
            try (TestApplication app = TestApplication.with(
                            "dxl.brokers",
                            "{00000000-0000-4000-8000-000000000001};" + other.port() + ";localhost,ssl://localhost:"
                                    + fabric.port(),
                            "dxl.tls.ca",
                            fabric.caPem(),
                            "dxl.tls.certificate",
                            fabric.certificatePem(),
                            "dxl.tls.private-key",
                            fabric.privateKeyPem())
                    .start(Watcher.class)) {
                awaitSubscribed();
                await().until(() -> app.get(Watcher.class).connected().size() == 1);
                assertThat(app.get(Watcher.class).connected().get(0).broker())
                        .isEqualTo("ssl://localhost:" + fabric.port());
            }
        }
    }

    @ApplicationScoped
    static class Watcher {
        private final List<DxlConnected> connected = new CopyOnWriteArrayList<>();
        private final List<DxlDisconnected> disconnected = new CopyOnWriteArrayList<>();
        private final List<FileDetection> detections = new CopyOnWriteArrayList<>();
        private volatile Instant noticed;

        void onConnected(@Observes DxlConnected event) {
            connected.add(event);
        }

        void onDisconnected(@Observes DxlDisconnected event) {
            noticed = Instant.now();
            disconnected.add(event);
        }

        void onDetection(@Observes FileDetection detection) {
            detections.add(detection);
        }

        List<DxlConnected> connected() {
            return connected;
        }

        List<DxlDisconnected> disconnected() {
            return disconnected;
        }

        List<FileDetection> detections() {
            return detections;
        }

        Instant noticed() {
            return noticed;
        }
    }
}
