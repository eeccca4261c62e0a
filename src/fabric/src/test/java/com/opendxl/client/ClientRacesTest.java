package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.connection.Connection;
import io.github.dxlcdi.client.spi.FabricConnection;
import io.github.dxlcdi.fabric.Fabric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several threads do different things with one client at the same time. */
@ExtendWith(SharedFabric.class)
class ClientRacesTest {
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    @TempDir
    private Path folder;

    @Test
    void connecting_while_a_disconnect_is_under_way_connects_anew() throws Exception {
        CompletableFuture<Void> again = new CompletableFuture<>();
        try (ScriptedBroker broker = new ScriptedBroker()) {
            DxlClient client = whenFirstReady(broker, connection -> {
                connection.disconnect();
                pass(connection.connect(1), again);
            });

            client.connect();

            again.get(5, TimeUnit.SECONDS);
            assertThat(client.isConnected()).isTrue();
            assertThat(broker.peers).hasSize(2);
            client.disconnect();
        }
    }

    @Test
    void the_last_of_several_calls_decides() throws Exception {
        CompletableFuture<Void> again = new CompletableFuture<>();
        CompletableFuture<Void> left = new CompletableFuture<>();
        try (ScriptedBroker broker = new ScriptedBroker()) {
            DxlClient client = whenFirstReady(broker, connection -> {
                connection.disconnect();
                pass(connection.connect(1), again);
                pass(connection.disconnect(), left);
            });

            client.connect();

            left.get(5, TimeUnit.SECONDS);
            assertThatThrownBy(() -> again.get(5, TimeUnit.SECONDS)).hasMessageContaining("disconnect was called");
            await().during(300, TimeUnit.MILLISECONDS).until(() -> !client.isConnected() && broker.peers.size() == 1);
        }
    }

    @Test
    void disconnect_and_connect_from_many_threads_end_as_the_last_one_says() throws Exception {
        DxlClient client = CLIENTS.make(config());
        atOnce(6, number -> {
            for (int i = 0; i < 20; i++) {
                try {
                    if (ThreadLocalRandom.current().nextBoolean()) {
                        client.connect();
                    } else {
                        client.disconnect();
                    }
                } catch (DxlException e) {
                    assertThat(e).hasMessageContaining("disconnect was called");
                }
            }
        });

        client.connect();
        assertThat(client.isConnected()).isTrue();
        await().until(() -> FABRIC.connectedClients() == 1);
        client.disconnect();
        await().until(() -> FABRIC.connectedClients() == 0);
        assertThat(client.isConnected()).isFalse();
    }

    @Test
    void nobody_waits_for_a_client_that_was_closed_meanwhile() throws Exception {
        int port = ScriptedBroker.deadPort();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            DxlClientConfig config = config();
            config.getBrokerList().set(0, new Broker("dead", port, "127.0.0.1", null));
            config.setConnectRetries(-1);
            DxlClient client = new DxlClient(config);
            CyclicBarrier together = new CyclicBarrier(4);
            for (int caller = 0; caller < 3; caller++) {
                calls.add(Clients.inBackground(() -> {
                    together.await();
                    while (true) {
                        try {
                            client.connect();
                        } catch (DxlException e) {
                            if (e.getMessage().contains("closed")) {
                                return null;
                            }
                        }
                    }
                }));
            }
            calls.add(Clients.inBackground(() -> {
                together.await();
                client.close();
                return null;
            }));
        }

        CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
    }

    @Test
    void topics_that_many_threads_add_while_it_connects_are_all_there() throws Exception {
        DxlClient client = CLIENTS.make(config());
        IntStream.range(0, 300).forEach(i -> subscribe(client, "/before/" + i));

        atOnce(4, number -> {
            if (number == 0) {
                client.connect();
            } else {
                for (int i = 0; i < 100; i++) {
                    client.subscribe("/" + number + "/" + i);
                }
            }
        });

        assertThat(client.getSubscriptions()).hasSize(600);
        assertThat(SharedFabric.topics()).isEqualTo(new java.util.TreeSet<>(client.getSubscriptions()));
        client.disconnect();
    }

    @Test
    void the_broker_and_the_list_of_topics_agree_whoever_subscribes_and_unsubscribes() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        for (int round = 0; round < 60; round++) {
            atOnce(4, number -> {
                if (number % 2 == 0) {
                    client.subscribe("/a");
                } else {
                    client.unsubscribe("/a");
                }
            });

            assertThat(SharedFabric.topics()).isEqualTo(client.getSubscriptions());
        }
        client.disconnect();
    }

    @Test
    void a_callback_added_while_another_is_removed_has_its_subscription() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        EventCallback leaving = event -> {};
        EventCallback coming = event -> {};
        for (int round = 0; round < 1_000; round++) {
            client.addEventCallback("/a", leaving);

            atOnce(2, number -> {
                if (number == 0) {
                    client.removeEventCallback("/a", leaving);
                } else {
                    client.addEventCallback("/a", coming);
                }
            });

            assertThat(SharedFabric.topics()).as("round %s", round).containsExactly("/a");
            client.removeEventCallback("/a", coming);
        }
        client.disconnect();
    }

    @Test
    void what_is_sent_while_the_connection_breaks_is_sent_or_fails_but_never_hangs() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        CountDownLatch enough = new CountDownLatch(1);
        List<CompletableFuture<Void>> senders = IntStream.range(0, 3)
                .mapToObj(number -> Clients.<Void>inBackground(() -> {
                    while (enough.getCount() > 0) {
                        try {
                            client.sendEvent(new com.opendxl.client.message.Event("/a"));
                        } catch (DxlException e) {
                            Thread.onSpinWait();
                        }
                    }
                    return null;
                }))
                .toList();

        for (int i = 0; i < 5; i++) {
            FABRIC.faults().cut();
            await().until(client::isConnected);
        }
        enough.countDown();

        for (CompletableFuture<Void> sender : senders) {
            sender.get(5, TimeUnit.SECONDS);
        }
        client.disconnect();
    }

    /** Acts on the event loop itself, so that nothing comes between the calls. */
    private static DxlClient whenFirstReady(ScriptedBroker broker, Consumer<Connection> act) throws DxlException {
        DxlClient client = CLIENTS.make(broker.config());
        client.fabricConnection().listen(new FabricConnection.Listener() {
            private boolean first = true;

            @Override
            public void ready(String name, Instant at) {
                if (first) {
                    first = false;
                    act.accept(client.connection());
                }
            }

            @Override
            public void lost(String name, Instant lastHeard, String reason) {}

            @Override
            public void unreadable(String topic, byte[] body, IOException cause) {}
        });
        return client;
    }

    private static void pass(CompletableFuture<Void> from, CompletableFuture<Void> to) {
        from.whenComplete((done, failure) -> {
            if (failure == null) {
                to.complete(null);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }

    private interface Action {
        void run(int number) throws Exception;
    }

    private static void atOnce(int threads, Action action) throws Exception {
        CyclicBarrier together = new CyclicBarrier(threads);
        List<CompletableFuture<Void>> running = IntStream.range(0, threads)
                .mapToObj(number -> Clients.<Void>inBackground(() -> {
                    together.await();
                    action.run(number);
                    return null;
                }))
                .toList();
        for (CompletableFuture<Void> each : running) {
            each.get(20, TimeUnit.SECONDS);
        }
    }

    private static void subscribe(DxlClient client, String topic) {
        try {
            client.subscribe(topic);
        } catch (DxlException e) {
            throw new IllegalStateException(e);
        }
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }
}
