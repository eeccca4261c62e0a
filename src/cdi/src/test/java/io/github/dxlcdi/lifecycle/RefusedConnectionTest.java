package io.github.dxlcdi.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.ClientIdentity;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.Faults;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusedConnectionTest extends FabricTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(Faults::expiredCertificate, "the broker's certificate has expired"),
                fault(Faults::foreignCertificate, "check that the CA bundle is this fabric's (dxl.tls.ca,"),
                fault(Faults::refuseCertificates, "the broker refused our certificate"),
                fault(Faults::stop, "check that the broker runs and that the port is open"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void readiness_says_what_the_one_line_of_the_log_says_until_it_is_mended(Consumer<Faults> fault, String words) {
        fault.accept(fabric.faults());
        try (CapturedLog log = new CapturedLog();
                TestApplication app = withOneAddress().start(Watcher.class)) {
            assertSameWords(app, log, "127.0.0.1", words);

            fabric.faults().heal();
            fabric.faults().restart().join();
            // What was connected in between is lost with the restart, and the client notices that later.
            await().until(() -> fabric.connectedClients() == 1 && readiness(app).getStatus() == Status.UP);
            assertThat(readiness(app).getData().orElseThrow()).doesNotContainKey("lastError");
            fabric.detections().publishRandom();
            await().until(() -> app.get(Watcher.class).detections() == 1);
        }
    }

    @Test
    void our_expired_certificate_is_told_in_the_same_words() {
        assertSameWords(
                with(fabric.expiredIdentity("late")),
                "127.0.0.1",
                "the broker refused our certificate",
                ": it has expired (CN=late",
                "get a new one from this fabric");
    }

    @Test
    void our_certificate_of_another_fabric_is_told_in_the_same_words() {
        try (Fabric another = Fabric.start()) {
            assertSameWords(
                    with(another.newIdentity("stranger")),
                    "127.0.0.1",
                    "the broker refused our certificate",
                    "(CN=stranger, issued by ",
                    "check that it is issued for this fabric and still valid");
        }
    }

    @Test
    void a_host_that_does_not_exist_is_told_in_the_same_words() {
        assertSameWords(
                withOneAddress().and("dxl.brokers", "ssl://no-such-host.invalid:" + fabric.port()),
                "no-such-host.invalid",
                "the host name could not be looked up; check the broker's name");
    }

    private void assertSameWords(TestApplication.Starter application, String host, String... words) {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application.start(Watcher.class)) {
            assertSameWords(app, log, host, words);
        }
    }

    private void assertSameWords(TestApplication app, CapturedLog log, String host, String... words) {
        await().until(() -> readiness(app).getData().orElseThrow().containsKey("lastError"));
        // Some ten tries.
        await().during(Duration.ofSeconds(1)).until(() -> readiness(app).getStatus() == Status.DOWN);
        String lastError = (String) readiness(app).getData().orElseThrow().get("lastError");

        assertThat(lastError)
                .startsWith(host + ":" + fabric.port() + ": ")
                .contains(words)
                .doesNotContain("\n");
        assertThat(log.with("DXL0202"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("WARNING DXL0202 Could not connect: " + lastError + "; next try in ");
    }

    private TestApplication.Starter with(ClientIdentity identity) {
        return withOneAddress()
                .and("dxl.tls.certificate", identity.certificatePem())
                .and("dxl.tls.private-key", identity.privateKeyPem());
    }

    /** The folder of the fabric names two, and each has its line. */
    private TestApplication.Starter withOneAddress() {
        return TestApplication.with(
                "dxl.brokers",
                "ssl://127.0.0.1:" + fabric.port(),
                "dxl.tls.ca",
                fabric.caPem(),
                "dxl.tls.certificate",
                fabric.certificatePem(),
                "dxl.tls.private-key",
                fabric.privateKeyPem(),
                "dxl.reconnect.delay",
                "50ms",
                "dxl.reconnect.max-delay",
                "100ms");
    }

    private static Arguments fault(Consumer<Faults> fault, String words) {
        return Arguments.of(fault, words);
    }

    private static HealthCheckResponse readiness(TestApplication app) {
        return app.get(HealthCheck.class, Readiness.Literal.INSTANCE).call();
    }

    @ApplicationScoped
    static class Watcher {
        private final AtomicInteger detections = new AtomicInteger();

        void onDetection(@Observes FileDetection detection) {
            detections.incrementAndGet();
        }

        int detections() {
            return detections.get();
        }
    }
}
