package io.github.dxlcdi.client.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeliveryQueueTest {
    private final AtomicInteger rooms = new AtomicInteger();

    @Test
    void what_was_added_comes_out_in_its_order() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(10);
        for (int i = 0; i < 20; i++) {
            add(queue, i, 1);
        }

        assertThat(queue.depth()).isEqualTo(20);
        assertThat(take(queue, 20))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
        assertThat(queue.depth()).isZero();
    }

    @Test
    void it_is_full_at_its_capacity_and_has_room_only_when_half_of_it_is_free() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(4);
        fill(queue, 3);
        assertThat(queue.isFull()).isFalse();
        fill(queue, 1);
        assertThat(queue.isFull()).isTrue();

        take(queue, 1);
        assertThat(queue.isFull()).as("three of four left").isTrue();
        assertThat(rooms).hasValue(0);
        take(queue, 1);
        assertThat(queue.isFull()).as("two of four left").isFalse();
        assertThat(rooms).hasValue(1);
        take(queue, 2);
        assertThat(rooms).as("told once").hasValue(1);
    }

    @Test
    void it_can_fill_up_again() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(1);
        for (int round = 1; round <= 3; round++) {
            fill(queue, 1);
            assertThat(queue.isFull()).isTrue();
            take(queue, 1);
            assertThat(queue.isFull()).isFalse();
            assertThat(rooms).hasValue(round);
        }
    }

    @Test
    void it_is_full_by_bytes_as_well() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(100);
        add(queue, 1, 600);
        assertThat(queue.isFull()).isFalse();
        add(queue, 2, 300);
        add(queue, 3, 100);
        assertThat(queue.isFull()).isTrue();

        take(queue, 1);
        assertThat(queue.isFull()).as("400 of 1000 left").isFalse();
    }

    @Test
    void a_large_message_that_is_left_keeps_it_full() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(100);
        add(queue, 1, 400);
        add(queue, 2, 600);

        take(queue, 1);
        assertThat(queue.isFull()).as("600 of 1000 left").isTrue();
        take(queue, 1);
        assertThat(queue.isFull()).isFalse();
    }

    @Test
    void the_reserve_counts_bytes_from_the_moment_it_was_full() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(2);
        add(queue, 1, 40);
        add(queue, 2, 40);
        add(queue, 3, 499);
        assertThat(queue.isReserveUsedUp()).isFalse();
        add(queue, 4, 1);
        assertThat(queue.isReserveUsedUp()).isTrue();

        take(queue, 1);
        assertThat(queue.isReserveUsedUp()).isFalse();
        assertThat(queue.isFull()).isTrue();
        assertThat(take(queue, 3)).as("nothing was refused").containsExactly(2, 3, 4);
    }

    @Test
    void large_messages_before_it_is_full_are_no_part_of_the_reserve() {
        DeliveryQueue<Integer> queue = queue(2);
        add(queue, 1, 400);
        add(queue, 2, 400);

        assertThat(queue.isFull()).isTrue();
        assertThat(queue.isReserveUsedUp()).isFalse();
    }

    @Test
    void a_taker_waits_for_the_next() throws Exception {
        DeliveryQueue<Integer> queue = queue(4);
        CompletableFuture<Integer> taken = new CompletableFuture<>();
        Thread taker = taker(queue, taken);
        await().until(() -> taker.getState() == Thread.State.WAITING);

        add(queue, 7, 1);

        assertThat(taken.get(5, TimeUnit.SECONDS)).isEqualTo(7);
    }

    @Test
    void closed_it_gives_answers_alone_until_its_end_and_says_how_many_were_dropped() throws Exception {
        DeliveryQueue<Integer> queue = queue(4);
        CompletableFuture<Integer> taken = new CompletableFuture<>();
        Thread taker = taker(queue, taken);
        await().until(() -> taker.getState() == Thread.State.WAITING);
        assertThat(queue.close()).isZero();
        queue.addAnswer(100);
        assertThat(taken.get(5, TimeUnit.SECONDS)).isEqualTo(100);
        queue.end();
        assertThat(queue.take()).isNull();

        DeliveryQueue<Integer> other = queue(4);
        fill(other, 3);
        assertThat(other.close()).isEqualTo(3);
        add(other, 4, 1);
        assertThat(other.depth()).isZero();
    }

    @Test
    void who_waits_at_its_end_waits_no_longer() throws Exception {
        DeliveryQueue<Integer> queue = queue(4);
        CompletableFuture<Integer> taken = new CompletableFuture<>();
        Thread taker = taker(queue, taken);
        await().until(() -> taker.getState() == Thread.State.WAITING);

        queue.end();

        assertThat(taken.get(5, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void a_queue_for_nothing_is_refused() {
        assertThatThrownBy(() -> queue(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The capacity of the queue is 0, expected 1 or more");
    }

    private DeliveryQueue<Integer> queue(int capacity) {
        DeliveryQueue<Integer> queue = new DeliveryQueue<>(capacity, 1_000, 500);
        queue.onRoom(rooms::incrementAndGet);
        return queue;
    }

    private static void fill(DeliveryQueue<Integer> queue, int count) {
        for (int i = 0; i < count; i++) {
            add(queue, i, 1);
        }
    }

    @Test
    void answers_come_out_before_all_others_and_count_for_nothing() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(2);
        fill(queue, 1);
        queue.addAnswer(100);
        queue.addAnswer(101);

        assertThat(queue.isFull()).isFalse();
        assertThat(queue.depth()).isEqualTo(1);
        assertThat(take(queue, 2)).containsExactly(100, 101);
        assertThat(queue.depth()).isEqualTo(1);
    }

    @Test
    void an_answer_wakes_whoever_waits() throws Exception {
        DeliveryQueue<Integer> queue = queue(2);
        CompletableFuture<Integer> taken = new CompletableFuture<>();
        Thread taker = taker(queue, taken);
        await().until(() -> taker.getState() == Thread.State.WAITING);

        queue.addAnswer(100);

        assertThat(taken.get(5, TimeUnit.SECONDS)).isEqualTo(100);
    }

    @Test
    void what_is_left_of_the_answers_survives_the_end() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(2);
        fill(queue, 1);
        queue.addAnswer(100);

        queue.end();

        assertThat(take(queue, 2)).containsExactly(100, null);
    }

    @Test
    void what_was_added_is_taken_once_it_is_handed_over() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(100);
        queue.add(1, 1);
        queue.add(2, 1);
        assertThat(queue.depth()).isZero();

        queue.handOver();

        assertThat(queue.depth()).isEqualTo(2);
        assertThat(take(queue, 2)).containsExactly(1, 2);
    }

    @Test
    void a_quarter_of_the_queue_and_never_more_than_256_is_handed_over_by_itself() {
        assertThat(addedUntilHandedOver(queue(8))).isEqualTo(2);
        assertThat(addedUntilHandedOver(queue(1))).isEqualTo(1);
        assertThat(addedUntilHandedOver(new DeliveryQueue<>(16_384, 1_000_000, 0)))
                .isEqualTo(256);
    }

    @Test
    void a_quarter_of_its_bytes_is_handed_over_by_itself() {
        DeliveryQueue<Integer> queue = queue(100);
        queue.add(1, 200);
        assertThat(queue.depth()).isZero();
        queue.add(2, 50);
        assertThat(queue.depth()).isEqualTo(2);
    }

    @Test
    void a_burst_fills_it_at_its_capacity_and_not_only_when_it_is_handed_over() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(10);
        addAtOnce(queue, 9);
        assertThat(queue.isFull()).isFalse();
        queue.add(9, 1);
        assertThat(queue.isFull()).isTrue();

        queue.add(10, 499);
        assertThat(queue.isReserveUsedUp()).isFalse();
        queue.add(11, 1);
        assertThat(queue.isReserveUsedUp()).isTrue();
        assertThat(queue.depth()).as("nothing was refused").isEqualTo(12);
        assertThat(take(queue, 12)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(rooms).hasValue(1);
    }

    @Test
    void large_messages_of_a_burst_fill_it_at_its_bytes() {
        DeliveryQueue<Integer> queue = queue(100);
        queue.add(0, 200);
        queue.add(1, 700);
        queue.add(2, 99);
        assertThat(queue.isFull()).isFalse();
        queue.add(3, 1);
        assertThat(queue.isFull()).isTrue();
    }

    @Test
    void an_answer_comes_out_before_the_rest_of_a_batch() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(100);
        addAtOnce(queue, 3);
        assertThat(queue.take()).isZero();

        queue.addAnswer(100);

        assertThat(take(queue, 3)).containsExactly(100, 1, 2);
    }

    @Test
    void the_end_counts_what_is_left_of_a_batch_and_gives_it_to_nobody() throws InterruptedException {
        DeliveryQueue<Integer> queue = queue(100);
        addAtOnce(queue, 30);
        take(queue, 3);

        assertThat(queue.close()).isEqualTo(27);

        queue.end();
        assertThat(queue.take()).isNull();
        assertThat(queue.depth()).isZero();
    }

    @Test
    void each_message_is_taken_by_one_thread_or_counted_at_the_end() throws Exception {
        for (int round = 0; round < 20; round++) {
            DeliveryQueue<Integer> queue = new DeliveryQueue<>(100_000, 1_000_000, 0);
            List<CompletableFuture<List<Integer>>> takers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                takers.add(CompletableFuture.supplyAsync(() -> takeAll(queue), task -> new Thread(task).start()));
            }
            addAtOnce(queue, 20_000);

            int dropped = queue.close();
            queue.end();

            List<Integer> taken = new ArrayList<>();
            for (CompletableFuture<List<Integer>> taker : takers) {
                assertThat(taker.get(10, TimeUnit.SECONDS)).isSorted();
                taken.addAll(taker.get());
            }
            assertThat(taken).doesNotHaveDuplicates().doesNotContainNull().hasSize(20_000 - dropped);
        }
    }

    private static int addedUntilHandedOver(DeliveryQueue<Integer> queue) {
        int added = 0;
        while (queue.depth() == 0) {
            queue.add(added++, 1);
        }
        return added;
    }

    private static void addAtOnce(DeliveryQueue<Integer> queue, int count) {
        for (int i = 0; i < count; i++) {
            queue.add(i, 1);
        }
        queue.handOver();
    }

    private static void add(DeliveryQueue<Integer> queue, int item, int size) {
        queue.add(item, size);
        queue.handOver();
    }

    private static List<Integer> takeAll(DeliveryQueue<Integer> queue) {
        List<Integer> taken = new ArrayList<>();
        try {
            for (Integer item = queue.take(); item != null; item = queue.take()) {
                taken.add(item);
            }
            return taken;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Integer> take(DeliveryQueue<Integer> queue, int count) throws InterruptedException {
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(queue.take());
        }
        return taken;
    }

    private static Thread taker(DeliveryQueue<Integer> queue, CompletableFuture<Integer> taken) {
        Thread taker = new Thread(() -> {
            try {
                taken.complete(queue.take());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        taker.setDaemon(true);
        taker.start();
        return taker;
    }
}
