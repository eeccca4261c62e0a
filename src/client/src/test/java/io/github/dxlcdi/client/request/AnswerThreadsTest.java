package io.github.dxlcdi.client.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AnswerThreadsTest {
    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private final List<Integer> done = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AnswerThreads answers = new AnswerThreads(
            task -> {
                if (!made.isEmpty() && refusals.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("unable to create native thread, injected");
                }
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                made.add(thread);
                return thread;
            },
            (delay, task) -> CompletableFuture.runAsync(
                    task, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)));

    @AfterEach
    void close() throws InterruptedException {
        release.countDown();
        answers.close(Duration.ofSeconds(5));
        await().until(() -> made.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void there_is_no_thread_until_there_is_something_to_do_and_then_one() {
        assertThat(made).isEmpty();

        for (int i = 0; i < 10; i++) {
            int number = i;
            answers.execute(() -> done.add(number));
        }

        await().until(() -> done.size() == 10);
        assertThat(done).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(made).hasSize(1);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_waits_behind_one_that_does_not_end_is_done_by_a_further_thread_and_in_order() {
        answers.execute(this::awaitRelease);
        for (int i = 0; i < 10; i++) {
            int number = i;
            answers.execute(() -> done.add(number));
        }

        await().until(() -> done.size() == 10);
        assertThat(done).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(made).hasSize(2).allMatch(Thread::isDaemon);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_comes_when_all_threads_have_been_busy_for_long_is_done_all_the_same() {
        for (int i = 0; i < 5; i++) {
            answers.execute(this::awaitRelease);
        }
        await().until(() -> made.size() == 5);
        await().pollDelay(AnswerThreads.PATIENCE.multipliedBy(3)).until(() -> made.size() == 5);

        answers.execute(release::countDown);

        await().until(() -> release.getCount() == 0);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void once_all_are_back_there_is_one_thread_again() {
        for (int i = 0; i < 3; i++) {
            answers.execute(this::awaitRelease);
        }
        answers.execute(release::countDown);
        await().atMost(AnswerThreads.PATIENCE.multipliedBy(40))
                .until(() -> made.stream().filter(Thread::isAlive).count() <= 1);

        for (int i = 0; i < 10; i++) {
            int number = i;
            answers.execute(() -> done.add(number));
        }

        await().until(() -> done.size() == 10);
        assertThat(done).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(made.stream().filter(Thread::isAlive).count()).isLessThanOrEqualTo(1);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_thread_that_could_not_be_had_is_asked_for_again() {
        refusals.set(2);
        answers.execute(this::awaitRelease);
        answers.execute(() -> done.add(1));

        await().until(() -> done.size() == 1);
        assertThat(refusals.get()).isNegative();
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_is_left_at_the_close_may_wait_for_what_is_behind_it() throws InterruptedException {
        CompletableFuture<Void> behind = new CompletableFuture<>();
        answers.execute(this::awaitRelease);
        answers.execute(behind::join);
        answers.execute(() -> behind.complete(null));

        answers.close(Duration.ofMillis(1));

        assertThat(behind).isDone();
        await().until(() -> made.stream().noneMatch(Thread::isAlive));
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void who_closes_on_a_thread_of_its_own_finds_all_that_was_there_before_done() {
        CompletableFuture<Void> queued = new CompletableFuture<>();
        answers.execute(() -> {
            queued.join();
            try {
                answers.close(Duration.ofSeconds(60));
                done.add(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        answers.execute(() -> done.add(1));
        queued.complete(null);

        await().until(() -> done.size() == 2);
        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void closing_runs_what_is_left() throws InterruptedException {
        answers.execute(this::awaitRelease);
        answers.execute(() -> done.add(1));
        release.countDown();

        answers.close(Duration.ofSeconds(5));

        assertThat(done).containsExactly(1);
        assertThat(made.get(0).isAlive()).isFalse();
    }

    @Test
    void closing_interrupts_what_does_not_end() throws InterruptedException {
        answers.execute(this::awaitRelease);

        answers.close(Duration.ofMillis(50));

        await().until(() -> !made.get(0).isAlive());
    }

    @Test
    void what_waits_behind_one_that_does_not_end_is_done_by_who_closes() throws InterruptedException {
        answers.execute(this::awaitRelease);
        answers.execute(() -> done.add(1));

        answers.close(Duration.ofMillis(50));

        assertThat(done).containsExactly(1);
    }

    @Test
    void once_closed_the_caller_does_it() throws InterruptedException {
        answers.close(Duration.ofSeconds(1));

        answers.execute(() -> done.add(1));

        assertThat(done).containsExactly(1);
        assertThat(made).isEmpty();
    }

    @Test
    void closing_on_its_own_thread_does_not_wait_for_itself() {
        answers.execute(() -> {
            try {
                answers.close(Duration.ofSeconds(60));
                done.add(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        await().atMost(Duration.ofSeconds(5)).until(() -> done.size() == 1);
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
