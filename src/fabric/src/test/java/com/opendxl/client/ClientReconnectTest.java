package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.Fabric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedFabric.class)
class ClientReconnectTest {
    private static final String TOPIC = "/a";
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private final Outages outages = new Outages();
    private final CountDownLatch release = new CountDownLatch(1);
    private DxlClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeClient() throws DxlException {
        client = client(Clients.config(FABRIC, folder));
    }

    @AfterEach
    void disconnect() throws Exception {
        release.countDown();
        client.setDisconnectedStrategy(null);
        client.disconnect();
        FABRIC.faults().restart().get(5, TimeUnit.SECONDS);
    }

    @Test
    void after_an_end_without_a_good_bye_it_is_connected_and_subscribed_again() throws Exception {
        client.connect();

        FABRIC.faults().cut();

        await().until(() -> outages.ready.size() == 2);
        assertReceives();
        assertThat(outages.order).containsExactly("ready", "lost", "ready");
        assertThat(outages.losses.get(0).reason())
                .isEqualTo("localhost:" + FABRIC.port() + ": the broker closed the connection");
    }

    @Test
    void after_a_reset_it_is_connected_and_subscribed_again() throws Exception {
        client.connect();
        Instant before = Instant.now();

        FABRIC.faults().reset();

        await().until(() -> outages.ready.size() == 2);
        assertReceives();
        assertThat(outages.order).containsExactly("ready", "lost", "ready");
        Outages.Loss loss = outages.losses.get(0);
        assertThat(loss.broker()).isEqualTo("ssl://localhost:" + FABRIC.port());
        assertThat(loss.reason()).contains("localhost:" + FABRIC.port()).contains("connection was lost");
        assertThat(loss.lastHeard())
                .isBetween(outages.ready.get(0).minusMillis(500), before.plusMillis(50))
                .isBefore(outages.ready.get(1));
    }

    @Test
    void after_a_restart_of_the_broker_it_is_connected_and_subscribed_again() throws Exception {
        client.connect();

        CompletableFuture<Void> back = FABRIC.faults().restartAfter(Duration.ofSeconds(1));
        await().until(() ->
                client.fabricConnection().state().lastError().orElse("").contains("check that the broker runs"));
        assertThat(client.isConnected()).isFalse();
        assertThat(client.fabricConnection().state().phase()).isEqualTo("connecting");

        back.get(5, TimeUnit.SECONDS);
        await().until(client::isConnected);
        assertReceives();
    }

    @Test
    void after_ten_seconds_it_is_connected_within_two_if_the_pauses_end_at_one() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        config.setReconnectDelay(1_000);
        config.setReconnectDelayMax(1_000);
        DxlClient patient = client(config);
        patient.connect();

