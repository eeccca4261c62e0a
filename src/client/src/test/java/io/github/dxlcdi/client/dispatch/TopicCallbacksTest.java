package io.github.dxlcdi.client.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicCallbacksTest {
    /** As long as MQTT allows. */
    private static final int LONGEST_TOPIC = 65_535;

    private final TopicCallbacks<String> callbacks = new TopicCallbacks<>();

    @Test
    void those_of_every_topic_come_first_then_its_own_then_wildcards_from_the_nearest_outwards() {
        for (String topic : new String[] {"#", "/#", "/a/b/c", "/a/#", null, "/a/b/#"}) {
            callbacks.add(topic, String.valueOf(topic));
        }

        assertThat(calledFor("/a/b/c")).containsExactly("null", "/a/b/c", "/a/b/#", "/a/#", "/#", "#");
    }

    @ParameterizedTest
    @CsvSource({
        "/foo/bar, /foo/#, true",
        "/foo/bar, /#, true",
        "/foo/bar, #, true",
        "/foo/bar, /foo/bar, true",
        "/foo/bar, /foo/bar/#, false",
        "/foo/bar, /foo/b#, false",
        "/foo/bar, /fo/#, false",
        "/foo/bar, /foo/+, false",
        "/foo/bar, /foo, false",
        "/foo/bar, /FOO/bar, false",
        "foo/bar, foo/#, true",
        "foo/bar, /#, false",
        "foo, #, true",
        "/, /#, true",
        "/, #, true",
        "'', #, true",
        "'', /#, false",
        "#, #, true",
        "#, /#, false"
    })
    void a_wildcard_counts_only_at_the_end_and_only_below_it(String topic, String added, boolean called) {
        callbacks.add(added, "callback");

        assertThat(calledFor(topic)).isEqualTo(called ? List.of("callback") : List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void a_topic_of_many_levels_takes_no_longer_than_another_of_its_length(int wildcards) {
        for (int i = 0; i < wildcards; i++) {
            callbacks.add("/a".repeat(i) + "/#", "callback");
        }

        double deep = nanos("/".repeat(LONGEST_TOPIC));
        double flat = nanos("x".repeat(LONGEST_TOPIC));

        // Some ten thousand times as long, if each level were looked up.
        assertThat(deep / flat).isLessThan(100);
    }

    /** Of a look-up, the least of a few. */
    private double nanos(String topic) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            // A new text each time, whose hash is not known yet.
            callbacks.of(new String(topic.toCharArray()));
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
        }
        return least;
    }

    @Test
    void a_wildcard_that_was_removed_is_looked_up_no_more_and_one_that_is_left_still_is() {
        callbacks.add("/a/#", "one");
        callbacks.add("/b/#", "two");
        callbacks.remove("/a/#", "one");
        callbacks.remove("/a/#", "one");

        assertThat(calledFor("/a/c")).isEmpty();
        assertThat(calledFor("/b/c")).containsExactly("two");
    }

    @Test
    void the_empty_topic_is_not_the_same_as_every_topic() {
        callbacks.add(null, "every");
        callbacks.add("", "empty");

        assertThat(calledFor("")).containsExactly("every", "empty");
        assertThat(calledFor("/a")).containsExactly("every");
        assertThat(callbacks.has(null)).isTrue();
    }

    @Test
    void callbacks_of_one_topic_come_in_the_order_of_their_addition_and_once_each() {
        callbacks.add("/a", "1");
        callbacks.add("/a", "2");
        callbacks.add("/a", "1");
        callbacks.add("/a", "3");

        assertThat(calledFor("/a")).containsExactly("1", "2", "3");
    }

    @Test
    void a_removed_one_is_not_called_any_more_and_the_others_are() {
        callbacks.add("/a", "1");
        callbacks.add("/a", "2");
        callbacks.add("/#", "1");

        callbacks.remove("/a", "1");

        assertThat(calledFor("/a")).containsExactly("2", "1");
    }

    @Test
    void it_knows_whether_exactly_this_topic_has_one() {
        callbacks.add("/a/#", "1");
        assertThat(callbacks.has("/a/#")).isTrue();
        assertThat(callbacks.has("/a/b")).isFalse();

        callbacks.remove("/a/#", "1");
        assertThat(callbacks.has("/a/#")).isFalse();
    }

    @Test
    void a_change_counts_for_a_topic_that_was_there_before() {
        callbacks.add("/a/#", "1");
        assertThat(calledFor("/a/b")).containsExactly("1");

        callbacks.add("#", "2");
        assertThat(calledFor("/a/b")).containsExactly("1", "2");

        callbacks.remove("/a/#", "1");
        assertThat(calledFor("/a/b")).containsExactly("2");
        assertThat(callbacks.hasFor("/c")).isTrue();
        callbacks.remove("#", "2");
        assertThat(callbacks.hasFor("/c")).isFalse();
    }

    @Test
    void of_the_topics_that_came_only_some_are_remembered_and_none_that_is_long() {
        callbacks.add("#", "1");
        assertThat(calledFor("/" + "a".repeat(60_000))).containsExactly("1");
        assertThat(callbacks.remembered()).isZero();

        for (int i = 0; i < 10_000; i++) {
            assertThat(calledFor("/" + i)).containsExactly("1");
            assertThat(callbacks.remembered()).isBetween(1, 256);
        }
    }

    @Test
    void removing_what_is_not_there_is_harmless() {
        callbacks.remove("/a", "1");
        callbacks.add("/a", "1");
        callbacks.remove("/a", "2");

        assertThat(calledFor("/a")).containsExactly("1");
    }

    @Test
    void a_callback_may_remove_itself_and_add_others() {
        List<String> called = new ArrayList<>();
        callbacks.add("/a", "1");
        callbacks.add("/a", "2");

        callbacks.forEach("/a", callback -> {
            called.add(callback);
            callbacks.remove("/a", callback);
            callbacks.add("/a", callback + "'");
        });

        assertThat(called).containsExactly("1", "2");
        assertThat(calledFor("/a")).containsExactly("1'", "2'");
    }

    @Test
    void none_is_lost_when_many_threads_add() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> {
                    awaitQuietly(go);
                    IntStream.range(0, 200).forEach(i -> callbacks.add("/a", number + "-" + i));
                }))
                .toList();
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(calledFor("/a")).hasSize(800);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> calledFor(String topic) {
        List<String> called = new ArrayList<>();
        callbacks.forEach(topic, called::add);
        return called;
    }
}
