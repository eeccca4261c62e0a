package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final EventLoop loop = new EventLoop("loop-test");

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void what_is_due_after_the_longest_delay_that_there_is_never_runs() {
        CompletableFuture<Void> ran = new CompletableFuture<>();

        loop.after(Duration.ofSeconds(Long.MAX_VALUE), () -> ran.complete(null));

        CompletableFuture<Void> later = new CompletableFuture<>();
        loop.after(Duration.ofMillis(10), () -> later.complete(null));
        assertThat(later).succeedsWithin(Duration.ofSeconds(10));
        assertThat(ran).isNotDone();
    }
}
