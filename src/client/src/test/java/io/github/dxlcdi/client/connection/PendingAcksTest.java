package io.github.dxlcdi.client.connection;

import static io.github.dxlcdi.client.connection.PendingAcks.Kind.SUBSCRIBE;
import static io.github.dxlcdi.client.connection.PendingAcks.Kind.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class PendingAcksTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final List<Runnable> deadlines = new ArrayList<>();
    private final List<Integer> sent = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final PendingAcks acks = new PendingAcks(
            (delay, task) -> {
                deadlines.add(task);
                return () -> deadlines.remove(task);
            },
            () -> ended.add("one"));

    @Test
    void a_question_is_confirmed_by_the_answer_of_its_kind_alone() {
        CompletableFuture<Void> subscribed = acks.await(SUBSCRIBE, "/a", TIMEOUT, sent::add);
        CompletableFuture<Void> unsubscribed = acks.await(UNSUBSCRIBE, "/b", TIMEOUT, sent::add);
        assertThat(sent).containsExactly(1, 2);

        acks.answered(UNSUBSCRIBE, 1, true);
        acks.answered(SUBSCRIBE, 2, true);
        assertThat(subscribed).isNotDone();
        assertThat(unsubscribed).isNotDone();
        assertThat(ended).isEmpty();

        acks.answered(SUBSCRIBE, 1, true);
        acks.answered(UNSUBSCRIBE, 2, true);
        assertThat(subscribed).isCompleted();
        assertThat(unsubscribed).isCompleted();
        assertThat(ended).hasSize(2);
        assertThat(deadlines).isEmpty();
    }

    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void when_all_packet_ids_wait_the_next_question_is_refused_until_one_is_free() {
        for (int i = 1; i <= 65_535; i++) {
            acks.await(SUBSCRIBE, "/" + i, TIMEOUT, sent::add);
        }

        assertThat(acks.await(UNSUBSCRIBE, "/more", TIMEOUT, sent::add))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("The broker can't be asked for the end of the subscription to /more: it has not"
                        + " answered 65535 questions before, and MQTT has no more packet ids");
        assertThat(sent).hasSize(65_535).doesNotHaveDuplicates();
        assertThat(deadlines).hasSize(65_535);

        acks.answered(SUBSCRIBE, 40_000, true);
        acks.await(SUBSCRIBE, "/more", TIMEOUT, sent::add);
        assertThat(sent).last().isEqualTo(40_000);
    }
}
