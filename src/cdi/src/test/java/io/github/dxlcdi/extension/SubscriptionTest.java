package io.github.dxlcdi.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.DxlConnected;
import io.github.dxlcdi.DxlDisconnected;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.TieEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.NormalScope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import jakarta.inject.Scope;
import jakarta.inject.Singleton;
import java.io.Serializable;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest extends FabricTest {

    @ParameterizedTest
    @ValueSource(
            classes = {ObservesDetections.class, ObservesAny.class, ObservesAsynchronously.class, ObservesTie.class})
    void what_is_observed_is_subscribed_to(Class<?> bean) {
        try (TestApplication app = application().start(bean)) {
            awaitSubscribed();
            assertThat(topics()).containsExactly(FileDetection.TOPIC);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ObservesObjects.class, ObservesTypeVariables.class, ObservesNothing.class})
    void without_demand_there_is_no_connection_and_a_warning_says_what_to_look_at(Class<?> bean) {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(bean)) {
            assertThat(log.with("DXL1111"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("WARNING")
                    .contains("@Observes FileDetection", "javax", "@ApplicationScoped", "bean-discovery-mode");
            assertThat(app.readiness().getData().orElseThrow().get("state").toString())
                    .contains("nothing observed", "DXL1111");
            await().during(Duration.ofMillis(300)).until(() -> fabric.connectedClients() == 0);
        }
    }

    @Test
    void a_qualifier_that_detections_never_have_is_warned_about_and_asks_for_nothing() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(ObservesUrgent.class)) {
            assertThat(log.with("DXL1002"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("WARNING")
                    .contains("ObservesUrgent.onDetection", "@Urgent");
            assertThat(log.with("DXL1111")).hasSize(1);
        }
    }

    @Test
    void embedded_fabric_that_nothing_is_observed_of_is_warned_about() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app =
                        TestApplication.with("dxl.fabric.embedded", "true").start(ObservesObjects.class)) {
            assertThat(log.with("DXL1111")).hasSize(1).first().asString().startsWith("WARNING");
            assertThat(log.with("DXL1103")).isEmpty();
        }
    }

    @Test
    void without_configuration_and_without_demand_the_log_says_so_and_nothing_is_wrong() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = TestApplication.with().start(ObservesObjects.class)) {
            assertThat(log.with("DXL1102")).hasSize(1).first().asString().startsWith("INFO");
            assertThat(log.with("DXL1111")).isEmpty();
            assertThat(app.readiness().getData().orElseThrow()).containsEntry("state", "nothing observed");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ObservesConnected.class, ObservesDisconnected.class})
    void events_about_the_connection_ask_for_one_and_for_no_topic(Class<?> bean) {
        try (TestApplication app = application().start(bean)) {
            await().until(() -> app.readiness().getStatus() == Status.UP && fabric.connectedClients() == 1);
            assertThat(topics()).isEmpty();
        }
    }

    @Test
    void observer_of_connections_alone_gets_them() {
        try (TestApplication app = application().start(ObservesConnected.class)) {
            await().until(() -> app.get(ObservesConnected.class).connected() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {InSession.class, InConversation.class, InShift.class})
    void observer_in_a_scope_that_is_not_active_is_warned_about(Class<?> bean) {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(bean)) {
            assertThat(log.with("DXL1005"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("WARNING")
                    .contains(bean.getSimpleName() + ".onDetection", "Scoped", "@ApplicationScoped");
        }
    }

    @Test
    void observer_that_asks_for_an_instance_that_exists_is_warned_about() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(IfExists.class)) {
            assertThat(log.with("DXL1006"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("WARNING")
                    .contains("IfExists.onConnected", "notifyObserver");
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ObservesDetections.class,
                InRequest.class,
                Dependent.class,
                Alone.class,
                StaticInSession.class,
                InAlwaysActiveScope.class
            })
    void observers_that_are_called_are_not_warned_about(Class<?> bean) {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().with(new AlwaysActive()).start(bean)) {
            awaitSubscribed();
            assertThat(log.with("DXL1005")).isEmpty();
            assertThat(log.with("DXL1006")).isEmpty();
        }
    }

    @Test
    void injected_event_metadata_is_warned_about() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(InjectsMetadata.class)) {
            assertThat(log.with("DXL1004")).hasSize(1).first().asString().contains("InjectsMetadata.onDetection");
        }
    }

    @Test
    void an_application_that_only_injects_the_client_is_connected() {
        try (TestApplication app = application().start(InjectsClient.class)) {
            await().until(() -> app.get(InjectsClient.class).isConnected());
            assertThat(fabric.connectedClients()).isEqualTo(1);
        }
    }

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Urgent {}

    @ApplicationScoped
    static class ObservesDetections {
        void onDetection(@Observes FileDetection detection) {}
    }

    @ApplicationScoped
    static class ObservesAny {
        void onDetection(@Observes @Any FileDetection detection) {}
    }

    @ApplicationScoped
    static class ObservesAsynchronously {
        void onDetection(@ObservesAsync FileDetection detection) {}
    }

    @ApplicationScoped
    static class ObservesTie {
        void onEvent(@Observes TieEvent event) {}
    }

    @ApplicationScoped
    static class ObservesObjects {
        void onEvent(@Observes Object event) {}
    }

    @ApplicationScoped
    static class ObservesTypeVariables {
        <T> void onEvent(@Observes T event) {}
    }

    @ApplicationScoped
    static class ObservesNothing {}

    @ApplicationScoped
    static class ObservesConnected {
        private final AtomicInteger connected = new AtomicInteger();

        void onConnected(@Observes DxlConnected event) {
            connected.incrementAndGet();
        }

        int connected() {
            return connected.get();
        }
    }

    @ApplicationScoped
    static class ObservesDisconnected {
        void onDisconnected(@ObservesAsync DxlDisconnected event) {}
    }

    @SessionScoped
    static class InSession implements Serializable {
        private static final long serialVersionUID = 1L;

        void onDetection(@Observes FileDetection detection) {}
    }

    @SessionScoped
    static class StaticInSession implements Serializable {
        private static final long serialVersionUID = 1L;

        static void onDetection(@Observes FileDetection detection) {}
    }

    @ConversationScoped
    static class InConversation implements Serializable {
        private static final long serialVersionUID = 1L;

        void onDetection(@ObservesAsync FileDetection detection) {}
    }

    @NormalScope
    @Retention(RetentionPolicy.RUNTIME)
    @interface ShiftScoped {}

    @ShiftScoped
    static class InShift {
        void onDetection(@Observes TieEvent event) {}
    }

    @ApplicationScoped
    static class IfExists {
        void onConnected(@Observes(notifyObserver = Reception.IF_EXISTS) DxlConnected event) {}
    }

    @RequestScoped
    static class InRequest {
        void onDetection(@Observes FileDetection detection) {}
    }

    @jakarta.enterprise.context.Dependent
    static class Dependent {
        void onDetection(@Observes FileDetection detection) {}
    }

    @Singleton
    static class Alone {
        void onDetection(@Observes FileDetection detection) {}
    }

    @Scope
    @Retention(RetentionPolicy.RUNTIME)
    @interface AlwaysScoped {}

    @AlwaysScoped
    static class InAlwaysActiveScope {
        void onDetection(@Observes FileDetection detection) {}
    }

    /** A scope of an extension, which is active on each thread. */
    static class AlwaysActive implements Extension {
        void addScope(@Observes BeforeBeanDiscovery discovery) {
            discovery.addScope(AlwaysScoped.class, false, false);
        }

        void addContext(@Observes AfterBeanDiscovery discovery) {
            discovery.addContext(new AlwaysContext());
        }
    }

    private static final class AlwaysContext implements Context {
        @Override
        public Class<? extends Annotation> getScope() {
            return AlwaysScoped.class;
        }

        @Override
        public <T> T get(Contextual<T> bean, CreationalContext<T> creation) {
            return bean.create(creation);
        }

        @Override
        public <T> T get(Contextual<T> bean) {
            return null;
        }

        @Override
        public boolean isActive() {
            return true;
        }
    }

    @ApplicationScoped
    static class ObservesUrgent {
        void onDetection(@Observes @Urgent FileDetection detection) {}
    }

    @ApplicationScoped
    static class InjectsMetadata {
        void onDetection(@Observes FileDetection detection, EventMetadata metadata) {}
    }

    @ApplicationScoped
    static class InjectsClient {
        @Inject
        private DxlClient client;

        boolean isConnected() {
            return client.isConnected();
        }
    }
}
