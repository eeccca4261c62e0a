package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** As {@link ClientCloseTest}, for a client without a broker: one that looks for the first one, or for another. */
@ExtendWith(SharedFabric.class)
class ClientCloseUnconnectedTest {
    private final Threads threads = new Threads();
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void one_that_connects_to_a_port_that_answers_nothing() throws Exception {
        ServerSocket full = open(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        fillUp(full);
        DxlClient client = new DxlClient(configFor(full));
        CompletableFuture<Void> connecting = connecting(client);
        await().during(Duration.ofMillis(200))
                .until(() -> client.fabricConnection().state().phase().equals("connecting"));

        threads.assertClosesInTime(client);

        assertThatThrownBy(() -> connecting.get(5, TimeUnit.SECONDS)).hasMessageContaining("the client is closed");
    }

    @Test
    void one_that_waits_for_tls() throws Exception {
        ServerSocket silent = open(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        DxlClient client = new DxlClient(configFor(silent));
        CompletableFuture<Void> connecting = connecting(client);
        open(silent.accept());

        threads.assertClosesInTime(client);

        assertThatThrownBy(() -> connecting.get(5, TimeUnit.SECONDS)).hasMessageContaining("the client is closed");
    }

    @Test
    void one_that_waits_to_be_accepted() throws Exception {
        ScriptedBroker broker = open(new ScriptedBroker() {
            @Override
            void onConnect(Peer peer) {}
        });
        DxlClient client = new DxlClient(broker.config());
        CompletableFuture<Void> connecting = connecting(client);
        await().until(() -> broker.peers.size() == 1);

        threads.assertClosesInTime(client);

        assertThatThrownBy(() -> connecting.get(5, TimeUnit.SECONDS)).hasMessageContaining("the client is closed");
    }

    @Test
    void one_that_pauses_between_two_tries() throws Exception {
        DxlClientConfig config = config();
        config.getBrokerList().set(0, new Broker("dead", ScriptedBroker.deadPort(), "127.0.0.1", null));
        config.setConnectRetries(-1);
        config.setReconnectDelay(60_000);
        config.setReconnectDelayMax(60_000);
        DxlClient client = new DxlClient(config);
        CompletableFuture<Void> connecting = connecting(client);
        await().until(() -> client.fabricConnection().state().lastError().isPresent());

        threads.assertClosesInTime(client);

        assertThatThrownBy(() -> connecting.get(5, TimeUnit.SECONDS)).hasMessageContaining("the client is closed");
    }

    @Test
    void one_that_has_lost_its_broker() throws Exception {
        ScriptedBroker broker = open(new ScriptedBroker());
        DxlClientConfig config = broker.config();
        config.setReconnectDelay(60_000);
        config.setReconnectDelayMax(60_000);
        DxlClient client = connected(config);
        broker.close();
        await().until(() -> !client.isConnected());

        threads.assertClosesInTime(client);
    }

    private DxlClientConfig configFor(ServerSocket server) throws DxlException {
        DxlClientConfig config = config();
        config.getBrokerList().set(0, new Broker("b", server.getLocalPort(), "127.0.0.1", null));
        return config;
    }

    private static CompletableFuture<Void> connecting(DxlClient client) {
        return Clients.inBackground(() -> {
            client.connect();
            return null;
        });
    }

    /** From then on the system drops what wants to connect, without a word. */
    private void fillUp(ServerSocket full) throws IOException {
        while (true) {
            Socket socket = open(new Socket());
            try {
                socket.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(SharedFabric.fabric(), folder);
    }

    private static DxlClient connected(DxlClientConfig config) throws DxlException {
        DxlClient client = new DxlClient(config);
        client.connect();
        return client;
    }

    private <T extends AutoCloseable> T open(T resource) {
        open.add(resource);
        return resource;
    }
}
