package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dxlcdi.fabric.junit.FabricExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(FabricExtension.class)
class ForbiddenTopicTest {
    private static final byte[] BODY = {1, 2, 3};

    @AfterEach
    void heal(Fabric fabric) {
        fabric.faults().heal();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/secret/a", "/secret/+", "/secret/#", "#"})
    void what_is_sent_to_a_forbidden_topic_vanishes_and_the_sender_stays(String forbidden, Fabric fabric)
            throws Exception {
        try (Peer receiver = Peer.join(fabric).subscribe("/secret/a", "/end");
                Peer sender = Peer.join(fabric)) {
            fabric.faults().forbid(forbidden);
            sender.publish("/secret/a", BODY);
            // Its confirmation comes when the broker has read what was sent before.
            sender.subscribe("/confirmed");
            fabric.publish("/secret/a", BODY);
            assertThat(sender.client().isConnected()).isTrue();

            fabric.faults().heal();
            sender.publish("/end", BODY);

            assertThat(receiver.next().topic()).isEqualTo("/end");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/secret/a", "/secret/+", "#"})
    void a_subscription_of_a_forbidden_topic_is_confirmed_and_brings_nothing_of_it(String subscribed, Fabric fabric)
            throws Exception {
        fabric.faults().forbid("/secret/a");
        try (Peer receiver = Peer.join(fabric).subscribe(subscribed, "/end")) {
            assertThat(fabric.subscriptions()).contains(subscribed);
            fabric.publish("/secret/a", BODY);
            fabric.publish("/end", BODY);

            assertThat(nextButOfBrokers(receiver)).isEqualTo("/end");
        }
    }

    /** Who subscribes everything hears, too, what the broker tells about topics. */
    private static String nextButOfBrokers(Peer receiver) throws InterruptedException {
        String topic;
        do {
            topic = receiver.next().topic();
        } while (topic.startsWith(DxlPeer.EVENT));
        return topic;
    }

    @Test
    void healed_a_subscription_that_was_made_before_brings_what_comes(Fabric fabric) throws Exception {
        fabric.faults().forbid("/a");
        fabric.faults().forbid("/b");
        try (Peer receiver = Peer.join(fabric).subscribe("/a", "/b")) {
            fabric.publish("/a", BODY);
            fabric.publish("/b", BODY);
            fabric.faults().heal();
            fabric.publish("/b", BODY);

            assertThat(receiver.next().topic()).isEqualTo("/b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "+b"})
    void what_no_filter_is_can_not_be_forbidden(String noFilter, Fabric fabric) {
        assertThatThrownBy(() -> fabric.faults().forbid(noFilter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + noFilter + "'");
    }
}
