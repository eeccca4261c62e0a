package io.github.dxlcdi.client.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.connection.BackOff;
import io.github.dxlcdi.client.request.HandTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private static final long TTL = 60_000;
    private static final long GRACE = 10_000;

    private final HandTimer timer = new HandTimer();
    private final List<String> order = new ArrayList<>();
    private final List<CompletableFuture<Void>> asked = new ArrayList<>();
    private CompletableFuture<Void> subscribed = CompletableFuture.completedFuture(null);
    private final Registration registration = newRegistration();

    @Test
    void it_is_registered_on_the_connect_and_renewed_after_each_lifetime() {
        registration.connected(timer);
        answer();
        assertThat(order).containsExactly("register", "registered");

        timer.pass(TTL - 1);
        assertThat(asked).hasSize(1);
        timer.pass(1);
        answer();
        timer.pass(TTL);

        assertThat(order).containsExactly("register", "registered", "register", "registered", "register");
    }

    @Test
    void after_a_failure_it_is_tried_again_with_growing_pauses_and_not_after_a_lifetime() {
        registration.connected(timer);
        fail("one");
        assertThat(order).endsWith("failed one, next in 100");
        timer.pass(100);
        fail("two");
        assertThat(order).endsWith("failed two, next in 200");
        timer.pass(200);
        fail("three");
        timer.pass(400);
        answer();
        assertThat(order).endsWith("register", "registered");

        timer.pass(TTL);
        fail("four");
        assertThat(order).endsWith("failed four, next in 100");
    }

    @Test
    void a_lost_connection_ends_what_was_to_come_and_the_next_one_begins_anew() {
        registration.connected(timer);
        answer();
        registration.lost();
        assertThat(timer.waiting()).isZero();
        timer.pass(2 * TTL);
        assertThat(asked).hasSize(1);

        registration.connected(timer);

        assertThat(asked).hasSize(2);
    }

    @Test
    void a_lifetime_of_thousands_of_years_is_kept_like_any_other() {
        Duration longest = Duration.ofMinutes(Integer.MAX_VALUE);
        Registration lasting = new Registration(
                new Registry(),
                new BackOff.Settings(Duration.ofMillis(100), Duration.ofMillis(400), 2, 0),
                longest,
                longest,
                timer::nanoTime);

        lasting.connected(timer);
        answer();

        assertThat(lasting.mayBeKnown()).isTrue();
    }

    @Test
    void an_answer_to_a_question_of_before_counts_for_nothing() {
        registration.connected(timer);
        registration.lost();
        asked.get(0).completeExceptionally(new DxlException("connection lost"));
        registration.connected(timer);
        assertThat(order).containsExactly("register", "register");

        registration.connected(timer);
        asked.get(1).complete(null);
        assertThat(order).containsExactly("register", "register", "register");
        asked.get(2).complete(null);
        assertThat(order).endsWith("registered");
    }

    @Test
    void one_that_was_confirmed_is_taken_back_and_that_is_awaited() {
        registration.connected(timer);
        answer();

        CompletableFuture<Void> told = registration.withdraw();

        assertThat(order).endsWith("unregister");
        assertThat(told).isNotDone();
        answer();
        assertThat(told).isCompleted();
        assertThat(registration.mayBeKnown()).isFalse();
        timer.pass(2 * TTL);
        assertThat(order).endsWith("unregister");
    }

    @Test
    void one_that_no_broker_knows_is_not_taken_back() {
        assertThat(registration.withdraw()).isCompleted();
        registration.connected(timer);

        assertThat(order).isEmpty();
    }

    @Test
    void one_whose_confirmation_is_still_to_come_is_taken_back_without_waiting() {
        registration.connected(timer);

        assertThat(registration.withdraw()).isCompleted();

        assertThat(order).containsExactly("register", "unregister");
        asked.get(0).complete(null);
        assertThat(order).containsExactly("register", "unregister");
    }

    @Test
    void one_that_the_broker_has_refused_is_not_taken_back() {
        registration.connected(timer);
        asked.get(0).completeExceptionally(new CompletionException(new RefusedException("no")));

        registration.withdraw();

        assertThat(order).doesNotContain("unregister");
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void one_that_the_broker_has_forgotten_by_now_is_not_taken_back() {
        registration.connected(timer);
        answer();
        registration.lost();
        timer.pass(TTL + GRACE);
        assertThat(registration.mayBeKnown()).isTrue();
        timer.pass(1);
        assertThat(registration.mayBeKnown()).isFalse();

        registration.withdraw();
        registration.connected(timer);

        assertThat(order).containsExactly("register", "registered");
    }

    @Test
    void one_that_was_asked_for_in_vain_is_forgotten_by_the_broker_too() {
        registration.connected(timer);
        registration.lost();
        timer.pass(TTL + GRACE);
        assertThat(registration.mayBeKnown()).isTrue();

        timer.pass(1);

        assertThat(registration.mayBeKnown()).isFalse();
    }

    @Test
    void one_withdrawn_without_a_broker_is_taken_back_on_the_next_connect() {
        registration.connected(timer);
        answer();
        registration.lost();

        assertThat(registration.withdraw()).isCompleted();
        assertThat(order).doesNotContain("unregister");
        registration.connected(timer);

        assertThat(order).containsExactly("register", "registered", "unregister");
    }

    @Test
    void leaving_takes_it_back_and_coming_again_registers_it() {
        registration.connected(timer);
        answer();
        registration.leave();
        answer();
        assertThat(timer.waiting()).isZero();
        registration.lost();
        assertThat(registration.leave()).isCompleted();
        registration.connected(timer);

        assertThat(order).containsExactly("register", "registered", "unregister", "register");
    }

    @Test
    void one_registered_again_while_it_is_taken_back_may_be_known_until_that_too_is_taken_back() {
        registration.connected(timer);
        registration.leave();
        registration.connected(timer);
        assertThat(order).containsExactly("register", "unregister", "register");
        asked.get(1).complete(null);
        assertThat(registration.mayBeKnown()).isTrue();

        registration.lost();
        registration.withdraw();
        registration.connected(timer);

        assertThat(order).containsExactly("register", "unregister", "register", "unregister");
    }

    @Test
    void a_refusal_says_nothing_of_what_was_registered_before_without_an_answer() {
        registration.connected(timer);
        registration.lost();
        registration.connected(timer);
        asked.get(1).completeExceptionally(new CompletionException(new RefusedException("no")));

        registration.withdraw();

        assertThat(order).endsWith("unregister");
    }

    @Test
    void one_that_follows_another_of_its_id_takes_back_what_that_one_has_left() {
        registration.connected(timer);
        answer();
        registration.lost();
        registration.withdraw();
        Registration next = newRegistration();

        next.follow(registration);
        next.withdraw();
        next.connected(timer);

        assertThat(order).containsExactly("register", "registered", "unregister");
    }

    @Test
    void it_is_registered_once_its_topics_are_subscribed_to() {
        subscribed = new CompletableFuture<>();
        registration.connected(timer);
        assertThat(order).isEmpty();

        subscribed.complete(null);
        answer();

        assertThat(order).containsExactly("register", "registered");
    }

    @Test
    void without_its_topics_it_is_not_registered_and_that_is_tried_again() {
        subscribed = CompletableFuture.failedFuture(new DxlException("no such topic"));
        registration.connected(timer);
        assertThat(order).singleElement().asString().startsWith("failed").endsWith("no such topic, next in 100");

        subscribed = CompletableFuture.completedFuture(null);
        timer.pass(100);

        assertThat(order).endsWith("register");
    }

    @Test
    void one_taken_back_before_its_topics_are_subscribed_to_is_not_registered_afterwards() {
        subscribed = new CompletableFuture<>();
        registration.connected(timer);
        registration.leave();

        subscribed.complete(null);

        assertThat(order).as("the broker is told nothing").isEmpty();
    }

    @Test
    void what_a_connection_of_before_has_left_open_registers_nothing_on_the_next() {
        CompletableFuture<Void> before = new CompletableFuture<>();
        subscribed = before;
        registration.connected(timer);
        registration.lost();
        subscribed = new CompletableFuture<>();
        registration.connected(timer);

        before.complete(null);

        assertThat(order).isEmpty();
    }

    private Registration newRegistration() {
        return new Registration(
                new Registry(),
                new BackOff.Settings(Duration.ofMillis(100), Duration.ofMillis(400), 2, 0),
                Duration.ofMillis(TTL),
                Duration.ofMillis(GRACE),
                timer::nanoTime);
    }

    private void answer() {
        asked.get(asked.size() - 1).complete(null);
    }

    private void fail(String reason) {
        asked.get(asked.size() - 1).completeExceptionally(new DxlException(reason));
    }

    private final class Registry implements Registration.Registry {
        @Override
        public CompletableFuture<Void> subscribe() {
            return subscribed;
        }

        @Override
        public CompletableFuture<Void> register() {
            return ask("register");
        }

        @Override
        public CompletableFuture<Void> unregister() {
            return ask("unregister");
        }

        @Override
        public void registered() {
            order.add("registered");
        }

        @Override
        public void failed(Throwable reason, Duration nextTry) {
            Throwable cause = reason instanceof CompletionException ? reason.getCause() : reason;
            order.add("failed " + cause.getMessage() + ", next in " + nextTry.toMillis());
        }

        private CompletableFuture<Void> ask(String what) {
            order.add(what);
            CompletableFuture<Void> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }
    }
}
