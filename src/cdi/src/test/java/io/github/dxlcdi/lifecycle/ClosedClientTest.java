package io.github.dxlcdi.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** The application closes the client that is injected. */
class ClosedClientTest extends FabricTest {

    @Test
    void close_by_the_application_makes_it_unready_and_is_told_once() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            try (TestApplication app = application().start(Quarantine.class)) {
                awaitSubscribed();
                await().until(() -> app.readiness().getStatus() == Status.UP);

                app.get(DxlClient.class).close();

                assertUnready(app);
                await().during(Duration.ofSeconds(2))
                        .until(() -> log.with("DXL1104").size() == 1);
            }
            assertThat(log.with("DXL1104"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("SEVERE")
                    .contains("the application has closed it", "Deploy again");
        }
    }

    @Test
    void close_while_it_connects_is_told_once_as_well() throws Exception {
        fabric.faults().stop();
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(Quarantine.class)) {
            await().until(() -> app.readiness().getData().orElseThrow().containsKey("lastError"));

            app.get(DxlClient.class).close();

            assertUnready(app);
            await().during(Duration.ofSeconds(2))
                    .until(() -> log.with("DXL1104").size() == 1);
        }
    }

    @Test
    void stop_of_the_application_is_not_a_close_by_it() {
        try (CapturedLog log = new CapturedLog()) {
            try (TestApplication app = application().start(Quarantine.class)) {
                awaitSubscribed();
            }
            assertThat(log.with("DXL1104")).isEmpty();
        }
    }

    private static void assertUnready(TestApplication app) {
        assertThat(app.readiness().getStatus()).isEqualTo(Status.DOWN);
        assertThat(app.readiness().getData().orElseThrow()).containsEntry("state", "closed by the application");
    }
}
