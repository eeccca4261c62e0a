package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that leaves loses nothing that was sent, though its broker drops what it has not read by then. */
class OrderlyLeaveTest {
    private static final String TOPIC = "/a";
    private static final long TURN_NANOS = 20_000;
    private static final int ROUNDS = 10;
    private static final int EVENTS = 10;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final LogLines log = new LogLines("connection");

    /** The ways to leave. */
    enum Way {
        CLOSE {
            @Override
            void go(DxlClient client) throws Exception {
                client.close();
            }
        },
        DISCONNECT {
            @Override
            void go(DxlClient client) throws Exception {
                client.disconnect();
            }
        },
        RECONNECT {
            @Override
            void go(DxlClient client) throws Exception {
                client.reconnect();
            }
        },
        RELOAD {
            @Override
            void go(DxlClient client) throws Exception {
                client.fabricConnection().reloadCertificates().get(10, TimeUnit.SECONDS);
            }
        };

        abstract void go(DxlClient client) throws Exception;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        log.close();
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, jdk", "TLSv1.3, jdk", "TLSv1.2, openssl", "TLSv1.3, openssl"})
    void a_few_events_before_a_close_all_arrive(String tls, String provider) throws Exception {
        ReadAheadBroker broker = open(new ReadAheadBroker(tls, TURN_NANOS));

        for (int round = 1; round <= ROUNDS; round++) {
            DxlClientConfig config = broker.config();
            config.setTlsProvider(provider);
            try (DxlClient client = new DxlClient(config)) {
                client.connect();
                send(client, EVENTS);
            }
        }

        assertAllArrive(broker, ROUNDS, ROUNDS * EVENTS);
    }

    @ParameterizedTest
    @EnumSource
    void a_flood_before_a_leave_arrives_to_the_last_event(Way way) throws Exception {
        ReadAheadBroker broker = open(new ReadAheadBroker("TLSv1.3", TURN_NANOS));
        DxlClient client = connected(broker.config());
        send(client, 5_000);

        way.go(client);

        assertAllArrive(broker, 1, 5_000);
    }

    @Test
    void requests_whose_answers_are_not_awaited_all_arrive() throws Exception {
        ReadAheadBroker broker = open(new ReadAheadBroker("TLSv1.2", TURN_NANOS));
        DxlClient client = connected(broker.config());
        for (int i = 0; i < 500; i++) {
            client.asyncRequest(new Request(TOPIC));
        }

        client.close();

        assertAllArrive(broker, 1, 500);
    }

    @Test
    void what_goes_through_the_sockets_of_a_factory_all_arrives() throws Exception {
        ReadAheadBroker broker = open(new ReadAheadBroker("TLSv1.2", TURN_NANOS));
        DxlClient client = open(new DxlClient(broker.config()));
        client.setSocketFactory(ScriptedBroker.clientTls().getSocketFactory());
        client.connect();
        send(client, 500);

        client.close();

        assertAllArrive(broker, 1, 500);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RELOAD")
    void what_several_threads_send_meanwhile_arrives_or_throws(Way way) throws Exception {
        ReadAheadBroker broker = open(new ReadAheadBroker("TLSv1.3", TURN_NANOS));
        DxlClient client = connected(broker.config());
        AtomicInteger accepted = new AtomicInteger();
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            senders.add(Clients.inBackground(() -> {
                try {
                    while (true) {
                        client.sendEvent(new Event(TOPIC));
                        accepted.incrementAndGet();
                    }
                } catch (DxlException e) {
                    return null;
                }
            }));
        }
        await().until(() -> accepted.get() > 200);

        way.go(client);

        for (CompletableFuture<Void> sender : senders) {
            sender.get(10, TimeUnit.SECONDS);
        }
        await().untilAsserted(() -> assertThat(broker.published).hasValueGreaterThanOrEqualTo(accepted.get()));
        assertThat(log.with("DXL0208")).isEmpty();
    }

    @Test
    void a_close_on_the_event_loop_loses_nothing_and_waits_for_nothing() throws Exception {
        ReadAheadBroker broker = open(new ReadAheadBroker("TLSv1.2", TURN_NANOS));
        DxlClient client = connected(broker.config());
        send(client, 500);

        client.connection()
                .call(loop -> {
                    try {
                        client.close();
                        return CompletableFuture.completedFuture(null);
                    } catch (Exception e) {
                        return CompletableFuture.failedFuture(e);
                    }
                })
                .get(10, TimeUnit.SECONDS);

        assertAllArrive(broker, 1, 500);
        await().until(() -> client.fabricConnection().state().phase().equals("closed"));
        assertThat(client.isConnected()).isFalse();
    }

    @Test
    void a_disconnect_on_the_event_loop_waits_for_nothing() throws Exception {
        ReadAheadBroker broker = open(new ReadAheadBroker("TLSv1.2", TURN_NANOS));
        DxlClient client = connected(broker.config());
        send(client, 500);

        client.connection()
                .call(loop -> {
                    try {
                        client.disconnect();
                        return CompletableFuture.completedFuture(null);
                    } catch (DxlException e) {
                        return CompletableFuture.failedFuture(e);
                    }
                })
                .get(10, TimeUnit.SECONDS);

        assertAllArrive(broker, 1, 500);
    }

