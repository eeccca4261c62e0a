package io.github.dxlcdi.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.TieEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
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
    void without_demand_there_is_no_connection_and_the_log_says_so(Class<?> bean) {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(bean)) {
            assertThat(log.with("DXL1102")).hasSize(1).first().asString().startsWith("INFO");
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
            assertThat(log.with("DXL1102")).hasSize(1);
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
