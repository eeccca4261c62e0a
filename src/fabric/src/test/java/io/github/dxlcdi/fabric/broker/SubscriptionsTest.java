package io.github.dxlcdi.fabric.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private final Subscriptions<String> subscriptions = new Subscriptions<>();

    private List<String> receiversOf(String topic) {
        List<String> receivers = new ArrayList<>();
        subscriptions.forEach(topic, receivers::add);
        return receivers;
    }

    @Test
    void each_matching_filter_gives_a_copy() {
        subscriptions.add("/a/b", "x");
        subscriptions.add("/a/#", "x");
        subscriptions.add("/+/b", "x");
        subscriptions.add("/other", "x");

        assertThat(receiversOf("/a/b")).containsExactly("x", "x", "x");
    }

    @Test
    void the_same_filter_twice_counts_once() {
        subscriptions.add("/a/b", "x");
        subscriptions.add("/a/b", "x");

        assertThat(receiversOf("/a/b")).containsExactly("x");
    }

    @Test
    void a_filter_is_gone_with_its_last_subscriber() {
        subscriptions.add("/a", "x");
        subscriptions.add("/a", "y");
        subscriptions.add("/#", "y");

        subscriptions.remove("/a", "x");
        subscriptions.remove("/never", "x");
        assertThat(subscriptions.filters()).containsExactly("/#", "/a");

        subscriptions.removeAll("y");
        assertThat(subscriptions.filters()).isEmpty();
        assertThat(receiversOf("/a")).isEmpty();
    }
}
