package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What an application gets on every server. */
@OnEveryServer
class ObserverIT {
    private static OutsideFabric fabric;

    @Parameter
    private Server server;

    private Deployed application;

    @BeforeParameterizedClassInvocation
    static void launch(Server server) {
        fabric = new OutsideFabric("observers-" + server);
        server.launch("observers", fabric.environment());
    }

    @AfterParameterizedClassInvocation
    static void end() {
        fabric.close();
    }

    @Test
    void detection_reaches_observers_of_every_kind_and_what_the_server_offers_is_there() {
        application = Deployed.on(server, "acceptance");
        application.awaitReady();
        fabric.publish("first");
        fabric.publish("second");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(application.observations())
                        .contains(
                                "sync first loader=true names=true topic=/mcafee/event/tie/file/detection visit=1",
                                "sync second loader=true names=true topic=/mcafee/event/tie/file/detection visit=1",
                                "async first loader=true visit=1",
                                "async second loader=true visit=1",
                                "transactional first active=true",
                                "transactional second active=true"));
    }
}
