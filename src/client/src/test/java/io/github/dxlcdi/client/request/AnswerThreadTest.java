package io.github.dxlcdi.client.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerThreadTest {
    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private final List<Integer> done = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AnswerThread answers = new AnswerThread(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    });

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
