package io.github.dxlcdi.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import io.github.dxlcdi.client.wire.WireMessage.ResponseFields;
import io.github.dxlcdi.client.wire.WireMessage.TypeFields;
import io.github.dxlcdi.client.wire.WireReader;
import io.github.dxlcdi.client.wire.WireWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgedBrokersTest extends OnBridgedBrokers {
    private static final byte[] BODY = {1, 2, 3};
    private static final String END = "/end";

    private static byte[] message(TypeFields type, List<String> brokerIds, List<String> clientIds) {
        return WireWriter.write(new WireMessage(
                3,
                "{" + UUID.randomUUID() + "}",
                "{says who}",
                "",
                brokerIds,
                clientIds,
                "payload".getBytes(UTF_8),
                type,
                List.of(),
                "",
                List.of(),
                ""));
    }

    private static byte[] event(List<String> brokerIds, List<String> clientIds) {
        return message(new EventFields(), brokerIds, clientIds);
    }

    private static void assertNothingBeforeEnd(Peer peer) throws Exception {
        assertThat(peer.next().topic()).isEqualTo(END);
    }

    @Test
    void an_event_reaches_the_subscribers_at_every_broker_once() throws Exception {
        List<Peer> receivers = List.of(at(0, "/t", END), at(1, "/t", END), at(2, "/t", END), at(2, "/t", END));
        Peer sender = at(1);

        sender.publish("/t", BODY);
        sender.publish(END, BODY);

        for (Peer receiver : receivers) {
            assertThat(receiver.next().topic()).isEqualTo("/t");
            assertNothingBeforeEnd(receiver);
        }
    }

    @Test
    void it_bears_the_id_of_the_broker_that_it_was_sent_to() throws Exception {
        Peer there = at(2, "/t");
        Peer here = at(1, "/t");

        at(1).publish("/t", event(List.of(), List.of()));

        byte[] body = there.next().body();
        assertThat(WireReader.read(body).sourceBrokerId())
                .isEqualTo(fabric.broker(1).id());
        assertThat(body)
                .as("no broker but the first writes into it")
                .isEqualTo(here.next().body());
    }

    @Test
    void each_matching_subscription_at_another_broker_gives_a_copy() throws Exception {
        Peer receiver = at(1, "/t/a", "/t/#", "/+/a", END);
        Peer sender = at(0);

        sender.publish("/t/a", BODY);
        sender.publish(END, BODY);

        for (int copy = 0; copy < 3; copy++) {
            assertThat(receiver.next().topic()).isEqualTo("/t/a");
        }
        assertNothingBeforeEnd(receiver);
    }

    @Test
    void a_plus_is_not_known_beyond_the_bridge() throws Exception {
        Peer plus = at(1, "/+/a", "/t/+/#", END);
        Peer hash = at(2, "/t/#", END);
        Peer sender = at(0, "/t/+");

        sender.publish("/t/a", BODY);
        sender.publish(END, BODY);

        assertThat(hash.next().topic()).isEqualTo("/t/a");
        assertThat(sender.next().topic()).as("a plus at the same broker").isEqualTo("/t/a");
        assertNothingBeforeEnd(plus);
    }

    @Test
    void an_unsubscribed_topic_draws_nothing_any_more() throws Exception {
        Peer receiver = at(1, "/t", "/+", END);
        receiver.client().unsubscribe("/t");
        Peer sender = at(0);

        sender.publish("/t", BODY);
        sender.publish("/end", BODY);

        assertNothingBeforeEnd(receiver);
    }

    @Test
    void an_event_for_certain_clients_finds_them_at_their_brokers() throws Exception {
        ClientIdentity wanted = fabric.newIdentity("wanted");
        Peer one = at(1, wanted, "/+", END);
        Peer other = at(1, "/+", END);
        Peer elsewhere = at(2, "/t", END);
        Peer sender = at(0);

        sender.publish("/t", event(List.of(), List.of(wanted.thumbprint())));
        sender.publish(END, BODY);

        Peer.Arrived arrived = one.next();
        assertThat(arrived.topic()).isEqualTo("/t");
        assertThat(WireReader.read(arrived.body()).clientIds()).isEmpty();
        assertNothingBeforeEnd(other);
        assertNothingBeforeEnd(elsewhere);
    }

    @Test
    void a_message_for_certain_brokers_reaches_their_clients_alone() throws Exception {
        Peer here = at(0, "/t", END);
        Peer there = at(1, "/t", END);
        Peer elsewhere = at(2, "/t", END);
        Peer sender = at(0);

        sender.publish("/t", event(List.of(fabric.broker(1).id()), List.of()));
        sender.publish(END, BODY);

        assertThat(there.next().topic()).isEqualTo("/t");
        assertNothingBeforeEnd(here);
        assertNothingBeforeEnd(elsewhere);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_answer_comes_back_to_who_asked(boolean brokerIdKnown) throws Exception {
        String replyTo = "/mcafee/client/{me}";
        Peer requester = at(2, replyTo);
        String brokerId = brokerIdKnown ? fabric.broker(2).id() : "";
        byte[] answer = message(
                new ResponseFields("{request}", ""),
                List.of(brokerId),
                List.of(fabric.identity().thumbprint()));

        at(0).publish(replyTo, answer);

        assertThat(WireReader.read(requester.next().body()).sourceBrokerId())
                .isEqualTo(fabric.broker(0).id());
    }

    @Test
    void the_will_of_a_client_reaches_the_subscribers_at_other_brokers() throws Exception {
        Peer receiver = at(1, "/will");
        RawClient.open(fabric)
                .send(RawClient.connect("MQTT", 4, 0x06, 0, "raw", "/will", "gone"))
                .expect(RawClient.CONNACK_OK)
                .close();

        assertThat(receiver.next().body()).isEqualTo("gone".getBytes(UTF_8));
    }

    @Test
    void it_tells_who_is_attached_where() throws Exception {
        ClientIdentity other = fabric.newIdentity("other");
        at(0, "/a");
        at(1, other, "/b");
        at(1, "/c");

        assertThat(fabric.broker(0).clients()).containsExactly(fabric.identity().thumbprint());
        assertThat(fabric.broker(1).clients())
                .containsExactly(other.thumbprint(), fabric.identity().thumbprint());
        assertThat(fabric.broker(2).clients()).isEmpty();
        assertThat(fabric.broker(1).connectedClients()).isEqualTo(2);
        assertThat(fabric.connectedClients()).isEqualTo(3);
        assertThat(fabric.broker(1).subscriptions()).containsExactly("/b", "/c");
        assertThat(fabric.subscriptions()).containsExactly("/a", "/b", "/c");
    }

    @Test
    void each_broker_has_its_own_id_port_and_certificate() throws Exception {
        List<String> names = new ArrayList<>();
        for (FabricBroker broker : fabric.brokers()) {
            try (RawClient client = RawClient.open(broker.port(), Tls.context(fabric.caPem(), fabric.identity()))) {
                names.add(client.peerName());
            }
        }

        assertThat(names)
                .containsExactlyElementsOf(fabric.brokers().stream()
                        .map(broker -> "CN=OpenDxlBroker-" + broker.id())
                        .toList());
        assertThat(fabric.brokers()).extracting(FabricBroker::id).doesNotHaveDuplicates();
        assertThat(fabric.brokers()).extracting(FabricBroker::port).doesNotHaveDuplicates();
    }

    @Test
    void a_configuration_names_all_of_them(@TempDir Path folder) throws Exception {
        fabric.writeConfig(folder);

        assertThat(Files.readString(folder.resolve("dxlclient.config"))).endsWith("""
                        [Brokers]
                        {%s}=%s
                        {%s}=%s
                        {%s}=%s
                        """.formatted(
                        fabric.brokers().stream()
                                .flatMap(broker -> List.of(broker.id(), broker.line()).stream())
                                .toArray()));
        assertThat(fabric.configuration()).containsEntry("dxl.brokers", String.join(",", fabric.brokerLines()));
        assertThat(fabric.brokerLines()).hasSize(3).first().isEqualTo(fabric.brokerLine());
    }

    @Test
    void a_broker_that_is_stopped_is_cut_off_and_comes_back() throws Exception {
        Peer lost = at(1, "/t");
        Peer receiver = at(2, "/t", END);

        fabric.broker(1).faults().stop();
        await().until(lost::isLost);
        at(0).publish("/t", BODY);

        assertThat(receiver.next().topic()).isEqualTo("/t");
        assertThat(fabric.broker(1).isUp()).isFalse();
        assertThat(fabric.broker(0).isUp()).isTrue();
        assertThatThrownBy(() -> new Socket(
                        InetAddress.getLoopbackAddress(), fabric.broker(1).port()))
                .isInstanceOf(IOException.class);

        fabric.broker(1).faults().restart().get(10, TimeUnit.SECONDS);

        assertThat(fabric.broker(1).isUp()).isTrue();
        Peer back = at(1, "/t");
        at(0).publish("/t", BODY);
        assertThat(back.next().topic()).isEqualTo("/t");
        back.publish(END, BODY);
        assertThat(receiver.next().topic()).isEqualTo("/t");
        assertNothingBeforeEnd(receiver);
    }

    @Test
    void what_the_fabric_publishes_is_sent_to_the_first_broker_that_is_up() throws Exception {
        Peer receiver = at(2, "/t");
        fabric.broker(0).faults().stop();

        fabric.publish("/t", BODY);

        assertThat(WireReader.read(receiver.next().body()).sourceBrokerId())
                .isEqualTo(fabric.broker(1).id());
    }

    @Test
    void a_broker_that_is_cut_off_keeps_its_clients_and_their_messages_to_itself() throws Exception {
        Peer here = at(1, "/t", END);
        Peer there = at(2, "/t", END);
        Peer outside = at(0, "/t", END);

        fabric.broker(1).faults().cutOff();
        here.publish("/t", BODY);
        assertThat(here.next().topic()).isEqualTo("/t");
        outside.publish("/t", BODY);
        assertThat(outside.next().topic()).isEqualTo("/t");
        assertThat(there.next().topic()).isEqualTo("/t");
        fabric.faults().heal();
        outside.publish(END, BODY);

        for (Peer peer : List.of(here, there, outside)) {
            assertNothingBeforeEnd(peer);
        }
    }

    @Test
    void a_topic_that_is_forbidden_at_one_broker_passes_at_the_others() throws Exception {
        Peer forbidden = at(1, "/t", END);
        Peer receiver = at(2, "/t", END);
        Peer sender = at(0);

        fabric.broker(1).faults().forbid("/t");
        sender.publish("/t", BODY);
        assertThat(receiver.next().topic()).isEqualTo("/t");
        forbidden.publish("/t", BODY);
        forbidden.publish(END, BODY);

        assertNothingBeforeEnd(receiver);
        assertNothingBeforeEnd(forbidden);
    }

    @Test
    void a_fault_of_the_fabric_is_one_of_all_its_brokers() throws Exception {
        List<Peer> all = List.of(at(0), at(1), at(2));

        fabric.faults().cut();
        await().until(() -> all.stream().allMatch(Peer::isLost));

        fabric.faults().stop();
        assertThat(fabric.brokers()).noneMatch(FabricBroker::isUp);

        fabric.faults().restart().get(10, TimeUnit.SECONDS);
        assertThat(fabric.brokers()).allMatch(FabricBroker::isUp);
    }

    @Test
    void a_fault_of_one_broker_leaves_the_others_alone() throws Exception {
        Peer hit = at(1);
        Peer spared = at(2, END);

        fabric.broker(1).faults().reset();
        await().until(hit::isLost);

        at(0).publish(END, BODY);
        assertNothingBeforeEnd(spared);
    }

    @Test
    void the_return_of_all_brokers_can_be_called_off() {
        CompletableFuture<Void> back = fabric.faults().restartAfter(Duration.ofMinutes(1));

        fabric.broker(2).faults().stop();
        assertThat(back).isNotDone();
        fabric.faults().stop();

        assertThat(back).isCancelled();
        assertThatThrownBy(back::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void ports_that_are_chosen_follow_each_other_and_a_taken_one_is_named() throws Exception {
        try (ServerSocket taken = takenBehindAFreeOne()) {
            int first = taken.getLocalPort() - 1;
            assertThatThrownBy(() -> Fabric.builder().brokers(2).port(first).start())
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
            try (ServerSocket again = listening(first)) {
                assertThat(again.getLocalPort())
                        .as("left by the start that failed")
                        .isEqualTo(first);
            }
        }
    }

    private static ServerSocket takenBehindAFreeOne() throws IOException {
        while (true) {
            ServerSocket taken = listening(0);
            try {
                listening(taken.getLocalPort() - 1).close();
                return taken;
            } catch (IOException e) {
                taken.close();
            }
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void numbers_of_brokers_that_are_out_of_range_are_refused() {
        assertThatThrownBy(() -> Fabric.builder().brokers(0)).hasMessageContaining("0 brokers are not 1 to 16");
        assertThatThrownBy(() -> Fabric.builder().brokers(17)).hasMessageContaining("17 brokers");
        assertThatThrownBy(() -> Fabric.builder().port(65_535).brokers(2).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65535");
    }
}
