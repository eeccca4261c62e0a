package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client is ready when the broker has confirmed every subscription, and not before. */
@ExtendWith(SharedFabric.class)
class ClientReadyTest {
    private static final Clients CLIENTS = SharedFabric.clients();

    private final List<Runnable> heldBack = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> codes = new ConcurrentHashMap<>();
    private volatile boolean holding = true;
    private ScriptedBroker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new ScriptedBroker() {
            @Override
            void onSubscribe(Peer peer, int packetId, String topic) throws IOException {
                int code = codes.getOrDefault(topic, 0);
                if (holding) {
                    heldBack.add(() -> sendLater(peer, packetId, code));
                } else {
                    peer.suback(packetId, code);
                }
            }
        };
    }

    @AfterEach
    void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void connect_returns_only_with_the_last_confirmation() throws Exception {
        DxlClient client = withTopics("/a", "/b/#", "/c/+/d");
        CompletableFuture<Void> connecting = connecting(client);
        await().until(() -> heldBack.size() == 3);
        assertNotReady(client, connecting);

        heldBack.get(2).run();
        heldBack.get(0).run();
        assertNotReady(client, connecting);

        heldBack.get(1).run();
        connecting.get(5, TimeUnit.SECONDS);
        assertThat(client.isConnected()).isTrue();
        assertThat(broker.questions).containsExactlyInAnyOrder("SUBSCRIBE /a", "SUBSCRIBE /b/#", "SUBSCRIBE /c/+/d");
    }

    @Test
    void without_topics_it_is_ready_when_accepted() throws Exception {
        DxlClient client = CLIENTS.connected(broker.config());

        assertThat(client.isConnected()).isTrue();
        assertThat(broker.questions).isEmpty();
    }

    @Test
    void after_a_reconnect_it_is_ready_only_with_the_last_confirmation_again() throws Exception {
        holding = false;
        DxlClient client = withTopics("/a", "/b");
        client.connect();
        holding = true;

        broker.cut();
        await().until(() -> heldBack.size() == 2);
        heldBack.get(0).run();
        assertThat(client.fabricConnection().state().phase()).isEqualTo("connecting");
        await().during(200, TimeUnit.MILLISECONDS).until(() -> !client.isConnected());
        assertThatThrownBy(() -> client.sendEvent(new com.opendxl.client.message.Event("/x")))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("Not connected");

        heldBack.get(1).run();
        await().until(client::isConnected);
    }

    @Test
    void a_topic_added_while_connecting_counts_too() throws Exception {
        DxlClient client = withTopics("/a");
        CompletableFuture<Void> connecting = connecting(client);
        await().until(() -> heldBack.size() == 1);
        CompletableFuture<Void> subscribing = subscribing(client, "/b");
        await().until(() -> heldBack.size() == 2);
        heldBack.get(0).run();
        assertNotReady(client, connecting);
        assertThat(subscribing).isNotDone();

        heldBack.get(1).run();
        connecting.get(5, TimeUnit.SECONDS);
        subscribing.get(5, TimeUnit.SECONDS);
    }

    @Test
    void a_refused_topic_is_told_by_connect() throws Exception {
        holding = false;
        codes.put("/b", 0x80);
        DxlClient client = withTopics("/a", "/b");

        assertThatThrownBy(client::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("No broker could be connected")
                .hasMessageContaining("The broker refused the subscription to /b");
        assertThat(client.isConnected()).isFalse();
        assertThat(client.fabricConnection().state().lastError().orElseThrow()).contains("/b");
    }

    @Test
    void a_topic_refused_after_a_reconnect_is_told_by_the_state() throws Exception {
        holding = false;
        DxlClient client = withTopics("/a", "/b");
        client.connect();
        codes.put("/b", 0x80);

        broker.cut();

        await().until(() -> client.fabricConnection()
                .state()
                .lastError()
                .orElse("")
                .contains("The broker refused the subscription to /b"));
        assertThat(client.isConnected()).isFalse();
        codes.clear();
        await().until(client::isConnected);
    }

    @Test
    void subscribe_waits_for_its_confirmation() throws Exception {
        DxlClient client = CLIENTS.connected(broker.config());
        CompletableFuture<Void> subscribing = subscribing(client, "/a");
        await().until(() -> heldBack.size() == 1);
        await().during(200, TimeUnit.MILLISECONDS).until(() -> !subscribing.isDone());

        heldBack.get(0).run();
        subscribing.get(5, TimeUnit.SECONDS);
    }

    @Test
    void a_topic_that_is_refused_is_told_by_subscribe_and_not_remembered() throws Exception {
        holding = false;
        codes.put("/a", 0x80);
        DxlClient client = CLIENTS.connected(broker.config());

        assertThatThrownBy(() -> client.subscribe("/a"))
                .isInstanceOf(DxlException.class)
                .hasMessage("The broker refused the subscription to /a");
        assertThat(client.getSubscriptions()).isEmpty();
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void a_topic_added_while_connecting_and_refused_does_not_stay_to_spoil_each_attempt() throws Exception {
        DxlClient client = withTopics("/a");
        CompletableFuture<Void> connecting = connecting(client);
        await().until(() -> heldBack.size() == 1);
        codes.put("/b", 0x80);
        CompletableFuture<Void> subscribing = subscribing(client, "/b");
        await().until(() -> heldBack.size() == 2);

        heldBack.get(1).run();
        assertThatThrownBy(() -> subscribing.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("The broker refused the subscription to /b");
        heldBack.get(0).run();
        connecting.get(5, TimeUnit.SECONDS);

        assertThat(client.getSubscriptions()).containsExactly("/a");
    }

    @Test
    void a_confirmation_that_does_not_come_ends_the_wait_of_subscribe() throws Exception {
        DxlClientConfig config = broker.config();
        config.setOperationTimeToWait(200);
        DxlClient client = CLIENTS.connected(config);

        assertThatThrownBy(() -> client.subscribe("/a"))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessage("The broker did not confirm the subscription to /a within 200 ms");
        assertThat(client.getSubscriptions()).isEmpty();
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void a_confirmation_that_does_not_come_ends_the_attempt_to_connect() throws Exception {
        DxlClientConfig config = broker.config();
        config.setConnectTimeout(1);
        DxlClient client = CLIENTS.make(config);
        client.subscribe("/a");

        assertThatThrownBy(client::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("did not confirm the subscription to /a within 1000 ms");
        assertThat(client.getSubscriptions()).containsExactly("/a");
    }

    @Test
    void a_connection_lost_while_subscribe_waits_is_told_by_it() throws Exception {
        DxlClient client = CLIENTS.connected(broker.config());
        CompletableFuture<Void> subscribing = subscribing(client, "/a");
        await().until(() -> heldBack.size() == 1);

        broker.cut();

        assertThatThrownBy(() -> subscribing.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DxlException.class)
                .hasMessageContaining("No answer to the subscription to /a");
        assertThat(client.getSubscriptions()).isEmpty();
    }

    @Test
    void two_that_subscribe_one_topic_ask_once_and_both_wait() throws Exception {
        DxlClient client = CLIENTS.connected(broker.config());
        CompletableFuture<Void> one = subscribing(client, "/a");
        await().until(() -> heldBack.size() == 1);
        CompletableFuture<Void> other = subscribing(client, "/a");
        await().during(200, TimeUnit.MILLISECONDS).until(() -> !one.isDone() && !other.isDone());

        heldBack.get(0).run();

        one.get(5, TimeUnit.SECONDS);
        other.get(5, TimeUnit.SECONDS);
        assertThat(broker.questions).containsExactly("SUBSCRIBE /a");
    }

    private DxlClient withTopics(String... topics) throws DxlException {
        DxlClient client = CLIENTS.make(broker.config());
        for (String topic : topics) {
            client.subscribe(topic);
        }
        return client;
    }

    private static void assertNotReady(DxlClient client, CompletableFuture<Void> connecting) {
        await().during(200, TimeUnit.MILLISECONDS).until(() -> !connecting.isDone() && !client.isConnected());
        assertThat(client.getCurrentBroker()).isNull();
    }

    private static CompletableFuture<Void> connecting(DxlClient client) {
        return Clients.inBackground(() -> {
            client.connect();
            return null;
        });
    }

    private static CompletableFuture<Void> subscribing(DxlClient client, String topic) {
        return Clients.inBackground(() -> {
            client.subscribe(topic);
            return null;
        });
    }

    private static void sendLater(ScriptedBroker.Peer peer, int packetId, int code) {
        try {
            peer.suback(packetId, code);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
