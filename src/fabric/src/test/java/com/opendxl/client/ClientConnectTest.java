package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.Fabric;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedFabric.class)
class ClientConnectTest {
    /** No label of a host name may be so long; so the system knows without asking anybody that there is none. */
    private static final String UNKNOWN_HOST = "x".repeat(64) + ".example.org";

    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    @TempDir
    private Path folder;

    @Test
    void a_client_connects_and_disconnects_as_often_as_it_likes() throws Exception {
        DxlClient client = CLIENTS.make(config());
        assertThat(client.isConnected()).isFalse();
        assertThat(client.getCurrentBroker()).isNull();

        for (int i = 0; i < 3; i++) {
            client.connect();
            assertThat(client.isConnected()).isTrue();
            assertThat(client.getCurrentBroker())
                    .isEqualTo(client.getConfig().getBrokerList().get(0));
            assertThat(client.getCurrentBroker()).hasToString("ssl://localhost:" + FABRIC.port());
            assertThat(FABRIC.connectedClients()).isEqualTo(1);

            client.disconnect();
            assertThat(client.isConnected()).isFalse();
            assertThat(client.getCurrentBroker()).isNull();
            await().until(() -> FABRIC.connectedClients() == 0);
        }
    }

    @Test
    void disconnecting_what_is_not_connected_is_harmless() throws Exception {
        DxlClient client = CLIENTS.make(config());
        client.disconnect();
        client.connect();
        client.disconnect();
        client.disconnect();

        assertThat(client.isConnected()).isFalse();
    }

    @Test
    void connecting_twice_makes_one_connection() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        client.connect();

