package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.client.spi.EmbeddedFabric;
import io.netty.util.internal.InternalThreadLocalMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FabricTest {
    private static int takenPort(ServerSocket socket) {
        return socket.getLocalPort();
    }

    private static ServerSocket taker() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void a_taken_port_is_named_and_leaves_no_thread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ServerSocket taker = taker()) {
            assertThatThrownBy(() -> Fabric.builder().port(takenPort(taker)).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + takenPort(taker))
                    .hasMessageContaining("taken");
        }
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(newThreads(before)).isEmpty());
    }

    @Test
    void close_takes_less_than_two_seconds_and_leaves_no_thread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Fabric fabric = Fabric.start();
        try (RawClient connected = RawClient.join(fabric);
                RawClient halfOpen = RawClient.join(fabric);
                RawClient handshakeOnly = RawClient.open(fabric)) {
            fabric.newIdentity("another");
            long start = System.nanoTime();
            fabric.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(newThreads(before)).isEmpty();
            connected.expectEnd();
            halfOpen.expectEnd();
            handshakeOnly.expectEnd();
        }
        fabric.close();
    }

    @Test
    void a_fabric_closes_while_its_broker_is_stopped_or_about_to_come_back() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Fabric fabric = Fabric.start();
        CompletableFuture<Void> back = fabric.faults().restartAfter(Duration.ofMinutes(1));
        fabric.close();

        assertThat(back).isCancelled();
        assertThat(newThreads(before)).isEmpty();
    }

    @Test
    void a_closed_fabric_still_tells_what_it_was_but_does_nothing_more() {
        Fabric fabric = Fabric.start();
        int port = fabric.port();
        fabric.close();

        assertThat(fabric.port()).isEqualTo(port);
        assertThat(fabric.brokerLine())
                .as("without braces the client for Node.js takes an id that begins with a digit for the port")
                .startsWith("{" + fabric.brokerId() + "};");
        assertThat(fabric.connectedClients()).isZero();
        assertThat(fabric.subscriptions()).isEmpty();
        assertThatThrownBy(() -> fabric.detections().publishRandom())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void fabrics_start_side_by_side() throws Exception {
        CompletableFuture<Fabric> first = CompletableFuture.supplyAsync(Fabric::start);
        CompletableFuture<Fabric> second = CompletableFuture.supplyAsync(Fabric::start);
        try (Fabric one = first.join();
                Fabric two = second.join();
                Peer peer = Peer.join(one).subscribe("/t")) {
            assertThat(one.port()).isNotEqualTo(two.port());
            assertThat(one.brokerId()).isNotEqualTo(two.brokerId());
            two.publish("/t", new byte[] {2});
            one.publishBytes("/t", new byte[] {1});

            assertThat(peer.next().body()).containsExactly(1);
        }
    }

    @Test
    void netty_leaves_nothing_on_the_threads_that_use_a_fabric() throws Exception {
        CompletableFuture<InternalThreadLocalMap> left = new CompletableFuture<>();
        Thread user = new Thread(() -> {
            try (Fabric fabric = Fabric.start()) {
                fabric.detections().publishRandom();
                fabric.faults().halfOpen();
                fabric.faults().restart().join();
                fabric.subscriptions();
            }
            left.complete(InternalThreadLocalMap.getIfSet());
        });
        user.start();

        assertThat(left.join()).isNull();
    }

    @Test
    void the_provider_is_found_and_starts_a_fabric_on_the_port_it_is_given() throws Exception {
        EmbeddedFabric provider =
                ServiceLoader.load(EmbeddedFabric.class).findFirst().orElseThrow();
        try (EmbeddedFabric.Running running = provider.start(0)) {
            String[] line = running.brokerLine().split(";");
            assertThat(line).hasSize(4).containsSequence("localhost", "127.0.0.1");
            assertThat(line[0]).matches("\\{[0-9a-f-]{36}}");

            assertThatThrownBy(() -> provider.start(Integer.parseInt(line[1])))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(line[1]);
        }
    }

    @Test
    void settings_out_of_range_are_refused_with_the_range() {
        FabricBuilder builder = Fabric.builder();

        assertThatThrownBy(() -> builder.port(70_000))
                .hasMessageContaining("70000")
                .hasMessageContaining("65535");
        assertThatThrownBy(() -> builder.messageSizeLimit(0)).hasMessageContaining("0 is not");
        assertThatThrownBy(() -> builder.tlsProtocols("TLSv1.1")).hasMessageContaining("TLSv1.1");
        assertThatThrownBy(builder::tlsProtocols).isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<Thread> newThreads(Set<Thread> before) {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        threads.removeIf(thread -> !thread.getName().matches(".*(dxl|netty|nio|globalEvent).*"));
        return threads;
    }
}
