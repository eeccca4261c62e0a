package io.github.dxlcdi.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.ClientIdentity;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

class HealthTest extends FabricTest {

    @Test
    void a_connected_application_is_alive_and_ready_and_tells_how_it_stands() {
        try (TestApplication app = application().start(Blocked.class)) {
            awaitSubscribed();
            await().until(() -> app.readiness().getStatus() == Status.UP);
            fabric.detections().publishRandom();
            await().until(() -> Blocked.entered.getCount() == 0);
            fabric.detections().publishRandom();
            fabric.detections().publishRandom();
            await().until(() ->
                    app.readiness().getData().orElseThrow().get("queueDepth").equals(2L));

            assertThat(app.readiness().getName()).isEqualTo("dxl-fabric");
            assertThat(app.readiness().getData().orElseThrow())
                    .containsEntry("state", "ready")
                    .containsEntry("broker", "ssl://localhost:" + fabric.port())
                    .containsEntry("subscriptions", 1L)
                    .doesNotContainKey("lastError");
            assertThat(Instant.parse(
                            (String) app.readiness().getData().orElseThrow().get("since")))
                    .isBefore(Instant.now());
            assertThat(liveness(app).getStatus()).isEqualTo(Status.UP);
            Blocked.gate.countDown();
        }
    }

    @Test
    void it_tells_how_the_connection_is_protected_and_when_certificates_end() {
        try (TestApplication app = application().start(Blocked.class)) {
            await().until(() -> app.readiness().getStatus() == Status.UP);

            assertThat(app.readiness().getData().orElseThrow())
                    .containsEntry("tls", "TLSv1.3 TLS_AES_256_GCM_SHA384 (JDK)")
                    .containsEntry("forwardSecrecy", true)
                    .containsEntry("checked", "authority")
                    .containsEntry("clientCertificateDaysLeft", 364L)
                    .containsEntry("authorityDaysLeft", 364L)
                    .hasEntrySatisfying("clientCertificateExpires", HealthTest::isInAYear)
                    .hasEntrySatisfying("authorityExpires", HealthTest::isInAYear);
        }
        try (TestApplication app =
                application().and("dxl.tls.verify-hostname", "true").start(Blocked.class)) {
            await().until(() -> app.readiness().getStatus() == Status.UP);

            assertThat(app.readiness().getData().orElseThrow()).containsEntry("checked", "authority and host name");
        }
    }

    @Test
    void a_certificate_that_ends_soon_or_has_ended_is_told_connected_or_not() {
        ClientIdentity soon = fabric.newIdentity("soon", Duration.ofDays(5));
        try (TestApplication app = with(soon).start(Blocked.class)) {
            await().until(() -> app.readiness().getStatus() == Status.UP);
            assertThat(app.readiness().getData().orElseThrow()).containsEntry("clientCertificateDaysLeft", 4L);
        }
        try (TestApplication app = with(fabric.expiredIdentity("late")).start(Blocked.class)) {
            await().until(() -> app.readiness().getData().orElseThrow().containsKey("lastError"));
            assertThat(app.readiness().getData().orElseThrow())
                    .containsEntry("clientCertificateDaysLeft", -1L)
                    .doesNotContainKeys("tls", "forwardSecrecy", "checked");
        }
    }

    @Test
    void a_broker_that_is_away_makes_it_unready_with_the_reason_and_leaves_it_alive() {
        fabric.faults().stop();
        try (TestApplication app = application().start(Blocked.class)) {
            await().until(() -> app.readiness().getData().orElseThrow().containsKey("lastError"));
            assertThat(app.readiness().getStatus()).isEqualTo(Status.DOWN);
            assertThat(app.readiness().getData().orElseThrow())
                    .containsEntry("state", "connecting")
                    .hasEntrySatisfying(
                            "lastError",
                            error -> assertThat((String) error)
                                    .contains(":" + fabric.port(), "check that the broker runs"));
            assertThat(liveness(app).getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void readiness_and_health_can_be_taken_out() {
        try (TestApplication app =
                application().and("dxl.health.readiness", "false").start(Blocked.class)) {
            assertThat(app.beanManager().getBeans(HealthCheck.class, Readiness.Literal.INSTANCE))
                    .isEmpty();
            assertThat(app.beanManager().getBeans(HealthCheck.class, Liveness.Literal.INSTANCE))
                    .hasSize(1);
        }
        try (TestApplication app =
                application().and("dxl.health.enabled", "false").start(Blocked.class)) {
            assertThat(app.beanManager().getBeans(HealthCheck.class, Liveness.Literal.INSTANCE))
                    .isEmpty();
        }
    }

    @Test
    void an_application_that_observes_nothing_is_ready() {
        try (TestApplication app = TestApplication.with().start()) {
            assertThat(app.readiness().getStatus()).isEqualTo(Status.UP);
            assertThat(app.readiness().getData().orElseThrow()).containsEntry("state", "nothing observed");
        }
        try (TestApplication app = application().start()) {
            assertThat(app.readiness().getStatus()).isEqualTo(Status.UP);
            assertThat(app.readiness().getData().orElseThrow())
                    .containsEntry(
                            "state", "nothing observed, although a fabric is configured; see DXL1111 in the log");
        }
    }

    private TestApplication.Starter with(ClientIdentity identity) {
        return TestApplication.with(
                "dxl.brokers", "ssl://localhost:" + fabric.port(),
                "dxl.tls.ca", fabric.caPem(),
                "dxl.tls.certificate", identity.certificatePem(),
                "dxl.tls.private-key", identity.privateKeyPem());
    }

    private static void isInAYear(Object end) {
        assertThat(Duration.between(Instant.now(), Instant.parse((String) end)).toDays())
                .isEqualTo(364);
    }

    private static HealthCheckResponse liveness(TestApplication app) {
        return app.get(HealthCheck.class, Liveness.Literal.INSTANCE).call();
    }

    @ApplicationScoped
    static class Blocked {
        private static CountDownLatch entered = new CountDownLatch(1);
        private static CountDownLatch gate = new CountDownLatch(1);

        void onDetection(@Observes FileDetection detection) throws InterruptedException {
            entered.countDown();
            gate.await();
        }
    }
}
