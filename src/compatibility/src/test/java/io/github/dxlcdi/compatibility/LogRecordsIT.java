package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Open Liberty keeps the last log records, softly: they may hold no class of an application that has gone. */
class LogRecordsIT {
    private static final int REDEPLOYMENTS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final OutsideFabric fabric = new OutsideFabric("log-records");
    private final Server server = new OpenLiberty();

    @BeforeEach
    void launch() {
        server.launch("log-records", fabric.environment(), "-Xmx512m");
    }

    @AfterEach
    void end() {
        server.close();
        fabric.close();
    }

    @Test
    void redeployed_application_that_logged_failures_leaves_no_class_loader() {
        for (int i = 0; i < REDEPLOYMENTS; i++) {
            Deployed application = Deployed.on(server, "acceptance");
            application.awaitReady();
            fabric.publish("failing");
            await().atMost(LIMIT).until(() -> application.seen().contains("failing"));
            fabric.fabric().faults().stop();
            await().atMost(LIMIT).until(() -> !application.lastError().isEmpty());
            fabric.fabric().faults().restart().join();
            application.awaitReady();
            server.undeploy("acceptance");
        }

        assertThat(server.log()).contains("DXL1203", "DXL0204");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(server.loadersOfTheClient()).isLessThanOrEqualTo(server.loadersKept()));
    }
}