        assertThat(client.isConnected()).isTrue();
        assertThat(FABRIC.connectedClients()).isEqualTo(1);
    }

    @Test
    void the_state_tells_how_it_stands() throws Exception {
        DxlClient client = CLIENTS.make(config());
        assertThat(client.fabricConnection().state().phase()).isEqualTo("idle");

        client.subscribe("/a");
        client.connect();
        assertThat(client.fabricConnection().state().ready()).isTrue();
        assertThat(client.fabricConnection().state().phase()).isEqualTo("ready");
        assertThat(client.fabricConnection().state().broker()).contains("ssl://localhost:" + FABRIC.port());
        assertThat(client.fabricConnection().state().subscriptions()).isEqualTo(1);
        assertThat(client.fabricConnection().state().lastError()).isEmpty();

        client.disconnect();
        assertThat(client.fabricConnection().state().phase()).isEqualTo("idle");
        assertThat(client.fabricConnection().state().broker()).isEmpty();
    }

    @Test
    void connecting_while_another_thread_connects_waits_for_the_same_attempt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void onConnect(Peer peer) throws java.io.IOException {
                Clients.awaitUnlessInterrupted(release);
                super.onConnect(peer);
            }
        }) {
            DxlClient client = CLIENTS.make(broker.config());
            CompletableFuture<Void> one = connecting(client);
            await().until(() -> broker.peers.size() == 1);
            CompletableFuture<Void> other = connecting(client);
            await().during(200, TimeUnit.MILLISECONDS).until(() -> !one.isDone() && !other.isDone());

            release.countDown();

            one.get(5, TimeUnit.SECONDS);
            other.get(5, TimeUnit.SECONDS);
            assertThat(client.isConnected()).isTrue();
            assertThat(broker.peers).hasSize(1);
            client.disconnect();
        }
    }

    @Test
    void reconnecting_makes_a_new_connection_with_the_same_subscriptions() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker()) {
            DxlClient client = CLIENTS.make(broker.config());
            client.subscribe("/a");
            client.connect();

            client.reconnect();

            assertThat(client.isConnected()).isTrue();
            assertThat(broker.peers).hasSize(2);
            assertThat(broker.questions).containsExactly("SUBSCRIBE /a", "SUBSCRIBE /a");
            client.disconnect();
        }
    }

    @Test
    void a_dead_broker_is_passed_over() throws Exception {
        DxlClientConfig config = config();
        config.getBrokerList().add(0, new Broker("dead", ScriptedBroker.deadPort(), "127.0.0.1", null));

        DxlClient client = CLIENTS.connected(config);

        assertThat(client.getCurrentBroker().getPort()).isEqualTo(FABRIC.port());
    }

    @Test
    void when_its_broker_goes_the_client_goes_to_the_next() throws Exception {
        ScriptedBroker first = new ScriptedBroker();
        try (first;
                ScriptedBroker second = new ScriptedBroker()) {
            DxlClient client = CLIENTS.make(ScriptedBroker.configFor(first.broker(), second.broker()));
            client.subscribe("/a");
            client.connect();
            assertThat(client.getCurrentBroker().getPort()).isEqualTo(first.port());

            first.close();

            await().until(() ->
                    client.isConnected() && client.getCurrentBroker().getPort() == second.port());
            assertThat(second.questions).containsExactly("SUBSCRIBE /a");
            client.disconnect();
        }
    }

    @Test
    void when_the_host_is_not_known_its_address_is_tried() throws Exception {
        DxlClientConfig config = config();
        config.getBrokerList().set(0, new Broker("b", FABRIC.port(), UNKNOWN_HOST, "127.0.0.1"));

        assertThat(CLIENTS.connected(config).isConnected()).isTrue();
    }

    @Test
    void a_host_that_is_not_known_is_told() throws Exception {
        DxlClientConfig config = config();
        config.getBrokerList().set(0, new Broker("b", FABRIC.port(), UNKNOWN_HOST, null));

        assertThatThrownBy(CLIENTS.make(config)::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining(UNKNOWN_HOST + ":" + FABRIC.port())
                .hasMessageContaining("the host name could not be looked up");
    }

    @Test
    void a_broker_that_is_not_there_is_told() throws Exception {
        int port = ScriptedBroker.deadPort();
        DxlClientConfig config = config();
        config.getBrokerList().set(0, new Broker("b", port, "127.0.0.1", null));
        DxlClient client = CLIENTS.make(config);

        assertThatThrownBy(client::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("No broker could be connected: 127.0.0.1:" + port)
                .hasMessageContaining("refused")
                .hasMessageContaining("check that the broker runs");
        assertThat(client.fabricConnection().state().phase()).isEqualTo("idle");
        assertThat(client.fabricConnection().state().lastError().orElseThrow()).contains("127.0.0.1:" + port);
    }

    @Test
    void after_a_failure_it_can_be_tried_again() throws Exception {
        int port = ScriptedBroker.deadPort();
        DxlClient client = CLIENTS.make(ScriptedBroker.configFor(new Broker("b", port, "127.0.0.1", null)));
        assertThatThrownBy(client::connect).isInstanceOf(DxlException.class);
        assertThatThrownBy(client::connect).isInstanceOf(DxlException.class);

        try (ScriptedBroker broker = new ScriptedBroker(port)) {
            client.connect();

            assertThat(client.isConnected()).isTrue();
            assertThat(broker.peers).hasSize(1);
            client.disconnect();
        }
    }

    @Test
    void the_brokers_are_tried_once_and_then_as_often_again_as_configured() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (ServerSocket hangingUp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ScriptedBroker.daemon(() -> {
                while (!hangingUp.isClosed()) {
                    try {
                        hangingUp.accept().close();
                        tries.incrementAndGet();
                    } catch (java.io.IOException e) {
                        // The end of the test.
                    }
                }
            });
            DxlClientConfig config = config();
            config.getBrokerList().set(0, new Broker("b", hangingUp.getLocalPort(), "127.0.0.1", null));
            config.setReconnectDelay(10);
            config.setConnectRetries(2);

            assertThatThrownBy(CLIENTS.make(config)::connect).isInstanceOf(DxlException.class);

            await().untilAsserted(() -> assertThat(tries).hasValue(3));
        }
    }

    @Test
    void a_broker_that_refuses_is_told_with_its_code() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void onConnect(Peer peer) throws java.io.IOException {
                peer.send(0x20, new byte[] {0, 5});
            }
        }) {
            assertThatThrownBy(CLIENTS.make(broker.config())::connect)
                    .isInstanceOf(DxlException.class)
                    .hasMessageContaining("CONNACK 5")
                    .hasMessageContaining("not authorized");
        }
    }

    @Test
    void a_broker_that_never_accepts_is_given_up_after_the_connect_timeout() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void onConnect(Peer peer) {}
        }) {
            DxlClientConfig config = broker.config();
            config.setConnectTimeout(1);

            assertThatThrownBy(CLIENTS.make(config)::connect)
                    .isInstanceOf(DxlException.class)
                    .hasMessageContaining("did not accept the connection within 1000 ms");
        }
    }

    @Test
    void the_client_id_of_the_file_is_the_clients() throws Exception {
        FABRIC.writeConfig(folder);
        Path file = folder.resolve("dxlclient.config");
        Files.writeString(file, Files.readString(file).replace("[General]", "[General]\nClientId={me}"));

        DxlClient client = CLIENTS.make(DxlClientConfig.createDxlConfigFromFile(file.toString()));

        assertThat(client.getUniqueId()).isEqualTo("{me}");
        assertThat(CLIENTS.make(config()).getUniqueId()).matches("\\{[0-9a-f-]{36}}");
    }

    @Test
    void a_client_without_a_broker_is_not_made() throws Exception {
        DxlClientConfig config = config();
        config.getBrokerList().clear();

        assertThatThrownBy(() -> new DxlClient(config))
                .isInstanceOf(DxlException.class)
                .hasMessage("No broker is configured");
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }

    private static CompletableFuture<Void> connecting(DxlClient client) {
        return Clients.inBackground(() -> {
            client.connect();
            return null;
        });
    }
}
