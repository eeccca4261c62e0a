package io.github.dxlcdi.client.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {
    private static final Duration WAIT = Duration.ofMillis(100);

    private final PendingRequests<String> pending = new PendingRequests<>();
    private final HandTimer timer = new HandTimer();
    private final List<String> ends = new ArrayList<>();

    @Test
    void an_answer_ends_its_request_once_and_its_deadline() {
        add("1");
        add("2");

        assertThat(pending.answered("1", "yes")).isTrue();
        assertThat(pending.answered("1", "again")).isFalse();

        assertThat(ends).containsExactly("1: yes");
        assertThat(timer.waiting()).isEqualTo(1);
        assertThat(pending.isEmpty()).isFalse();
    }

    @Test
    void an_answer_to_nobody_is_told() {
        assertThat(pending.answered("unknown", "yes")).isFalse();
    }

    @Test
    void at_the_deadline_a_request_fails_and_not_before() {
        add("1");
        timer.pass(99);
        assertThat(ends).isEmpty();

        timer.pass(1);

        assertThat(ends).containsExactly("1: TIMEOUT the answer did not come within 100 ms");
        assertThat(pending.isEmpty()).isTrue();
        assertThat(pending.answered("1", "late")).isFalse();
    }

    @Test
    void all_fail_together() {
        add("1");
        add("2");

        pending.failAll(RequestFailure.CONNECTION_LOST, "cut");
        timer.pass(1_000);

        assertThat(ends).containsExactlyInAnyOrder("1: CONNECTION_LOST cut", "2: CONNECTION_LOST cut");
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void what_is_abandoned_fails_and_no_timer_is_touched() {
        add("1");

        pending.abandonAll(RequestFailure.CLIENT_CLOSED, "closed");

        assertThat(ends).containsExactly("1: CLIENT_CLOSED closed");
        assertThat(timer.waiting()).isEqualTo(1);
        timer.pass(1_000);
        assertThat(ends).hasSize(1);
    }

    @Test
    void one_that_is_withdrawn_by_who_waits_hears_nothing() {
        Note first = new Note("1");
        pending.add("1", WAIT, timer, first);

        assertThat(pending.withdraw("1", new Note("1"))).isFalse();
        assertThat(pending.withdraw("1", first)).isTrue();
        assertThat(pending.withdraw("1", first)).isFalse();
        timer.pass(1_000);

        assertThat(ends).isEmpty();
    }

    @Test
    void a_second_one_with_the_same_id_is_refused_and_the_first_stays() {
        add("1");

        assertThat(add("1")).isFalse();

        assertThat(timer.waiting()).isEqualTo(1);
        pending.answered("1", "yes");
        assertThat(ends).containsExactly("1: yes");
    }

    @Test
    void one_that_asks_again_when_it_fails_does_not_fail_again() {
        pending.add("1", WAIT, timer, new Note("1") {
            @Override
            public void failed(RequestFailure failure, String details) {
                super.failed(failure, details);
                add("2");
            }
        });

        pending.failAll(RequestFailure.CONNECTION_LOST, "cut");

        assertThat(ends).containsExactly("1: CONNECTION_LOST cut");
        assertThat(pending.has("2")).isTrue();
    }

    private boolean add(String id) {
        return pending.add(id, WAIT, timer, new Note(id));
    }

    private class Note implements PendingRequests.Awaiting<String> {
        private final String id;

        Note(String id) {
            this.id = id;
        }

        @Override
        public void answered(String answer) {
            ends.add(id + ": " + answer);
        }

        @Override
        public void failed(RequestFailure failure, String details) {
            ends.add(id + ": " + failure + " " + details);
        }
    }
}
