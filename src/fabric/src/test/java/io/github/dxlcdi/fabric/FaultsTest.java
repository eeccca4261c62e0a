package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.RawClient.PINGREQ;
import static io.github.dxlcdi.fabric.RawClient.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private Fabric fabric;

    @BeforeEach
    void start() {
        fabric = Fabric.start();
    }

    @AfterEach
    void stop() {
        fabric.close();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), fabric.port()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void cut_breaks_every_connection_at_once_and_lets_new_ones_in() throws Exception {
        try (Peer mqtt = Peer.join(fabric).subscribe("/t");
                RawClient handshakeOnly = RawClient.open(fabric)) {
            fabric.faults().cut();

            assertThat(fabric.connectedClients()).isZero();
            assertThat(fabric.subscriptions()).isEmpty();
            await().until(mqtt::isLost);
            handshakeOnly.expectEnd();
        }
        RawClient.join(fabric).close();
    }

    @Test
    void a_cut_connection_ends_without_a_good_bye_of_tls() throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            fabric.faults().cut();

            assertThatThrownBy(() -> client.expect("00"))
                    .satisfiesAnyOf(
                            end -> assertThat(end).isInstanceOf(EOFException.class),
                            end -> assertThat(end).isInstanceOf(SSLException.class))
                    .hasMessageNotContaining("reset");
        }
    }

    @Test
    void a_connection_that_is_reset_ends_with_a_reset_and_not_with_a_good_bye() throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            fabric.faults().reset();

            assertThat(fabric.connectedClients()).isZero();

            assertThatThrownBy(() -> client.expect("00"))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void a_stopped_broker_refuses_connections_until_it_is_restarted() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RawClient client = RawClient.join(fabric)) {
                fabric.faults().stop();

                assertRefused();
                client.expectEnd();
            }
            fabric.faults().restart().get(5, TimeUnit.SECONDS);
        }
        RawClient.join(fabric).close();
    }

    @Test
    void the_broker_comes_back_on_its_port_by_itself() throws Exception {
        int port = fabric.port();
        try (Peer client = Peer.join(fabric).subscribe("/t")) {
            CompletableFuture<Void> back = fabric.faults().restartAfter(Duration.ofMillis(300));

            assertThat(back).isNotDone();
            assertRefused();
            await().until(client::isLost);
            back.get(5, TimeUnit.SECONDS);
            assertThat(fabric.port()).isEqualTo(port);
        }
        try (Peer again = Peer.join(fabric).subscribe("/t")) {
            fabric.detections().publishRandom();
            fabric.publish("/t", new byte[0]);
            again.next();
        }
    }

    @Test
    void restarts_follow_one_another_on_the_same_port() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RawClient client = RawClient.join(fabric)) {
                fabric.faults().restart().get(5, TimeUnit.SECONDS);
                client.expectEnd();
            }
        }
        RawClient.join(fabric).close();
    }

    @Test
    void a_restart_that_is_due_is_called_off_by_a_stop() throws Exception {
        CompletableFuture<Void> back = fabric.faults().restartAfter(Duration.ofMillis(50));
        fabric.faults().stop();

        assertThat(back).isCancelled();
        fabric.faults().restartAfter(Duration.ofMillis(150)).get(5, TimeUnit.SECONDS);
        RawClient.join(fabric).close();
    }

    @Test
    void a_restart_fails_if_the_port_has_been_taken() throws Exception {
        fabric.faults().stop();
        try (ServerSocket taker = new ServerSocket(fabric.port(), 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> back = fabric.faults().restart();

            assertThatThrownBy(() -> back.get(10, TimeUnit.SECONDS)).hasRootCauseInstanceOf(BindException.class);
        }
    }

    @Test
    void a_half_open_connection_is_open_and_silent_while_new_ones_work() throws Exception {
        try (RawClient old = RawClient.join(fabric)) {
            old.send(subscribe(1, "/t", 0)).expect("9003000100");
            fabric.faults().halfOpen();
            assertThat(fabric.connectedClients()).isZero();
            assertThat(fabric.subscriptions()).isEmpty();

            try (Peer young = Peer.join(fabric).subscribe("/t")) {
                old.send(PINGREQ);
                fabric.publish("/t", new byte[] {1});
                young.next();
                old.expectSilence(300);
                assertThat(fabric.connectedClients()).isOne();
            }
        }
    }

    @Test
    void nothing_is_read_from_a_half_open_connection() throws Exception {
        try (Socket beforeHandshake = new Socket(InetAddress.getLoopbackAddress(), fabric.port())) {
            // Sockets are accepted in their order, so the one before is in when this one is.
            RawClient.join(fabric).close();
            fabric.faults().halfOpen();

            SSLSocket tls = (SSLSocket) Tls.context(fabric.caPem(), fabric.identity())
                    .getSocketFactory()
                    .createSocket(beforeHandshake, "localhost", fabric.port(), false);
            beforeHandshake.setSoTimeout(300);
            assertThatThrownBy(tls::startHandshake).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void keep_alive_does_not_end_a_half_open_connection() throws Exception {
        try (RawClient old = RawClient.open(fabric)) {
            old.send(RawClient.connect("MQTT", 4, 0x02, 1)).expect(RawClient.CONNACK_OK);
            fabric.faults().halfOpen();

            old.expectSilence(2_000);
        }
    }

    @Test
    void half_open_connections_end_with_the_next_cut() throws Exception {
        try (RawClient old = RawClient.join(fabric)) {
            fabric.faults().halfOpen();
            fabric.faults().cut();

            old.expectEnd();
        }
    }

    @Test
    void half_open_connections_end_with_the_fabric() throws Exception {
        try (RawClient old = RawClient.join(fabric)) {
            fabric.faults().halfOpen();
            fabric.close();

            old.expectEnd();
        }
    }

    @Test
    void faults_of_a_closed_fabric_say_that_it_is_closed() {
        fabric.close();

        assertThatThrownBy(() -> fabric.faults().cut())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatCode(() -> fabric.close()).doesNotThrowAnyException();
    }
}
