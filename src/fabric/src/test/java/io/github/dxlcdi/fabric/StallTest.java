package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.RawClient.PINGREQ;
import static io.github.dxlcdi.fabric.RawClient.PINGRESP;
import static io.github.dxlcdi.fabric.RawClient.publish;
import static io.github.dxlcdi.fabric.RawClient.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that hangs, that reads slowly, or that talks nonsense. */
class StallTest {
    private static final String DELIVERED = "3004" + "00022f74";

    private Fabric fabric;

    @BeforeEach
    void start() {
        fabric = Fabric.start();
    }

    @AfterEach
    void stop() {
        fabric.close();
    }

    @Test
    void a_stalled_broker_answers_nothing_until_it_is_resumed_and_then_everything_in_order() throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            client.send(subscribe(1, "/t", 0)).expect("9003000100");
            fabric.faults().stall();
            client.send(PINGREQ);
            fabric.publishBytes("/t", new byte[0]);
            fabric.publishBytes("/t", new byte[] {1});
            client.expectSilence(300);
            assertThat(fabric.connectedClients()).isOne();
            assertThat(fabric.subscriptions()).containsExactly("/t");

            fabric.faults().resume();

            client.expect(DELIVERED).expect("3005" + "00022f74" + "01").expect(PINGRESP);
            client.send(PINGREQ).expect(PINGRESP);
        }
    }

    @Test
    void a_stalled_broker_drops_nobody_for_a_silence_that_is_its_own() throws Exception {
        try (RawClient client = RawClient.open(fabric)) {
            client.send(RawClient.connect("MQTT", 4, 0x02, 1)).expect(RawClient.CONNACK_OK);
            fabric.faults().stall();
            client.expectSilence(2_000);

            fabric.faults().resume();

            client.send(PINGREQ).expect(PINGRESP);
            client.expectEnd();
        }
    }

    @Test
    void who_comes_while_the_broker_is_stalled_waits_and_is_let_in_after_it() throws Exception {
        fabric.faults().stall();
        try (Socket early = new Socket(InetAddress.getLoopbackAddress(), fabric.port())) {
            SSLSocket tls = (SSLSocket) Tls.context(fabric.caPem(), fabric.identity())
                    .getSocketFactory()
                    .createSocket(early, "localhost", fabric.port(), false);
            early.setSoTimeout(300);
            assertThatThrownBy(tls::startHandshake).isInstanceOf(SocketTimeoutException.class);

            fabric.faults().resume();

            RawClient.join(fabric).close();
        }
    }

    @Test
    void a_stalled_broker_can_be_cut_and_closed() throws Exception {
        try (RawClient first = RawClient.join(fabric);
                RawClient second = RawClient.join(fabric)) {
            fabric.faults().stall();
            fabric.faults().cut();
            first.expectEnd();
            second.expectEnd();
            assertThat(fabric.connectedClients()).isZero();
        }
        fabric.close();
        assertThatThrownBy(() -> fabric.faults().resume()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void garbage_reaches_every_connected_client_as_it_is() throws Exception {
        try (RawClient one = RawClient.join(fabric);
                RawClient other = RawClient.join(fabric);
                RawClient handshakeOnly = RawClient.open(fabric)) {
            fabric.faults().garbage(new byte[] {0, (byte) 0xff, 7});

            one.expect("00ff07");
            other.expect("00ff07");
            handshakeOnly.expectSilence(100);
            one.send(PINGREQ).expect(PINGRESP);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_slow_reader_takes_what_was_sent_whole_and_in_order_but_late(boolean connectedBefore) throws Exception {
        try (Peer receiver = Peer.join(fabric).subscribe("/t")) {
            RawClient early = connectedBefore ? RawClient.join(fabric) : null;
            fabric.faults().slowReader(100_000);
            try (RawClient sender = connectedBefore ? early : RawClient.join(fabric)) {
                long began = System.nanoTime();
                for (int i = 0; i < 10; i++) {
                    sender.send(publish(
                            0, "/t", ByteBuffer.allocate(10_000).putInt(i).array()));
                }
                for (int i = 0; i < 10; i++) {
                    assertThat(ByteBuffer.wrap(receiver.next().body()).getInt()).isEqualTo(i);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .isBetween(Duration.ofMillis(800), Duration.ofSeconds(20));

                fabric.faults().resume();
                sender.send(PINGREQ).expect(PINGRESP);
            }
        }
    }

    @Test
    void a_slow_reader_may_be_quick() throws Exception {
        try (Peer receiver = Peer.join(fabric).subscribe("/t");
                RawClient sender = RawClient.join(fabric)) {
            fabric.faults().slowReader(20_000_000);
            long began = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                sender.send(publish(0, "/t", new byte[500_000]));
            }
            for (int i = 0; i < 20; i++) {
                receiver.next();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(400), Duration.ofSeconds(20));
        }
    }

    @Test
    void resume_ends_slow_reading_and_what_was_held_comes_at_once() throws Exception {
        try (Peer receiver = Peer.join(fabric).subscribe("/t");
                RawClient sender = RawClient.join(fabric)) {
            fabric.faults().slowReader(1_000);
            sender.send(publish(0, "/t", new byte[50_000]));
            await().during(Duration.ofMillis(200)).until(() -> receiver.waiting() == 0);

            fabric.faults().resume();

            await().atMost(Duration.ofSeconds(2)).until(() -> receiver.waiting() == 1);
        }
    }

    @Test
    void heal_ends_a_stall_too() throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            fabric.faults().stall();
            client.send(PINGREQ).expectSilence(100);

            fabric.faults().heal();

            client.expect(PINGRESP);
        }
    }

    @Test
    void a_reader_slower_than_twenty_bytes_a_second_is_refused() {
        assertThatThrownBy(() -> fabric.faults().slowReader(19))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("19");
    }
}