        FABRIC.faults().restartAfter(Duration.ofSeconds(10)).get(15, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(2)).until(patient::isConnected);
        assertReceives();
        patient.disconnect();
    }

    @Test
    void a_broker_that_is_not_there_at_the_start_is_waited_for() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        config.setConnectRetries(-1);
        DxlClient early = client(config);
        FABRIC.faults().stop();
        CompletableFuture<Void> connecting = connecting(early);
        await().until(() -> early.fabricConnection().state().lastError().isPresent());
        assertThat(connecting).isNotDone();

        FABRIC.faults().restart().get(5, TimeUnit.SECONDS);

        connecting.get(5, TimeUnit.SECONDS);
        assertThat(early.isConnected()).isTrue();
        assertReceives();
        early.disconnect();
    }

    @Test
    void a_half_open_connection_is_noticed_within_one_and_a_half_keep_alive_times() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        config.setKeepAliveInterval(1);
        DxlClient watchful = client(config);
        watchful.connect();
        await().during(Duration.ofMillis(1_700)).until(watchful::isConnected);

        Instant broken = Instant.now();
        FABRIC.faults().halfOpen();

        await().until(() -> outages.losses.size() == 1);
        Outages.Loss loss = outages.losses.get(0);
        assertThat(Duration.between(loss.lastHeard(), loss.told()))
                .isBetween(Duration.ofMillis(1_200), Duration.ofMillis(1_500));
        assertThat(Duration.between(broken, loss.told())).isLessThan(Duration.ofMillis(1_500));
        assertThat(loss.reason()).contains("nothing was heard of the broker for 1250 ms (keep alive 1 s)");
        await().until(watchful::isConnected);
        assertReceives();
        watchful.disconnect();
    }

    @Test
    void many_cuts_in_a_row_leave_one_connection() throws Exception {
        client.connect();
        for (int i = 1; i <= 5; i++) {
            FABRIC.faults().cut();
            int times = i;
            await().until(() -> outages.losses.size() == times && outages.ready.size() == times + 1);
        }

        assertThat(FABRIC.connectedClients()).isEqualTo(1);
        assertThat(SharedFabric.topics()).containsExactly(TOPIC);
        assertReceives();
    }

    @Test
    void without_a_strategy_a_lost_client_stays_where_it_is() throws Exception {
        client.setDisconnectedStrategy(null);
        client.connect();

        FABRIC.faults().cut();

        await().until(() -> !client.isConnected());
        await().during(Duration.ofMillis(300)).until(() -> FABRIC.connectedClients() == 0);
        assertThat(client.fabricConnection().state().phase()).isEqualTo("lost");
        client.connect();
        assertReceives();
    }

    @Test
    void a_strategy_of_ones_own_is_called_once_for_each_loss_and_may_wait() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        client.setDisconnectedStrategy(lost -> {
            threads.add(Thread.currentThread().getName());
            Clients.awaitUnlessInterrupted(release);
            throw new IllegalStateException("thrown on purpose");
        });
        client.connect();

        FABRIC.faults().cut();

        await().until(() -> threads.size() == 1);
        assertThat(threads.get(0)).startsWith("dxl-reconnect-");
        client.connect();
        assertReceives();
        assertThat(threads).hasSize(1);
    }

    @Test
    void leaving_on_purpose_is_no_loss_for_the_strategy_but_is_told() throws Exception {
        List<DxlClient> called = new CopyOnWriteArrayList<>();
        client.setDisconnectedStrategy(called::add);
        client.connect();

        client.disconnect();

        assertThat(outages.order).containsExactly("ready", "lost");
        assertThat(outages.losses.get(0).reason()).isEqualTo("disconnect was called");
        await().during(Duration.ofMillis(200)).until(called::isEmpty);
    }

    @Test
    void with_limited_retries_a_lost_client_gives_up_and_tells_why() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        config.setInfiniteReconnectRetries(false);
        config.setConnectRetries(1);
        DxlClient limited = client(config);
        limited.connect();

        FABRIC.faults().stop();

        await().until(() -> limited.fabricConnection().state().phase().equals("idle"));
        assertThat(limited.fabricConnection().state().lastError().orElseThrow()).contains("check that the broker runs");
    }

    @Test
    void disconnect_ends_the_search_for_a_broker() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        config.setConnectRetries(-1);
        DxlClient searching = client(config);
        FABRIC.faults().stop();
        CompletableFuture<Void> connecting = connecting(searching);
        await().until(() -> searching.fabricConnection().state().lastError().isPresent());

        searching.disconnect();

        assertThatThrownBy(() -> connecting.get(5, TimeUnit.SECONDS)).hasMessageContaining("disconnect was called");
        assertThat(searching.fabricConnection().state().phase()).isEqualTo("idle");
        FABRIC.faults().restart().get(5, TimeUnit.SECONDS);
        await().during(Duration.ofMillis(500)).until(() -> FABRIC.connectedClients() == 0);
    }

    @Test
    void whoever_disconnects_before_the_strategy_acts_stays_disconnected() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        client.setDisconnectedStrategy(lost -> {
            called.countDown();
            Clients.awaitUnlessInterrupted(release);
            new ReconnectDisconnectedStrategy().onDisconnect(lost);
        });
        client.connect();
        FABRIC.faults().cut();
        assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();

        client.disconnect();
        release.countDown();

        await().during(Duration.ofMillis(500)).until(() -> FABRIC.connectedClients() == 0 && !client.isConnected());
    }

    @Test
    void the_strategy_shares_an_attempt_that_the_application_has_begun() throws Exception {
        CountDownLatch accept = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch acted = new CountDownLatch(1);
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void onConnect(Peer peer) throws IOException {
                if (peers.size() > 1) {
                    Clients.awaitUnlessInterrupted(accept);
                }
                super.onConnect(peer);
            }
        }) {
            DxlClient lost = client(broker.config());
            lost.setDisconnectedStrategy(mine -> {
                called.countDown();
                Clients.awaitUnlessInterrupted(release);
                acted.countDown();
                new ReconnectDisconnectedStrategy().onDisconnect(mine);
            });
            lost.connect();
            broker.cut();
            assertThat(called.await(5, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> connecting = connecting(lost);
            await().until(() -> broker.peers.size() == 2);

            release.countDown();
            assertThat(acted.await(5, TimeUnit.SECONDS)).isTrue();
            await().during(Duration.ofMillis(200)).until(() -> !connecting.isDone());
            accept.countDown();

            connecting.get(5, TimeUnit.SECONDS);
            assertThat(lost.isConnected()).isTrue();
            assertThat(broker.peers).hasSize(2);
            lost.disconnect();
        }
    }

    private DxlClient client(DxlClientConfig config) throws DxlException {
        DxlClient made = CLIENTS.make(config);
        made.fabricConnection().listen(outages);
        made.addEventCallback(TOPIC, event -> received.add(event.getPayload()));
        return made;
    }

    private void assertReceives() {
        int before = received.size();
        FABRIC.publish(TOPIC, new byte[] {1});
        await().until(() -> received.size() == before + 1);
    }

    private static CompletableFuture<Void> connecting(DxlClient client) {
        return Clients.inBackground(() -> {
            client.connect();
            return null;
        });
    }
}
