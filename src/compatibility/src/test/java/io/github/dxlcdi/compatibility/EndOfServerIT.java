package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that is stopped in each situation: soon done, and without a word of trouble. */
class EndOfServerIT {
    /** The shutdown timeout of a second, two more, one of Netty's, and what the server itself takes. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    static Stream<Arguments> inEachSituation() {
        return Stream.of(Situation.values())
                .flatMap(situation -> Server.all().map(server -> Arguments.of(server, situation)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("inEachSituation")
    void stopped_server_ends_soon_and_logs_no_trouble(Server server, Situation situation) {
        try (OutsideFabric fabric = new OutsideFabric("end-of-server-" + server)) {
            server.launch("end-" + situation, fabric.environment());
            situation.before(fabric);
            situation.reach(fabric, Deployed.on(server, "acceptance"));

            Duration took = server.stop();

            System.out.println(server + ", " + situation + ": " + took.toMillis() + " ms");
            assertThat(took).isLessThan(STOP_LIMIT);
            await().atMost(Duration.ofSeconds(1)).until(() -> fabric.fabric().connectedClients() == 0);
            if (situation == Situation.OBSERVER_BLOCKED) {
                assertThat(server.console()).contains(DetectionObservers.INTERRUPTED);
            }
            assertThat(server.log()).doesNotContain("\tat ", "DXL1109", "DXL1203", "DXL0303");
        }
    }
}
