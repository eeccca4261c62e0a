package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.RawClient.DISCONNECT;
import static io.github.dxlcdi.fabric.RawClient.PINGREQ;
import static io.github.dxlcdi.fabric.RawClient.PINGRESP;
import static io.github.dxlcdi.fabric.RawClient.connect;
import static io.github.dxlcdi.fabric.RawClient.publish;
import static io.github.dxlcdi.fabric.RawClient.subscribe;
import static io.github.dxlcdi.fabric.RawClient.unsubscribe;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies here are no DXL messages unless a test needs one: the broker passes them as they are. */
class PublishTest {
    private static final int LIMIT = 100_000;
    /** Type, three bytes of length, and the topic with its own. */
    private static final int HEADER = 1 + 3 + 2 + 2;

    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final byte[] LAST = "last".getBytes(UTF_8);

    private static Fabric fabric;

    @BeforeAll
    static void start() {
        fabric = Fabric.builder().messageSizeLimit(LIMIT).start();
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void a_subscription_is_granted_the_qos_it_asked_for_and_delivers_with_qos_0(int qos) throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            client.send(subscribe(5, "/t", qos)).expect("90030005" + "0" + qos);
            client.send(publish(0, "/t", HELLO)).expect("3009" + "00022f74" + "68656c6c6f");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, retain", "8, dup"})
    void retain_and_dup_are_taken_off(int flag, String name) throws Exception {
        try (RawClient subscriber = RawClient.join(fabric);
                RawClient publisher = RawClient.join(fabric)) {
            subscriber.send(subscribe(5, "/t", 0)).expect("9003000500");
            publisher.send(publish(flag, "/t", HELLO));

            subscriber.expect("3009" + "00022f74" + "68656c6c6f");
        }
        try (RawClient late = RawClient.join(fabric)) {
            late.send(subscribe(5, "/t", 0)).expect("9003000500");
            late.send(PINGREQ).expect(PINGRESP);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x02, 0x04})
    void a_message_with_a_higher_qos_vanishes_without_an_answer(int qosFlag) throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            client.send(subscribe(5, "/t", 1)).expect("9003000501");
            client.send(publish(qosFlag, "/t", HELLO)).send(PINGREQ).expect(PINGRESP);
        }
    }

    @Test
    void a_packet_of_the_largest_size_arrives() throws Exception {
        try (Peer peer = Peer.join(fabric).subscribe("/t")) {
            peer.publish("/t", new byte[LIMIT - HEADER]);

            assertThat(peer.next().body()).hasSize(LIMIT - HEADER);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 49 * LIMIT})
    void a_larger_packet_ends_the_connection_and_reaches_no_one(int excess) throws Exception {
        try (Peer peer = Peer.join(fabric).subscribe("/t");
                RawClient client = RawClient.join(fabric)) {
            client.send(publish(0, "/t", HELLO));
            assertThat(peer.next().body()).isEqualTo(HELLO);

            // The end may come before all of it is sent.
            catchThrowable(() -> client.send(publish(0, "/t", new byte[LIMIT - HEADER + excess])));
            client.expectEnd();

            peer.publish("/t", LAST);
            assertThat(peer.next().body()).isEqualTo(LAST);
        }
    }

    @Test
    void what_no_client_could_publish_the_fabric_refuses() {
        assertThatThrownBy(() -> fabric.publishBytes("/t", new byte[LIMIT - HEADER + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The message to /t has a packet of 100001 bytes, more than the message size limit of 100000");
        fabric.publishBytes("/t", new byte[LIMIT - HEADER]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/#", "/+/a", ""})
    void publishing_to_a_wildcard_or_nowhere_ends_the_connection(String topic) throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            client.send(publish(0, topic, HELLO)).expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a#", "/#/a", "/a+", ""})
    void subscribing_a_misplaced_wildcard_or_nothing_ends_the_connection(String filter) throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            client.send(subscribe(5, filter, 0)).expectEnd();
        }
    }

    @Test
    void nothing_that_follows_a_packet_that_ends_the_connection_is_heeded() throws Exception {
        try (Peer peer = Peer.join(fabric).subscribe("/t");
                RawClient client = RawClient.join(fabric)) {
            byte[] wrong = subscribe(5, "/a#", 0);
            byte[] right = publish(0, "/t", HELLO);
            byte[] both = new byte[wrong.length + right.length];
            System.arraycopy(wrong, 0, both, 0, wrong.length);
            System.arraycopy(right, 0, both, wrong.length, right.length);
            client.send(both).expectEnd();

            peer.publish("/t", LAST);
            assertThat(peer.next().body()).isEqualTo(LAST);
        }
    }

    @Test
    void a_message_comes_once_for_each_subscription_that_matches() throws Exception {
        try (Peer peer = Peer.join(fabric).subscribe("/a/b", "/a/#", "/+/b", "/a/b", "/other/#")) {
            peer.publish("/a/b", HELLO);
            peer.publish("/a", LAST);

            for (int i = 0; i < 3; i++) {
                assertThat(peer.next().topic()).isEqualTo("/a/b");
            }
            assertThat(peer.next().topic()).isEqualTo("/a");
            assertThat(peer.waiting()).isZero();
        }
    }

    @Test
    void subscriptions_are_told_as_long_as_they_last() throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            client.send(subscribe(5, "/a", 0)).expect("9003000500");
            client.send(subscribe(6, "/b/#", 0)).expect("9003000600");
            assertThat(fabric.subscriptions()).containsExactly("/a", "/b/#");

            client.send(unsubscribe(7, "/a")).expect("b0020007");
            assertThat(fabric.subscriptions()).containsExactly("/b/#");

            client.send(DISCONNECT).expectEnd();
        }
        await().untilAsserted(() -> assertThat(fabric.subscriptions()).isEmpty());
    }

    @Test
    void nothing_comes_after_unsubscribe() throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            client.send(subscribe(5, "/a", 0)).expect("9003000500");
            client.send(unsubscribe(7, "/a")).expect("b0020007");
            client.send(publish(0, "/a", HELLO)).send(PINGREQ).expect(PINGRESP);
        }
    }

    @Test
    void an_event_with_client_ids_goes_to_these_clients_only() throws Exception {
        ClientIdentity otherIdentity = fabric.newIdentity("other");
        try (Peer one = Peer.join(fabric).subscribe("/e");
                Peer other = Peer.join(fabric, otherIdentity).subscribe("/e")) {
            Event event = new Event("/e");
            event.setClientIds(Set.of(otherIdentity.thumbprint()));
            one.publish("/e", event.toBytes());

            Message arrived = Message.fromBytes(other.next().body());
            assertThat(arrived.getClientIds()).isEmpty();

            other.publish("/e", new Event("/e").toBytes());
            String instance = Message.fromBytes(other.next().body()).getSourceClientInstanceId();
            one.next();
            event.setClientIds(Set.of(instance, "somebody"));
            one.publish("/e", event.toBytes());
            assertThat(Message.fromBytes(other.next().body()).getMessageId()).isEqualTo(event.getMessageId());

            one.publish("/e", LAST);
            assertThat(one.next().body()).isEqualTo(LAST);
        }
    }

    @Test
    void two_connections_of_one_certificate_have_one_client_id_and_two_instance_ids() throws Exception {
        try (Peer one = Peer.join(fabric).subscribe("/e");
                Peer two = Peer.join(fabric)) {
            one.publish("/e", new Event("/e").toBytes());
            two.publish("/e", new Event("/e").toBytes());

            Message first = Message.fromBytes(one.next().body());
            Message second = Message.fromBytes(one.next().body());
            assertThat(first.getSourceClientId()).isEqualTo(second.getSourceClientId());
            assertThat(first.getSourceClientInstanceId()).isNotEqualTo(second.getSourceClientInstanceId());
        }
    }

    @Test
    void a_request_is_stamped_and_goes_to_who_subscribed_its_topic() throws Exception {
        try (Peer service = Peer.join(fabric).subscribe("/service");
                Peer client = Peer.join(fabric)) {
            Request request = new Request("/service");
            request.setReplyToTopic("/mcafee/client/{me}");
            client.publish("/service", request.toBytes());

            Request arrived = (Request) Message.fromBytes(service.next().body());
            assertThat(arrived.getReplyToTopic()).isEqualTo("/mcafee/client/{me}");
            assertThat(arrived.getSourceBrokerId()).isEqualTo(fabric.brokerId());
        }
    }

    @Test
    void the_will_of_a_client_is_done_when_it_goes_without_a_word() throws Exception {
        try (Peer peer = Peer.join(fabric).subscribe("/will")) {
            try (RawClient polite = RawClient.open(fabric)) {
                polite.send(connect("MQTT", 4, 0x06, 0, "raw", "/will", "polite"))
                        .expect(RawClient.CONNACK_OK);
                polite.send(DISCONNECT).expectEnd();
            }
            try (RawClient lost = RawClient.open(fabric)) {
                lost.send(connect("MQTT", 4, 0x06, 0, "raw", "/will", "gone")).expect(RawClient.CONNACK_OK);
            }
            assertThat(peer.next().body()).isEqualTo("gone".getBytes(UTF_8));
        }
    }

    @Test
    void the_fabrics_own_messages_are_stamped_as_those_of_an_endpoint() throws Exception {
        try (Peer peer = Peer.join(fabric).subscribe("/e")) {
            fabric.publish("/e", HELLO);

            Message arrived = Message.fromBytes(peer.next().body());
            assertThat(arrived.getPayload()).isEqualTo(HELLO);
            assertThat(arrived.getSourceClientId()).matches("[0-9a-f]{40}");
            assertThat(arrived.getSourceClientInstanceId()).startsWith(arrived.getSourceClientId() + ":");
            assertThat(arrived.getSourceBrokerId()).isEqualTo(fabric.brokerId());
            assertThat(arrived.getOtherFields().get("dxl.certs")).endsWith(";" + arrived.getSourceClientId());
        }
    }

    @Test
    void bytes_that_are_no_message_arrive_as_they_are() throws Exception {
        try (Peer peer = Peer.join(fabric).subscribe("/e")) {
            fabric.publishBytes("/e", HELLO);

            assertThat(peer.next().body()).isEqualTo(HELLO);
        }
    }

    @Test
    void nothing_is_published_by_the_fabric_to_a_wildcard() {
        assertThatThrownBy(() -> fabric.publish("/e/#", HELLO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/e/#");
    }
}
