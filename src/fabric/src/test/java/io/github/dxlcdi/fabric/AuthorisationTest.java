package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dxlcdi.fabric.junit.FabricExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorisationTest {
    private static final byte[] BODY = {1, 2, 3};
    private static final String SECRET = "/secret/a";
    private static final String END = "/end";

    @RegisterExtension
    static final FabricExtension FABRIC =
            FabricExtension.perClass(Fabric.builder().brokers(2));

    private final List<Peer> peers = new ArrayList<>();
    private Fabric fabric;
    private ClientIdentity named;

    @BeforeEach
    void nameAClient() {
        fabric = FABRIC.fabric();
        named = fabric.newIdentity("named");
    }

    @AfterEach
    void lift() throws Exception {
        for (Peer peer : peers) {
            peer.close();
        }
        fabric.authorisation().lift();
        fabric.faults().heal();
    }

    private Peer as(ClientIdentity identity, String... subscribed) throws Exception {
        return at(0, identity, subscribed);
    }

    private Peer at(int broker, ClientIdentity identity, String... subscribed) throws Exception {
        Peer peer = Peer.join(fabric, fabric.broker(broker), identity);
        peers.add(peer);
        return peer.subscribe(subscribed);
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "/secret/+", "/secret/#", "#"})
    void what_others_than_the_named_send_vanishes_and_they_stay(String topic) throws Exception {
        Peer receiver = as(fabric.identity(), SECRET);
        Peer trusted = as(named);
        Peer stranger = as(fabric.identity());

        fabric.authorisation().onlySenders(topic, named);
        stranger.publish(SECRET, new byte[] {0});
        // Its confirmation comes when the broker has read what was sent before.
        stranger.subscribe("/confirmed");
        fabric.publishBytes(SECRET, new byte[] {0});
        trusted.publish(SECRET, BODY);

        assertThat(receiver.next().body()).isEqualTo(BODY);
        assertThat(stranger.client().isConnected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "/secret/+", "/secret/#"})
    void a_subscription_of_others_than_the_named_is_confirmed_and_brings_nothing(String subscribed) throws Exception {
        fabric.authorisation().onlyReceivers("/secret/#", named);
        Peer trusted = as(named, subscribed);
        Peer stranger = as(fabric.identity(), subscribed, END);

        fabric.publishBytes(SECRET, BODY);
        fabric.publishBytes(END, BODY);

        assertThat(trusted.next().topic()).isEqualTo(SECRET);
        assertThat(stranger.next().topic()).isEqualTo(END);
        assertThat(fabric.broker(0).subscriptions()).contains(subscribed);
    }

    @Test
    void a_subscription_that_is_older_than_the_rule_brings_nothing_until_it_is_lifted() throws Exception {
        Peer stranger = as(fabric.identity(), SECRET);

        fabric.authorisation().onlyReceivers(SECRET, named);
        fabric.publishBytes(SECRET, new byte[] {0});
        fabric.authorisation().lift();
        fabric.publishBytes(SECRET, BODY);

        assertThat(stranger.next().body()).isEqualTo(BODY);
    }

    @Test
    void who_may_send_may_not_therefore_receive_nor_the_other_way_round() throws Exception {
        Peer sender = as(named, SECRET, END);
        ClientIdentity second = fabric.newIdentity("second");
        Peer receiver = as(second, SECRET, END);

        fabric.authorisation().onlySenders(SECRET, named);
        fabric.authorisation().onlyReceivers(SECRET, second);
        receiver.publish(SECRET, new byte[] {0});
        receiver.subscribe("/confirmed");
        sender.publish(SECRET, BODY);
        sender.publish(END, BODY);

        assertThat(receiver.next().body()).isEqualTo(BODY);
        assertThat(sender.next().topic()).isEqualTo(END);
    }

    @Test
    void a_rule_holds_at_every_broker() throws Exception {
        Peer stranger = at(1, fabric.identity(), SECRET, END);
        Peer trusted = at(1, named, SECRET, END);

        fabric.authorisation().onlySenders(SECRET, named);
        stranger.publish(SECRET, new byte[] {0});
        stranger.subscribe("/confirmed");
        fabric.authorisation().onlyReceivers(SECRET, named);
        at(0, named).publish(SECRET, BODY);
        fabric.publishBytes(END, BODY);

        assertThat(trusted.next().body()).isEqualTo(BODY);
        assertThat(stranger.next().topic()).isEqualTo(END);
    }

    @Test
    void a_second_rule_adds_clients_and_other_topics_stay_free() throws Exception {
        ClientIdentity second = fabric.newIdentity("second");
        ClientIdentity third = fabric.newIdentity("third");
        Peer receiver = as(fabric.identity(), SECRET, END);

        fabric.authorisation().onlySenders(SECRET, named);
        fabric.authorisation().onlySenders(SECRET, second);
        fabric.authorisation().onlySenders("/secret/#", third);
        for (ClientIdentity sender : List.of(named, second, third)) {
            as(sender).publish(SECRET, BODY);
            assertThat(receiver.next().topic()).isEqualTo(SECRET);
        }
        as(fabric.identity()).publish(END, BODY);

        assertThat(receiver.next().topic()).isEqualTo(END);
    }

    @Test
    void a_rule_without_clients_lets_nobody() throws Exception {
        Peer receiver = as(fabric.identity(), SECRET, END);
        Peer sender = as(named);

        fabric.authorisation().onlySenders(SECRET);
        sender.publish(SECRET, BODY);
        sender.publish(END, BODY);

        assertThat(receiver.next().topic()).isEqualTo(END);
    }

    @Test
    void a_topic_that_is_forbidden_to_all_is_so_to_the_named_and_healing_leaves_the_rule() throws Exception {
        Peer receiver = as(fabric.identity(), SECRET);
        Peer trusted = as(named);
        Peer stranger = as(fabric.identity());

        fabric.authorisation().onlySenders(SECRET, named);
        fabric.faults().forbid(SECRET);
        trusted.publish(SECRET, new byte[] {0});
        trusted.subscribe("/confirmed");
        fabric.faults().heal();
        stranger.publish(SECRET, new byte[] {0});
        stranger.subscribe("/confirmed");
        trusted.publish(SECRET, BODY);

        assertThat(receiver.next().body()).isEqualTo(BODY);
    }

    @Test
    void the_will_of_a_client_that_may_not_send_it_vanishes() throws Exception {
        Peer receiver = as(fabric.identity(), SECRET, END);
        fabric.authorisation().onlySenders(SECRET, named);

        RawClient client = RawClient.open(fabric)
                .send(RawClient.connect("MQTT", 4, 0x06, 0, "raw", SECRET, "gone"))
                .expect(RawClient.CONNACK_OK);
        RawClient second = RawClient.open(fabric)
                .send(RawClient.connect("MQTT", 4, 0x06, 0, "raw", END, "gone"))
                .expect(RawClient.CONNACK_OK);
        client.close();
        second.close();

        assertThat(receiver.next().topic()).isEqualTo(END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "+b"})
    void what_no_filter_is_can_not_be_ruled(String noFilter) {
        assertThatThrownBy(() -> fabric.authorisation().onlySenders(noFilter, named))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + noFilter + "'");
        assertThatThrownBy(() -> fabric.authorisation().onlyReceivers(noFilter, named))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
