package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketFactoryTest {
    @RegisterExtension
    static final OwnFabric OWN = new OwnFabric(Fabric.builder().webSockets(true));

    private static final Clients CLIENTS = OWN.clients();

    private final AtomicInteger made = new AtomicInteger();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void events_go_both_ways_through_sockets_of_the_factory(boolean webSocket) throws Exception {
        DxlClient client = CLIENTS.make(config(webSocket));
        client.setSocketFactory(counting());
        client.connect();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        client.addEventCallback("/t", event -> sizes.add(event.getPayload().length));
        List<Integer> sent = IntStream.range(0, 300)
                .map(i -> i % 10 == 0 ? 200_000 : i)
                .boxed()
                .toList();

        for (int size : sent) {
            Event event = new Event("/t");
            event.setPayload(new byte[size]);
            client.sendEvent(event);
        }

        await().untilAsserted(() -> assertThat(sizes).isEqualTo(sent));
        assertThat(made).hasValue(1);
        client.disconnect();
        await().until(() -> OWN.fabric().connectedClients() == 0 && threads() == 0);
    }

    @Test
    void what_several_threads_send_at_once_comes_once() throws Exception {
        DxlClient client = CLIENTS.make(config(false));
        client.setSocketFactory(counting());
        client.connect();
        Queue<String> received = new ConcurrentLinkedQueue<>();
        client.addEventCallback("/t", event -> received.add(event.getMessageId()));
        Queue<String> sent = new ConcurrentLinkedQueue<>();

        List<CompletableFuture<Void>> senders = Stream.generate(() -> Clients.<Void>inBackground(() -> {
                    for (int i = 0; i < 50; i++) {
                        Event event = new Event("/t");
                        event.setPayload(new byte[100_000]);
                        sent.add(event.getMessageId());
                        client.sendEvent(event);
                    }
                    return null;
                }))
                .limit(4)
                .toList();
        senders.forEach(CompletableFuture::join);

        await().until(() -> received.size() >= sent.size());
        assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(made).hasValue(1);
    }

    @Test
    void a_lost_connection_is_sought_again_with_the_factory_and_a_null_ends_its_use() throws Exception {
        DxlClient client = CLIENTS.make(config(false));
        client.setSocketFactory(counting());
        client.connect();
        client.subscribe("/t");
        OWN.fabric().faults().restart().join();
        await().until(() -> OWN.fabric().subscriptions().contains("/t"));
        int before = made.get();
        assertThat(before).isGreaterThan(1);

        client.setSocketFactory(null);
        client.reconnect();

        assertThat(client.isConnected()).isTrue();
        assertThat(made).hasValue(before);
        await().until(() -> threads() == 0);
    }

    @Test
    void brokers_are_tried_as_they_are_listed_and_a_proxy_is_passed_by() throws Exception {
        DxlClientConfig config = config(false);
        config.getBrokerList().add(new Broker("c", OWN.fabric().port(), "127.0.0.1", null));
        config.setProxyAddress("proxy.dxl.invalid");
        config.setProxyPort(3128);
        DxlClient client = CLIENTS.make(config);
        client.setSocketFactory(counting());

        client.connect();

        assertThat(client.getCurrentBroker().getUniqueId()).isEqualTo("b");
        assertThat(made).hasValue(1);
    }

    @Test
    void a_callback_makes_the_factory_from_the_configuration() throws Exception {
        DxlClientConfig config = config(false);
        List<DxlClientConfig> asked = new CopyOnWriteArrayList<>();
        DxlClient client = CLIENTS.make(config);
        client.setSslSocketFactoryCallback(with -> {
            asked.add(with);
            return counting();
        });

        client.connect();

        assertThat(asked).isNotEmpty().containsOnly(config);
        assertThat(made).hasValue(1);
    }

    @Test
    void what_the_callback_throws_fails_the_try_with_its_words() throws Exception {
        DxlClient client = CLIENTS.make(config(false));
        client.setSslSocketFactoryCallback(with -> {
            throw new IOException("the vault is sealed");
        });

        assertThatThrownBy(client::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("the vault is sealed");
    }

    @Test
    @Timeout(30)
    void a_class_that_the_callback_lacks_fails_the_try_too() throws Exception {
        DxlClient client = CLIENTS.make(config(false));
        client.setSslSocketFactoryCallback(with -> {
            throw new NoClassDefFoundError("the/vault/Door");
        });

        assertThatThrownBy(client::connect).isInstanceOf(DxlException.class).hasMessageContaining("the/vault/Door");
    }

    @Test
    void while_callbacks_wait_nothing_is_read_and_nothing_is_lost() throws Exception {
        DxlClientConfig config = config(false);
        config.setIncomingMessageQueueSize(10);
        DxlClient client = CLIENTS.make(config);
        client.setSocketFactory(counting());
        CountDownLatch hold = new CountDownLatch(1);
        AtomicInteger received = new AtomicInteger();
        client.addEventCallback("/t", event -> {
            Clients.awaitUnlessInterrupted(hold);
            received.incrementAndGet();
        });
        client.connect();
        int count = 2_000;
        for (int i = 0; i < count; i++) {
            OWN.fabric().publish("/t", new byte[10_000]);
        }

        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> depth(client) < 100);
        hold.countDown();

        await().untilAsserted(() -> assertThat(received).hasValue(count));
        assertThat(OWN.fabric().droppedMessages()).isZero();
    }

    @Test
    void a_broker_that_reads_nothing_does_not_keep_the_client_from_closing() throws Exception {
        DxlClient client = CLIENTS.make(config(false));
        client.setSocketFactory(counting());
        client.connect();
        OWN.fabric().faults().stall();
        try {
            CompletableFuture<Void> sending = Clients.inBackground(() -> {
                for (int i = 0; i < 1_000; i++) {
                    Event event = new Event("/t");
                    event.setPayload(new byte[100_000]);
                    client.sendEvent(event);
                }
                return null;
            });
            await().during(Duration.ofMillis(300)).until(() -> !sending.isDone());
            long start = System.nanoTime();

            client.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(sending).failsWithin(Duration.ofSeconds(1));
            await().until(() -> threads() == 0);
        } finally {
            OWN.fabric().faults().resume();
        }
    }

    @Test
    void an_attempt_that_waits_for_the_handshake_can_be_ended() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            DxlClientConfig config = config(false);
            config.getBrokerList().forEach(broker -> broker.setPort(silent.getLocalPort()));
            DxlClient client = CLIENTS.make(config);
            client.setSocketFactory(counting());
            CompletableFuture<Void> connecting = Clients.inBackground(() -> {
                client.connect();
                return null;
            });
            Socket waiting = silent.accept();

            client.disconnect();

            assertThat(connecting).failsWithin(1, TimeUnit.SECONDS);
            await().until(() -> threads() == 0);
            waiting.close();
        }
    }

    private static int depth(DxlClient client) {
        return client.fabricConnection().state().queueDepth();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("dxl-socket-"))
                .count();
    }

    private SSLSocketFactory counting() throws Exception {
        SSLSocketFactory real =
                Tls.context(OWN.fabric().caPem(), OWN.fabric().identity()).getSocketFactory();
        return new SSLSocketFactory() {
            @Override
            public Socket createSocket() throws IOException {
                made.incrementAndGet();
                return real.createSocket();
            }

            @Override
            public Socket createSocket(Socket socket, String host, int port, boolean autoClose) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(String host, int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(String host, int port, InetAddress local, int localPort) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(InetAddress host, int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String[] getDefaultCipherSuites() {
                return real.getDefaultCipherSuites();
            }

            @Override
            public String[] getSupportedCipherSuites() {
                return real.getSupportedCipherSuites();
            }
        };
    }

    private DxlClientConfig config(boolean webSocket) throws DxlException {
        DxlClientConfig config = Clients.config(OWN.fabric(), folder);
        Broker broker = new Broker(
                "b", webSocket ? OWN.fabric().webSocketPort() : OWN.fabric().port(), "localhost", null);
        broker.setProtocol(webSocket ? Broker.WSS_PROTOCOL : Broker.SSL_PROTOCOL);
        config.getBrokerList().clear();
        config.getBrokerList().add(broker);
        return config;
    }
}