    /** The answer to the ping stands behind messages for which there is no room any more. */
    @Test
    void a_backlog_of_messages_for_the_client_keeps_no_answer_away() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        open(release::countDown);
        byte[] message = new Event(TOPIC).toBytes();
        AtomicInteger pings = new AtomicInteger();
        ScriptedBroker broker = open(new ScriptedBroker() {
            @Override
            void onPublish(Peer peer, String topic, byte[] body) throws IOException {
                for (int i = 0; i < 1_000; i++) {
                    peer.publish(TOPIC, message);
                }
            }

            @Override
            void onPing(Peer peer) throws IOException {
                for (int i = 0; i < 10_000; i++) {
                    peer.publish(TOPIC, message);
                }
                pings.incrementAndGet();
                super.onPing(peer);
            }
        });
        DxlClientConfig config = broker.config();
        config.setIncomingMessageQueueSize(10);
        DxlClient client = connected(config);
        client.addEventCallback(TOPIC, event -> Clients.awaitUnlessInterrupted(release));
        send(client, 1);
        await().until(() -> client.fabricConnection().state().queueDepth() >= 10);

        client.disconnect();

        assertThat(pings).hasValue(1);
        assertThat(log.with("DXL0208")).isEmpty();
    }

    @Test
    void a_callback_that_closes_its_client_has_sent_what_it_sent_before() throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        byte[] message = new Event(TOPIC).toBytes();
        ScriptedBroker broker = open(new ScriptedBroker() {
            @Override
            void onSubscribe(Peer peer, int packetId, String topic) throws IOException {
                super.onSubscribe(peer, packetId, topic);
                peer.publish(topic, message);
            }

            @Override
            void onPublish(Peer peer, String topic, byte[] body) {
                arrived.incrementAndGet();
            }
        });
        DxlClient client = connected(broker.config());
        CompletableFuture<Void> closed = new CompletableFuture<>();
        client.addEventCallback(TOPIC, event -> {
            try {
                send(client, EVENTS);
                client.close();
                closed.complete(null);
            } catch (Exception e) {
                closed.completeExceptionally(e);
            }
        });

        closed.get(10, TimeUnit.SECONDS);

        assertThat(arrived).hasValue(EVENTS);
        assertThat(log.with("DXL0208")).isEmpty();
    }

    @Test
    void what_a_broker_does_not_confirm_in_time_is_told_with_its_number() throws Exception {
        ReadAheadBroker broker = open(brokerWithoutPings());
        DxlClientConfig config = broker.config();
        config.setDisconnectTimeout(1);
        DxlClient client = connected(config);
        send(client, 7);

        client.disconnect();

        assertThat(client.isConnected()).isFalse();
        assertThat(log.with("DXL0208"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("the last 7 message(s)"));
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void a_close_cuts_a_disconnect_short_that_waits_for_a_silent_broker() throws Exception {
        DxlClient client = connected(open(brokerWithoutPings()).config());
        client.fabricConnection().shutdownTimeout(Duration.ofMillis(100));
        send(client, 1);
        CompletableFuture<Void> leaving = Clients.inBackground(() -> {
            client.disconnect();
            return null;
        });
        await().during(Duration.ofMillis(300)).until(() -> !leaving.isDone());

        new Threads().assertClosesInTime(client);

        leaving.get(5, TimeUnit.SECONDS);
        assertThat(log.with("DXL0208")).hasSize(1);
    }

    @Test
    void a_client_that_has_sent_nothing_asks_nothing() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>("nothing");
        ReadAheadBroker broker = open(new ReadAheadBroker("TLSv1.3", TURN_NANOS) {
            @Override
            void onPing(Peer peer) {
                asked.set("PINGREQ");
            }
        });
        DxlClient client = connected(broker.config());

        client.close();

        await().until(() -> broker.ended.get() == 1);
        assertThat(asked).hasValue("nothing");
        assertThat(log.with("DXL0208")).isEmpty();
    }

    private static ReadAheadBroker brokerWithoutPings() throws Exception {
        return new ReadAheadBroker("TLSv1.3", TURN_NANOS) {
            @Override
            void onPing(Peer peer) {
                // It has other things to do.
            }
        };
    }

    private void assertAllArrive(ReadAheadBroker broker, int connections, int events) {
        await().until(() -> broker.ended.get() == connections);
        assertThat(broker.published).hasValue(events);
        assertThat(log.with("DXL0208")).isEmpty();
    }

    private static void send(DxlClient client, int count) throws DxlException {
        for (int i = 0; i < count; i++) {
            client.sendEvent(new Event(TOPIC));
        }
    }

    private DxlClient connected(DxlClientConfig config) throws DxlException {
        DxlClient client = open(new DxlClient(config));
        client.connect();
        return client;
    }

    private <T extends AutoCloseable> T open(T resource) {
        open.add(0, resource);
        return resource;
    }
}
