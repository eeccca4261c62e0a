package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.ChildJvm;
import io.github.dxlcdi.fabric.broker.NumberedSender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs: one that sends whenever its socket is writable, and one with a small heap whose callback stalls. */
class StalledConsumerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** A JVM, its TLS and its keys, on a machine that has other work too. */
    private static final Duration START = Duration.ofSeconds(60);

    private static final int STALL_SECONDS = 30;
    private static final int KEEP_ALIVE_SECONDS = 4;
    private static final int AFTER_THE_STALL = 5_000;

    @TempDir
    private Path folder;

    @Test
    void a_consumer_that_stalls_gets_every_accepted_frame_once_and_in_order_on_the_same_connection() throws Exception {
        try (ChildJvm sender = ChildJvm.start(NumberedSender.class, List.of("-Xmx128m"), folder.toString())) {
            sender.await("port", START);
            try (ChildJvm receiver = ChildJvm.start(
                    StallingReceiver.class,
                    List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"),
                    folder.toString(),
                    "" + KEEP_ALIVE_SECONDS,
                    "" + STALL_SECONDS)) {
                receiver.await("stalls", START);
                long held = whenItStopsGrowing(sender);
                await().during(Duration.ofSeconds(10))
                        .atMost(Duration.ofSeconds(15))
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> {
                            assertThat(receiver.isAlive())
                                    .as("%s", receiver.lines())
                                    .isTrue();
                            assertThat(sender.ask("accepted", SOON)).isEqualTo(held);
                        });
                assertThat(receiver.ask("queued", SOON)).isBetween(100L, held);
                assertThat(receiver.ask("heap", SOON)).isLessThan(48);

                receiver.await("resumes", Duration.ofSeconds(STALL_SECONDS));
                await().atMost(START).until(() -> sender.ask("accepted", SOON) > held + AFTER_THE_STALL);
                long accepted = sender.ask("stop", SOON);
                await().atMost(START).until(() -> receiver.ask("received", SOON) >= accepted);

                assertThat(receiver.ask("received", SOON)).isEqualTo(accepted);
                assertThat(receiver.ask("misplaced", SOON)).isZero();
                assertThat(receiver.ask("losses", SOON)).isZero();
                assertThat(sender.ask("connections", SOON)).isOne();
                assertThat(sender.lines()).noneMatch(line -> line.startsWith("silent"));
            }
        }
    }

    private static long whenItStopsGrowing(ChildJvm sender) throws Exception {
        long[] last = {-1};
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
            long before = last[0];
            last[0] = sender.ask("accepted", SOON);
            return last[0] == before;
        });
        return last[0];
    }
}
