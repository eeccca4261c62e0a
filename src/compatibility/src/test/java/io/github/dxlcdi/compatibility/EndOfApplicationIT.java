package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Redeployed again and again, from one situation after the other: soon done, and nothing is left. */
@OnEveryServer
class EndOfApplicationIT {
    private static final int REDEPLOYMENTS = 30;

    /** The shutdown timeout of a second, two more, and one of Netty's. */
    private static final Duration UNDEPLOY_LIMIT = Duration.ofSeconds(4);

    private static OutsideFabric fabric;

    @Parameter
    private Server server;

    @BeforeParameterizedClassInvocation
    static void launch(Server server) {
        fabric = new OutsideFabric("end-of-application-" + server);
        server.launch("end-of-application", fabric.environment());
    }

    @AfterParameterizedClassInvocation
    static void end() {
        fabric.close();
    }

    @Test
    void redeployed_from_each_situation_it_leaves_no_thread_no_class_loader_and_no_stack_trace() {
        for (int i = 0; i < REDEPLOYMENTS; i++) {
            Situation situation = Situation.values()[i % Situation.values().length];
            String round = "redeployment " + i + ", " + situation;
            situation.before(fabric);
            situation.reach(fabric, Deployed.on(server, "acceptance"));

            long before = System.nanoTime();
            server.undeploy("acceptance");
            Duration took = Duration.ofNanos(System.nanoTime() - before);

            System.out.println(round + ": " + took.toMillis() + " ms");
            assertThat(took).as(round).isLessThan(UNDEPLOY_LIMIT);
            assertThat(server.ourThreads()).as("threads left after " + round).isEmpty();
            situation.after(fabric);
            if (situation == Situation.OBSERVER_BLOCKED) {
                expectNoLoaders(round);
            }
        }
        assertThat(server.log()).doesNotContain("\tat ", "CWWKL0002E");
    }

    /** More than are kept of any application would pile up. */
    private void expectNoLoaders(String round) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(server.loadersOfTheClient())
                        .as("class loaders left after " + round)
                        .isLessThanOrEqualTo(server.loadersKept()));
    }
}
