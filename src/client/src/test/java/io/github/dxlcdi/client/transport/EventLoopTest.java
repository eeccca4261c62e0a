package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Filter;
import java.util.logging.Logger;
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

    @Test
    void it_goes_on_after_what_nothing_has_caught_and_says_so() {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        loop.onFailure(told::complete);
        OutOfMemoryError shortage = new OutOfMemoryError("injected");
        Logger netty = Logger.getLogger("io.netty.util.concurrent.AbstractEventExecutor");
        Filter failing = line -> {
            throw shortage;
        };

        netty.setFilter(failing);
        try {
            loop.execute(() -> {
                throw new IllegalStateException("Netty logs this, and its logging fails");
            });
            assertThat(told).succeedsWithin(Duration.ofSeconds(10)).isSameAs(shortage);
        } finally {
            netty.setFilter(null);
        }

        assertThat(loop.submit(() -> "there"))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo("there");
    }
}
