package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerChoiceTest {
    private static final String PATIENCE = "dxlClient.brokerConnectTimeout";
    private static final Clients CLIENTS = new Clients();

    @AfterEach
    void disconnect() throws DxlException {
        System.clearProperty(PATIENCE);
        CLIENTS.disconnectAll();
    }

    @AfterAll
    static void close() {
        CLIENTS.close();
    }

    @Test
    void a_broker_that_answers_no_call_costs_no_time() throws Exception {
        try (BlackHole first = new BlackHole();
                ScriptedBroker second = new ScriptedBroker()) {
            DxlClient client = CLIENTS.make(ScriptedBroker.configFor(first.broker(), second.broker()));
            long start = System.nanoTime();

            client.connect();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_900));
            assertThat(client.getCurrentBroker()).isEqualTo(second.broker());
        }
    }

    @Test
    void those_that_answered_are_tried_before_those_that_did_not_and_these_as_they_are_listed() throws Exception {
        System.setProperty(PATIENCE, "300");
        try (BlackHole slow = new BlackHole();
                ScriptedBroker full = refusing(3);
                LogLines lines = new LogLines("connection")) {
            int dead = ScriptedBroker.deadPort();
            DxlClientConfig config =
                    ScriptedBroker.configFor(slow.broker(), new Broker("dead", dead, "127.0.0.1", null), full.broker());
            config.setConnectTimeout(1);

            assertThatThrownBy(CLIENTS.make(config)::connect).isInstanceOf(DxlException.class);

            assertThat(lines.with("DXL0202")).hasSize(3);
            assertThat(lines.with("DXL0202").get(0)).contains("CONNACK 3");
            assertThat(lines.with("DXL0202").get(1)).contains("timed out", ":" + slow.port());
            assertThat(lines.with("DXL0202").get(2)).contains("Connection refused", ":" + dead);
        }
    }

    @Test
    void the_order_is_made_anew_for_each_pass() throws Exception {
        System.setProperty(PATIENCE, "300");
        int port = ScriptedBroker.deadPort();
        CompletableFuture<ScriptedBroker> late = new CompletableFuture<>();
        try (ScriptedBroker full = new ScriptedBroker() {
            @Override
            void onConnect(Peer peer) throws IOException {
                if (!late.isDone()) {
                    start(port, late);
                }
                peer.send(0x20, new byte[] {0, 3});
            }
        }) {
            DxlClientConfig config =
                    ScriptedBroker.configFor(full.broker(), new Broker("late", port, "127.0.0.1", null));
            config.setConnectRetries(20);

            DxlClient client = CLIENTS.connected(config);

            assertThat(client.getCurrentBroker().getUniqueId()).isEqualTo("late");
        } finally {
            late.get(5, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void a_host_that_answers_is_used_and_the_address_beside_it_is_left_alone() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedBroker broker = counting(calls)) {
            Broker both = new Broker("b", broker.port(), "localhost", "127.0.0.1");

            CLIENTS.connected(ScriptedBroker.configFor(both));

            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void where_the_host_does_not_answer_the_address_beside_it_is_used_soon() throws Exception {
        System.setProperty(PATIENCE, "300");
        try (ScriptedBroker broker = new ScriptedBroker()) {
            for (String host : List.of("broker.dxl.invalid", "127.0.0.2")) {
                DxlClient client =
                        CLIENTS.connected(ScriptedBroker.configFor(new Broker("b", broker.port(), host, "127.0.0.1")));

                assertThat(client.isConnected()).isTrue();
            }
        }
    }

    @Test
    void one_broker_with_one_host_is_called_once() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedBroker broker = counting(calls)) {
            CLIENTS.connected(broker.config());

            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void one_broker_with_one_host_is_waited_for_once() throws Exception {
        System.setProperty(PATIENCE, "990");
        try (BlackHole only = new BlackHole()) {
            DxlClientConfig config = ScriptedBroker.configFor(only.broker());
            config.setConnectTimeout(1);
            DxlClient client = CLIENTS.make(config);
            long start = System.nanoTime();

            assertThatThrownBy(client::connect).isInstanceOf(DxlException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_800));
        }
    }

    @Test
    void a_broker_that_answered_too_late_is_hung_up() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ScriptedBroker broker = new ScriptedBroker()) {
            List<Integer> heard = new CopyOnWriteArrayList<>();
            ScriptedBroker.daemon(() -> {
                try (Socket socket = other.accept()) {
                    // Of TLS, if it was quicker than the broker; then the end in either case.
                    socket.getInputStream().readAllBytes();
                    heard.add(0);
                } catch (IOException e) {
                    heard.add(1);
                }
            });
            DxlClientConfig config = ScriptedBroker.configFor(
                    broker.broker(), new Broker("other", other.getLocalPort(), "127.0.0.1", null));
            config.setConnectTimeout(1);

            CLIENTS.connected(config);

            await().until(() -> heard.size() == 1);
        }
    }

    @Test
    void an_attempt_that_is_ended_while_a_broker_is_called_calls_nobody_any_more() throws Exception {
        System.setProperty(PATIENCE, "400");
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedBroker broker = counting(calls);
                BlackHole host = new BlackHole("127.0.0.2", broker.port())) {
            DxlClient client =
                    CLIENTS.make(ScriptedBroker.configFor(new Broker("b", host.port(), "127.0.0.2", "127.0.0.1")));
            CompletableFuture<Void> connecting = Clients.inBackground(() -> {
                client.connect();
                return null;
            });
            await().until(() -> client.connection().status().phase().name().equals("CONNECTING"));

            client.disconnect();

            assertThat(connecting).failsWithin(Duration.ofMillis(300));
            await().during(Duration.ofMillis(700)).until(() -> calls.get() == 0);
        }
    }

    private static void start(int port, CompletableFuture<ScriptedBroker> started) {
        try {
            started.complete(new ScriptedBroker(port));
        } catch (Exception e) {
            started.completeExceptionally(e);
        }
    }

    private static ScriptedBroker refusing(int code) throws Exception {
        return new ScriptedBroker() {
            @Override
            void onConnect(Peer peer) throws IOException {
                peer.send(0x20, new byte[] {0, (byte) code});
            }
        };
    }

    private static ScriptedBroker counting(AtomicInteger calls) throws Exception {
        return new ScriptedBroker() {
            @Override
            void onOpen(Socket socket) {
                calls.incrementAndGet();
            }
        };
    }
}
