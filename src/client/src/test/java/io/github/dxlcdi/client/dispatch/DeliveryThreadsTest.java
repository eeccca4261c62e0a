package io.github.dxlcdi.client.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryThreadsTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final DeliveryQueue<Integer> queue = new DeliveryQueue<>(1_000, 1_000_000, 1_000_000);
    private final List<Integer> delivered = new CopyOnWriteArrayList<>();
    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private DeliveryThreads<Integer> threads;

    @AfterEach
    void leaveNoThread() throws InterruptedException {
        release.countDown();
        if (threads != null) {
            threads.stop();
            threads.awaitEnd(SHORT);
        }
        await().until(() -> made.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void one_thread_delivers_in_order() {
        start(1, delivered::add);
        addAll(100);

        await().until(() -> delivered.size() == 100);
        assertThat(delivered)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
        assertThat(made).hasSize(1);
    }

    @Test
    void ten_threads_deliver_ten_at_a_time() {
        CyclicBarrier together = new CyclicBarrier(10);
        start(10, item -> {
            try {
                together.await(10, TimeUnit.SECONDS);
                delivered.add(item);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        addAll(30);

        await().until(() -> delivered.size() == 30);
    }

    @Test
    void a_thread_that_could_not_be_started_is_made_up_for_by_the_next_start() {
        AtomicBoolean shortage = new AtomicBoolean(true);
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task) {
                @Override
                public void start() {
                    if (shortage.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    super.start();
                }
            };
            made.add(thread);
            return thread;
        };
        threads = new DeliveryThreads<>(queue, delivered::add);
        assertThatThrownBy(() -> threads.start(1, factory)).isInstanceOf(OutOfMemoryError.class);

        shortage.set(false);
        threads.start(1, factory);
        threads.start(1, factory);
        addAll(1);

        await().until(() -> delivered.size() == 1);
        assertThat(made).hasSize(2);
    }

    @Test
    void a_delivery_that_is_held_up_holds_up_nothing_that_came_with_it() {
        start(2, item -> {
            if (item == 0) {
                awaitUninterrupted(release);
            }
            delivered.add(item);
        });
        addAll(50);

        await().until(() -> delivered.size() == 49);
        assertThat(delivered)
                .containsExactlyElementsOf(IntStream.range(1, 50).boxed().toList());
    }

    @Test
    void a_second_start_adds_no_thread() {
        start(2, delivered::add);
        threads.start(5, this::thread);

        assertThat(made).hasSize(2);
    }

    @Test
    void where_one_of_them_cannot_be_had_none_starts_and_others_may() {
        threads = new DeliveryThreads<>(queue, delivered::add);

        assertThatThrownBy(() -> threads.start(2, task -> {
                    if (!made.isEmpty()) {
                        throw new IllegalStateException("no more");
                    }
                    return thread(task);
                }))
                .hasMessage("no more");
        made.clear();
        threads.start(2, this::thread);

        assertThat(made).hasSize(2).allMatch(Thread::isAlive);
    }

    @Test
    void after_a_stop_nothing_starts() {
        threads = new DeliveryThreads<>(queue, delivered::add);
        threads.stop();
        threads.start(1, this::thread);

        assertThat(made).isEmpty();
    }

    @Test
    void what_a_delivery_throws_ends_nothing() {
        start(1, item -> {
            if (item == 0) {
                throw new IllegalStateException("thrown on purpose");
            }
            if (item == 1) {
                throw new StackOverflowError("thrown on purpose");
            }
            delivered.add(item);
        });
        addAll(3);

        await().untilAsserted(() -> assertThat(delivered).containsExactly(2));
        assertThat(made).hasSize(1).allMatch(Thread::isAlive);
    }

    @Test
    void a_delivery_that_interrupts_its_own_thread_ends_nothing() {
        start(1, item -> {
            delivered.add(item);
            Thread.currentThread().interrupt();
        });
        addAll(3);

        await().untilAsserted(() -> assertThat(delivered).containsExactly(0, 1, 2));
    }

    @Test
    void what_interrupts_one_delivery_does_not_interrupt_the_next() {
        start(1, item -> {
            interrupted.compareAndSet(false, Thread.currentThread().isInterrupted());
            delivered.add(item);
            Thread.currentThread().interrupt();
        });
        addAll(3);

        await().until(() -> delivered.size() == 3);
        assertThat(interrupted).isFalse();
    }

    @Test
    void an_idle_thread_ends_at_once() throws InterruptedException {
        start(3, delivered::add);
        await().until(() -> made.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));

        threads.stop();
        long began = System.nanoTime();
        threads.awaitEnd(LONG);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(made).noneMatch(Thread::isAlive);
    }

    @Test
    void the_delivery_under_way_may_end_and_what_is_queued_is_dropped() throws InterruptedException {
        start(1, item -> {
            held.countDown();
            awaitUninterrupted(release);
            delivered.add(item);
        });
        addAll(3);
        held.await();

        threads.stop();
        release.countDown();
        threads.awaitEnd(LONG);

        assertThat(delivered).containsExactly(0);
        assertThat(made).noneMatch(Thread::isAlive);
    }

    @Test
    void a_delivery_that_does_not_end_is_interrupted_after_the_grace() throws InterruptedException {
        startOneThatHeedsInterrupts();

        threads.stop();
        threads.awaitEnd(SHORT);

        assertThat(interrupted).isTrue();
        assertThat(made).noneMatch(Thread::isAlive);
    }

    @Test
    void a_delivery_that_heeds_no_interrupt_is_left_behind_after_a_moment() throws InterruptedException {
        startOneThatHeedsNoInterrupt();

        threads.stop();
        long began = System.nanoTime();
        threads.awaitEnd(SHORT);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        assertThat(made).allMatch(Thread::isAlive);
    }

    @Test
    void the_grace_counts_from_the_stop() throws InterruptedException {
        startOneThatHeedsNoInterrupt();

        threads.stop();
        await().pollDelay(Duration.ofMillis(400)).until(() -> true);
        long began = System.nanoTime();
        threads.awaitEnd(Duration.ofMillis(400));

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("no more than the moment after the interrupt")
                .isLessThan(Duration.ofMillis(600));
    }

    @Test
    void a_caller_that_is_interrupted_interrupts_the_delivery_at_once() throws InterruptedException {
        startOneThatHeedsInterrupts();

        threads.stop();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> threads.awaitEnd(LONG)).isInstanceOf(InterruptedException.class);

        await().untilTrue(interrupted);
    }

    @Test
    void a_delivery_thread_that_waits_for_the_end_does_not_wait_for_itself() {
        start(1, item -> {
            threads.stop();
            try {
                threads.awaitEnd(LONG);
                delivered.add(item);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        addAll(1);

        await().atMost(Duration.ofSeconds(5)).until(() -> delivered.size() == 1);
    }

    /** Returns when its delivery is under way, which lasts until an interrupt. */
    private void startOneThatHeedsInterrupts() throws InterruptedException {
        start(1, item -> {
            held.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        addAll(1);
        held.await();
    }

    /** Returns when its delivery is under way, which lasts until the end of the test. */
    private void startOneThatHeedsNoInterrupt() throws InterruptedException {
        start(1, item -> {
            held.countDown();
            awaitUninterrupted(release);
        });
        addAll(1);
        held.await();
    }

    private void start(int count, Consumer<Integer> delivery) {
        threads = new DeliveryThreads<>(queue, delivery);
        threads.start(count, this::thread);
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "delivery");
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    private void addAll(int count) {
        for (int i = 0; i < count; i++) {
            queue.add(i, 1);
        }
        queue.handOver();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // This one does not heed it.
            }
        }
    }
}
