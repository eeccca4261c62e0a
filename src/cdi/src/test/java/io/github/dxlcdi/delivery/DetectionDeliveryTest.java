package io.github.dxlcdi.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionDeliveryTest {
    @TempDir
    Path folder;

    @Test
    void a_detection_on_the_fabric_reaches_its_observer() {
        try (Fabric fabric = Fabric.start()) {
            fabric.writeConfig(folder);
            try (TestApplication app = TestApplication.with(
                            "dxl.config-file",
                            folder.resolve("dxlclient.config").toString())
                    .start(Quarantine.class)) {
                await().until(() -> fabric.subscriptions().contains(FileDetection.TOPIC));
                FileDetection sent = fabric.detections().publishRandom();
                await().until(() -> app.get(Quarantine.class).seen().size() == 1);
                FileDetection seen = app.get(Quarantine.class).seen().get(0);
                assertThat(seen.toJson()).isEqualTo(sent.toJson());
            }
        }
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
