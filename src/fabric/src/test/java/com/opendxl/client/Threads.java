package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads that there are when a test begins; those that a closed client leaves are more. */
final class Threads {
    static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    void assertClosesInTime(DxlClient client) throws Exception {
        long began = System.nanoTime();
        client.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TWO_SECONDS);
        assertNoneLeftOf(client);
    }

    /** Neither a thread with the client's id, nor one of Netty's or the JDK's that was not there before. */
    void assertNoneLeftOf(DxlClient client) {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> name.contains(client.getUniqueId())
                                || name.startsWith("dxl-resolve")
                                || name.startsWith("globalEventExecutor")
                                || name.startsWith("CompletableFutureDelayScheduler"))
                        .collect(Collectors.toSet()))
                .isEmpty());
    }
}
