package io.github.dxlcdi.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest extends FabricTest {
    private static final int FLOOD = 20;
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @Test
    void lines_left_out_are_counted_once_when_the_flood_has_ended() {
        try (CapturedLog log = new CapturedLog()) {
            RateLimitedLog limited = new RateLimitedLog("io.github.dxlcdi.delivery");
            for (int i = 0; i < FLOOD; i++) {
                limited.write(Level.WARNING, "DXL9999", "flood");
            }
            limited.writeLeftOut(System.nanoTime());
            assertThat(log.with("DXL9999")).hasSize(RateLimitedLog.LINES_PER_WINDOW);

            long later = System.nanoTime() + A_MINUTE.toNanos();
            limited.writeLeftOut(later);
            limited.writeLeftOut(later);

            assertThat(log.with("DXL9999"))
                    .hasSize(RateLimitedLog.LINES_PER_WINDOW + 1)
                    .last()
                    .asString()
                    .isEqualTo("WARNING DXL9999 15 more of these were not written");
        }
    }

    @Test
    void flood_of_unreadable_messages_is_counted_within_a_minute() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(Quarantine.class)) {
            awaitSubscribed();
            for (int i = 0; i < FLOOD; i++) {
                fabric.publishBytes(FileDetection.TOPIC, new byte[] {3, 2, 1});
            }
            await().atMost(A_MINUTE)
                    .untilAsserted(() ->
                            assertThat(log.with("DXL1202 15 more of these")).hasSize(1));
        }
    }

    @Test
    void flood_that_the_stop_of_the_application_ends_is_counted_then() {
        CapturedLog log = new CapturedLog();
        try (log) {
            try (TestApplication app = application().start(Quarantine.class)) {
                awaitSubscribed();
                for (int i = 0; i < FLOOD; i++) {
                    fabric.publishBytes(FileDetection.TOPIC, new byte[] {3, 2, 1});
                }
                fabric.detections().publishRandom();
                await().until(() -> !app.get(Quarantine.class).seen().isEmpty());
            }
            assertThat(log.with("DXL1202 15 more of these")).hasSize(1);
        }
    }
}
