package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The server's health page shows the check of the fabric, whatever else the application consists of. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.dxlcdi.compatibility.Server#withHealthPage")
class ReadinessIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static OutsideFabric fabric;

    @Parameter
    private Server server;

    @BeforeParameterizedClassInvocation
    static void launch(Server server) {
        fabric = new OutsideFabric("readiness-" + server);
        server.launch("readiness", fabric.environment());
    }

    @AfterParameterizedClassInvocation
    static void end() {
        fabric.close();
    }

    @Test
    void application_of_one_observer_is_down_without_a_broker_and_up_with_one() {
        fabric.fabric().faults().stop();
        server.deploy("observer", Archives.warOfAnObserver());

        await("DOWN")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(server.readiness("dxl-fabric")).hasValue("DOWN"));
        assertThat(server.isReady()).isFalse();

        fabric.fabric().faults().restart().join();

        await("UP")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(server.readiness("dxl-fabric")).hasValue("UP"));
        assertThat(server.isReady()).isTrue();

        server.undeploy("observer");

        assertThat(server.readiness("dxl-fabric")).isEmpty();
    }
}
