package io.github.dxlcdi.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.opendxl.client.Broker;
import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import jakarta.inject.Singleton;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class LifecycleTest extends FabricTest {
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(1);
    private static Path configFile;

    @Test
    void the_end_of_the_application_leaves_no_connection_and_no_thread() {
        try (TestApplication app = application().start(Quarantine.class)) {
            awaitSubscribed();
            fabric.detections().publishRandom();
            await().until(() -> app.get(Quarantine.class).seen().size() == 1);
        }
        assertThat(fabric.connectedClients()).isZero();
        awaitNoThreads();
    }

    @Test
    void the_end_while_the_broker_is_sought_leaves_no_thread() {
        fabric.faults().stop();
        long before;
        try (TestApplication app = application().start(Quarantine.class)) {
            before = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        awaitNoThreads();
    }

    @Test
    void an_observer_that_is_blocked_at_the_end_gets_the_shutdown_timeout_and_then_an_interrupt() {
        Blocked.interrupted = new CountDownLatch(1);
        long before;
        try (TestApplication app =
                application().and("dxl.delivery.shutdown-timeout", "1s").start(Blocked.class)) {
            awaitSubscribed();
            fabric.detections().publishRandom();
            await().until(() -> Blocked.entered.getCount() == 0);
            before = System.nanoTime();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertThat(Blocked.interrupted.getCount()).isZero();
        assertThat(took).isBetween(SHUTDOWN_TIMEOUT.minusMillis(50), SHUTDOWN_TIMEOUT.plusSeconds(2));
        awaitNoThreads();
    }

    @Test
    void with_fail_fast_a_broker_that_is_not_there_fails_the_deployment() {
        fabric.faults().stop();
        assertThatThrownBy(
                        () -> application().and("dxl.connect.fail-fast", "true").start(Quarantine.class))
                .hasStackTraceContaining("DXL1108")
                .hasStackTraceContaining(":" + fabric.port() + ": no connection");
        awaitNoThreads();
    }

    @Test
    void with_fail_fast_the_application_starts_connected() {
        try (TestApplication app =
                application().and("dxl.connect.fail-fast", "true").start(Quarantine.class)) {
            assertThat(topics()).containsExactly(FileDetection.TOPIC);
        }
    }

    @Test
    void switched_off_it_does_nothing() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app =
                        TestApplication.with("dxl.enabled", "false").start(Quarantine.class)) {
            assertThat(log.with("DXL1107")).hasSize(1);
            assertThatThrownBy(() -> app.get(DxlClient.class)).hasStackTraceContaining("dxl.enabled is false");
        }
    }

    @Test
    void the_injected_client_sends_over_the_connection_that_delivers() {
        try (TestApplication app = application().start(Quarantine.class, Sender.class)) {
            awaitSubscribed();
            await().until(() -> app.get(Sender.class).isConnected());
            FileDetection detection = fabric.detections().publishRandom();
            app.get(Sender.class).send(detection.toEvent());
            await().until(() -> app.get(Quarantine.class).seen().size() == 2);
            assertThat(fabric.connectedClients()).isEqualTo(1);
            assertThat(app.get(Quarantine.class).seen().get(1).origin().sourceClientId())
                    .contains(fabric.identity().thumbprint());
        }
    }

    @Test
    void the_embedded_fabric_delivers_and_is_announced_as_not_for_production() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app =
                        TestApplication.with("dxl.fabric.embedded", "true").start(Quarantine.class, Sender.class)) {
            assertThat(log.with("DXL1103"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("WARNING")
                    .contains("not for production");
            await().until(() -> app.get(Sender.class).isConnected());
            FileDetection detection = fabric.detections().publishRandom();
            app.get(Sender.class).send(detection.toEvent());
            await().until(() -> app.get(Quarantine.class).seen().size() == 1);
        }
        fabric.close();
        awaitNoThreads();
    }

    @Test
    void a_configuration_bean_of_the_application_takes_precedence() {
        configFile = folder.resolve("dxlclient.config");
        try (TestApplication app = TestApplication.with().start(Quarantine.class, OwnConfig.class)) {
            awaitSubscribed();
            assertThat(app.get(DxlClient.class).getUniqueId()).isEqualTo("chosen by the application");
        }
    }

    @Test
    void a_client_bean_of_the_application_takes_precedence_and_is_left_to_it() {
        configFile = folder.resolve("dxlclient.config");
        try (TestApplication app = TestApplication.with().start(Quarantine.class, OwnClient.class)) {
            awaitSubscribed();
            fabric.detections().publishRandom();
            await().until(() -> app.get(Quarantine.class).seen().size() == 1);
            assertThat(app.get(DxlClient.class)).isSameAs(OwnClient.made);
        }
        assertThat(OwnClient.disposed).isTrue();
        awaitNoThreads();
    }

    @Test
    void a_client_that_is_only_looked_up_lazily_is_that_of_the_configured_fabric() {
        try (TestApplication app = application().start(LazySender.class)) {
            await().until(() -> fabric.connectedClients() == 1);
            assertThat(app.get(LazySender.class).brokers())
                    .extracting(Broker::getPort)
                    .containsExactly(fabric.port());
        }
        awaitNoThreads();
    }

    @Test
    void a_client_that_is_looked_up_without_notice_is_that_of_the_configured_fabric_and_ends_with_the_application()
            throws DxlException {
        try (TestApplication app = application().start()) {
            DxlClient client = app.get(DxlClient.class);
            client.connect();
            assertThat(client.getCurrentBroker().getPort()).isEqualTo(fabric.port());
        }
        assertThat(fabric.connectedClients()).isZero();
        awaitNoThreads();
    }

    @Test
    void a_client_of_the_application_with_a_qualifier_leaves_ours_in_place() {
        configFile = folder.resolve("dxlclient.config");
        try (TestApplication app = application().start(Quarantine.class, QualifiedClient.class)) {
            awaitSubscribed();
            assertThat(app.get(DxlClient.class)).isNotSameAs(app.get(DxlClient.class, Another.Literal.INSTANCE));
        }
    }

    @Test
    void with_fail_fast_a_configuration_of_the_application_fails_the_deployment_as_well() {
        configFile = folder.resolve("dxlclient.config");
        fabric.faults().stop();
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> TestApplication.with("dxl.connect.fail-fast", "true")
                                .start(Quarantine.class, OwnConfig.class))
                        .hasStackTraceContaining("DXL1108"));
        awaitNoThreads();
    }

    @Test
    void an_application_that_ends_its_own_subscription_is_no_longer_ready() throws DxlException {
        try (TestApplication app = application().start(Quarantine.class)) {
            awaitSubscribed();
            await().until(() -> app.readiness().getStatus() == Status.UP);
            app.get(DxlClient.class).unsubscribe(FileDetection.TOPIC);
            assertThat(app.readiness().getStatus()).isEqualTo(Status.DOWN);
            assertThat(app.readiness().getData().orElseThrow().get("state").toString())
                    .contains("not subscribed", FileDetection.TOPIC);
        }
    }

    @Test
    void an_asynchronous_observer_that_is_running_at_the_end_may_finish_in_the_shutdown_timeout() {
        SlowAsync.finished = new CountDownLatch(1);
        SlowAsync.entered = new CountDownLatch(1);
        try (TestApplication app = application().start(SlowAsync.class)) {
            awaitSubscribed();
            fabric.detections().publishRandom();
            await().until(() -> SlowAsync.entered.getCount() == 0);
        }
        assertThat(SlowAsync.finished.getCount()).isZero();
        awaitNoThreads();
    }

    private static void awaitNoThreads() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("dxl-") && !name.startsWith("dxl-fabric"))
                .noneMatch(name -> name.startsWith("CompletableFutureDelayScheduler")));
    }

    @ApplicationScoped
    static class Sender {
        @Inject
        private DxlClient client;

        boolean isConnected() {
            return client.isConnected();
        }

        void send(Event event) {
            try {
                client.sendEvent(event);
            } catch (DxlException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ApplicationScoped
    static class LazySender {
        @Inject
        private Instance<DxlClient> client;

        List<Broker> brokers() {
            return client.get().getConfig().getBrokerList();
        }
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Another {
        final class Literal extends AnnotationLiteral<Another> implements Another {
            private static final long serialVersionUID = 1L;
            static final Another INSTANCE = new Literal();
        }
    }

    @ApplicationScoped
    static class QualifiedClient {
        @Produces
        @Another
        @Singleton
        DxlClient client() throws DxlException {
            return new DxlClient(DxlClientConfig.createDxlConfigFromFile(configFile.toString()));
        }
    }

    @ApplicationScoped
    static class SlowAsync {
        private static CountDownLatch entered;
        private static CountDownLatch finished;

        void onDetection(@ObservesAsync FileDetection detection) throws InterruptedException {
            entered.countDown();
            // Nobody counts this one down: it is the time that passes.
            new CountDownLatch(1).await(700, TimeUnit.MILLISECONDS);
            finished.countDown();
        }
    }

    @ApplicationScoped
    static class Blocked {
        private static CountDownLatch entered = new CountDownLatch(1);
        private static CountDownLatch interrupted;

        void onDetection(@Observes FileDetection detection) {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }
    }

    @ApplicationScoped
    static class OwnConfig {
        @Produces
        @Singleton
        DxlClientConfig config() throws DxlException {
            DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(configFile.toString());
            config.setUniqueId("chosen by the application");
            return config;
        }
    }

    @ApplicationScoped
    static class OwnClient {
        private static DxlClient made;
        private static boolean disposed;

        @Produces
        @Singleton
        DxlClient client() throws DxlException {
            made = new DxlClient(DxlClientConfig.createDxlConfigFromFile(configFile.toString()));
            return made;
        }

        void close(@Disposes DxlClient client) throws Exception {
            client.close();
            disposed = true;
        }
    }
}
