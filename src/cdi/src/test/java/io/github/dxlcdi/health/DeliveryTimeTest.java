package io.github.dxlcdi.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.DxlConnected;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health tells of observers that do not return. */
class DeliveryTimeTest extends FabricTest {
    private static CountDownLatch gate;

    @BeforeEach
    void shut() {
        gate = new CountDownLatch(1);
    }

    @AfterEach
    void open() {
        gate.countDown();
    }

    @ParameterizedTest
    @ValueSource(classes = {Blocked.class, BlockedAsynchronously.class, BlockedByConnection.class})
    void observer_that_does_not_return_makes_the_application_unready_until_it_does(Class<?> bean) {
        try (TestApplication app =
                application().and("dxl.health.max-delivery-time", "2s").start(bean)) {
            awaitSubscribed();
            fabric.detections().publishRandom();

            await().until(() -> app.readiness().getStatus() == Status.DOWN
                    && data(app).get("state").toString().contains("has not returned"));

            assertThat(data(app).get("oldestDeliverySeconds")).isIn(2L, 3L, 4L, 5L);
            assertThat(data(app).get("oldestDeliveryObserver").toString()).endsWith(bean.getSimpleName() + ".on");
            assertThat(data(app).get("state").toString()).contains(bean.getSimpleName() + ".on");

            gate.countDown();

            await().until(() -> app.readiness().getStatus() == Status.UP);
            assertThat(data(app))
                    .containsEntry("oldestDeliverySeconds", 0L)
                    .doesNotContainKey("oldestDeliveryObserver");
        }
    }

    @Test
    void observers_that_return_are_not_added_up() {
        try (TestApplication app = application().start(Blocked.class)) {
            awaitSubscribed();
            gate.countDown();
            for (int i = 0; i < 100; i++) {
                fabric.detections().publishRandom();
            }
            await().until(() -> data(app).get("queueDepth").equals(0L));
            assertThat(data(app)).containsEntry("oldestDeliverySeconds", 0L);
        }
    }

    @Test
    void without_a_limit_the_time_is_told_and_the_application_stays_ready() {
        try (TestApplication app =
                application().and("dxl.health.max-delivery-time", "0s").start(Blocked.class)) {
            awaitSubscribed();
            fabric.detections().publishRandom();

            await().until(() -> (long) data(app).get("oldestDeliverySeconds") >= 2);

            assertThat(app.readiness().getStatus()).isEqualTo(Status.UP);
        }
    }

    private static Map<String, Object> data(TestApplication app) {
        return app.readiness().getData().orElseThrow();
    }

    @ApplicationScoped
    static class Blocked {
        void on(@Observes FileDetection detection) throws InterruptedException {
            gate.await();
        }
    }

    @ApplicationScoped
    static class BlockedAsynchronously {
        void on(@ObservesAsync FileDetection detection) throws InterruptedException {
            gate.await();
        }
    }

    @ApplicationScoped
    static class BlockedByConnection {
        void on(@Observes DxlConnected event) throws InterruptedException {
            gate.await();
        }

        void onDetection(@Observes FileDetection detection) {
            // Is observed so that there is a subscription.
        }
    }
}
