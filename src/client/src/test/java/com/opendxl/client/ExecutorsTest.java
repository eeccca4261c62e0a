package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutorsTest {
    private final ExecutorService pool = Executors.createDaemonExecutor(1, 1, "a-pool");
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void end() {
        release.countDown();
        pool.shutdownNow();
    }

    @Test
    void its_threads_are_daemons_and_bear_its_name() throws Exception {
        Thread thread = pool.submit(Thread::currentThread).get(10, TimeUnit.SECONDS);

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("a-pool-1");
    }

    @Test
    void who_finds_its_queue_full_waits_until_there_is_room() throws Exception {
        fill();
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        CompletableFuture<Future<Boolean>> third = CompletableFuture.supplyAsync(() -> {
            waiting.complete(Thread.currentThread());
            return pool.submit(() -> true);
        });
        Thread thread = waiting.get(10, TimeUnit.SECONDS);
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        assertThat(third).isNotDone();

        release.countDown();

        assertThat(third.get(10, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void who_waits_for_room_is_refused_when_it_is_shut_down() throws Exception {
        fill();
        CompletableFuture<?> third = CompletableFuture.runAsync(() -> pool.submit(() -> true));

        pool.shutdown();

        assertThatThrownBy(() -> third.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
    }

    private void fill() {
        for (int i = 0; i < 2; i++) {
            pool.submit(() -> release.await(10, TimeUnit.SECONDS));
        }
    }
}
