package io.github.dxlcdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.extension.DxlExtension;
import io.github.dxlcdi.fabric.Detections;
import io.github.dxlcdi.fabric.junit.FabricExtension;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.ExplicitParamInjection;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension as the test of an application has it: weld-junit5, and a fabric beside the container. */
@EnableWeld
@ExplicitParamInjection
class WeldJunitTest {
    @RegisterExtension
    static final FabricExtension FABRIC = FabricExtension.perClass().with("dxl.reconnect.max-delay", "1s");

    @WeldSetup
    WeldInitiator weld = WeldInitiator.of(
            WeldInitiator.createWeld().addExtensions(new DxlExtension()).addBeanClasses(Quarantine.class));

    @Inject
    private DxlClient client;

    @Inject
    private Quarantine quarantine;

    @RepeatedTest(2)
    void a_detection_on_the_fabric_reaches_the_observer_of_the_application(Detections detections) {
        FileDetection detection = detections.awaitSubscriber().publishRandom();

        await().until(() -> !quarantine.seen().isEmpty());
        assertThat(quarantine.seen()).extracting(FileDetection::toJson).containsExactly(detection.toJson());
    }

    @RepeatedTest(2)
    void a_detection_that_the_application_sends_passes_the_fabric(Detections detections) throws Exception {
        FileDetection detection = FileDetection.builder()
                .agentGuid("{68125cd6-a5d8-11e6-348e-000c29663178}")
                .detectionTime(Instant.ofEpochSecond(1_481_301_796))
                .hashes(Hashes.of(Map.of("md5", "eb5e2b9dc51817a086d7b97eb52410ab")))
                .localReputation(TrustLevel.KNOWN_MALICIOUS)
                .remediationAction(5)
                .build();
        detections.awaitSubscriber();

        client.sendEvent(detection.toEvent());

        assertThat(detections
                        .await(one -> one.agentGuid().equals(detection.agentGuid()))
                        .toJson())
                .isEqualTo(detection.toJson());
    }

    @ApplicationScoped
    static class Quarantine {
        private final List<FileDetection> seen = new CopyOnWriteArrayList<>();

        void onDetection(@Observes FileDetection detection) {
            seen.add(detection);
        }

        List<FileDetection> seen() {
            return seen;
        }
    }
}
