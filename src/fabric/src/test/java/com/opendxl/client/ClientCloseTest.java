package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Request;
import io.github.dxlcdi.fabric.Fabric;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a client is doing, {@code close()} ends it within two seconds and leaves no thread. */
@ExtendWith(SharedFabric.class)
class ClientCloseTest {
    private static final String TOPIC = "/a";
    private static final Duration TWO_SECONDS = Threads.TWO_SECONDS;
    private static final Fabric FABRIC = SharedFabric.fabric();

    private final Threads threads = new Threads();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void closeAll() throws Exception {
        release.countDown();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void one_that_was_never_connected() throws Exception {
        DxlClient client = new DxlClient(config());

        threads.assertClosesInTime(client);

        assertThatThrownBy(client::connect).isInstanceOf(DxlException.class).hasMessage("The client is closed");
    }

    @Test
    void one_that_is_connected() throws Exception {
        DxlClient client = connected(config());

        threads.assertClosesInTime(client);

        await().until(() -> FABRIC.connectedClients() == 0);
        assertThat(client.fabricConnection().state().phase()).isEqualTo("closed");
        assertThat(client.getCurrentBroker()).isNull();
        client.disconnect();
        client.unsubscribe(TOPIC);
        assertThatThrownBy(client::connect).hasMessage("The client is closed");
        assertThatThrownBy(client::reconnect).hasMessage("The client is closed");
        assertThatThrownBy(() -> client.subscribe("/b")).hasMessage("The client is closed");
    }

    @Test
    void one_that_is_never_closed_does_not_keep_the_jvm_from_ending() throws Exception {
        DxlClient client = connected(config());
        client.requestAsync(new Request("/nobody"), Duration.ofMillis(1)).handle((answer, failure) -> answer);

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().contains(client.getUniqueId())))
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(Thread::isDaemon));
        client.close();
    }

    @Test
    void one_whose_broker_reads_nothing_any_more() throws Exception {
        DxlClient client = connectedToABrokerThatReadsNothing();
        CompletableFuture<Void> sending = sendingForEver(client);

        threads.assertClosesInTime(client);

        assertThatThrownBy(() -> sending.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(DxlException.class);
    }

    @Test
    void disconnecting_from_a_broker_that_reads_nothing_takes_the_disconnect_timeout() throws Exception {
        DxlClient client = connectedToABrokerThatReadsNothing();
        sendingForEver(client);

        CompletableFuture<Void> leaving = Clients.inBackground(() -> {
            client.disconnect();
            return null;
        });

        leaving.get(3, TimeUnit.SECONDS);
        assertThat(client.isConnected()).isFalse();
        client.close();
    }

    @Test
    void one_whose_callback_is_blocked_interrupts_it() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        DxlClient client = connected(config());
        client.addEventCallback(TOPIC, event -> {
            blocked.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        block();

        threads.assertClosesInTime(client);

        assertThat(interrupted).isTrue();
    }

    @Test
    void one_whose_callback_heeds_no_interrupt_leaves_it_alone() throws Exception {
        DxlClient client = connected(config());
        client.addEventCallback(TOPIC, event -> {
            blocked.countDown();
            while (release.getCount() > 0) {
                Clients.awaitUnlessInterrupted(release);
                Thread.interrupted();
            }
        });
        block();

        long began = System.nanoTime();
        client.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(TWO_SECONDS);

        release.countDown();
        threads.assertNoneLeftOf(client);
    }

    @Test
    void one_that_reads_nothing_because_its_queue_is_full() throws Exception {
        DxlClientConfig config = config();
        config.setIncomingMessageQueueSize(5);
        DxlClient client = connected(config);
        client.addEventCallback(TOPIC, event -> {
            blocked.countDown();
            Clients.awaitUnlessInterrupted(release);
        });
        for (int i = 0; i < 1_000; i++) {
            FABRIC.publish(TOPIC, new byte[1_000]);
        }
        await().until(() -> client.fabricConnection().state().queueDepth() >= 5);

        threads.assertClosesInTime(client);
    }

    @Test
    void closing_twice_and_by_two_threads_is_harmless() throws Exception {
        DxlClient client = connected(config());
        CompletableFuture<Void> other = Clients.inBackground(() -> {
            client.close();
            return null;
        });
        threads.assertClosesInTime(client);
        other.get(5, TimeUnit.SECONDS);

        client.close();
    }

    @Test
    void a_callback_may_close_its_client() throws Exception {
        DxlClient client = connected(config());
        CompletableFuture<Duration> took = new CompletableFuture<>();
        client.addEventCallback(TOPIC, event -> {
            long began = System.nanoTime();
            try {
                client.close();
                took.complete(Duration.ofNanos(System.nanoTime() - began));
            } catch (Exception e) {
                took.completeExceptionally(e);
            }
        });

        FABRIC.publish(TOPIC, new byte[0]);

        assertThat(took.get(10, TimeUnit.SECONDS)).isLessThan(TWO_SECONDS);
        threads.assertNoneLeftOf(client);
    }

    @Test
    void a_strategy_may_close_its_client() throws Exception {
        DxlClient client = connected(config());
        CompletableFuture<Void> closed = new CompletableFuture<>();
        client.setDisconnectedStrategy(lost -> {
            try {
                lost.close();
                closed.complete(null);
            } catch (Exception e) {
                closed.completeExceptionally(e);
            }
        });

        FABRIC.faults().cut();

        closed.get(10, TimeUnit.SECONDS);
        threads.assertNoneLeftOf(client);
    }

    @Test
    void an_interrupted_caller_closes_all_the_same() throws Exception {
        DxlClient client = connected(config());

        Thread.currentThread().interrupt();
        try {
            client.close();
        } catch (InterruptedException e) {
            // Told after everything is closed.
        }

        Thread.interrupted();
        threads.assertNoneLeftOf(client);
        await().until(() -> FABRIC.connectedClients() == 0);
    }

    /** It lives for a second after its last task, and the end of a client waits for it. */
    @Test
    void one_that_was_connected_does_not_start_the_global_thread_of_netty() throws Exception {
        Object before = globalThread();

        connected(config()).close();

        assertThat(globalThread()).isSameAs(before);
    }

    private static Object globalThread() throws ReflectiveOperationException {
        Field thread = GlobalEventExecutor.class.getDeclaredField("thread");
        thread.setAccessible(true);
        return thread.get(GlobalEventExecutor.INSTANCE);
    }

    private void block() throws InterruptedException {
        FABRIC.publish(TOPIC, new byte[0]);
        assertThat(blocked.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }

    /** It reads no more after the first subscription. */
    private DxlClient connectedToABrokerThatReadsNothing() throws Exception {
        ScriptedBroker broker = open(new ScriptedBroker() {
            @Override
            void onSubscribe(Peer peer, int packetId, String topic) throws IOException {
                super.onSubscribe(peer, packetId, topic);
                Clients.awaitUnlessInterrupted(release);
            }
        });
        DxlClientConfig config = broker.config();
        config.setMaxPacketSize(0);
        config.setDisconnectTimeout(1);
        DxlClient client = connected(config);
        client.subscribe(TOPIC);
        return client;
    }

    /** Sends more than the buffers of the two sockets hold, so that it waits for the broker to read. */
    private static CompletableFuture<Void> sendingForEver(DxlClient client) {
        Event large = new Event(TOPIC);
        large.setPayload(new byte[12 * 1024 * 1024]);
        CompletableFuture<Void> sending = Clients.inBackground(() -> {
            client.sendEvent(large);
            return null;
        });
        await().during(Duration.ofMillis(300)).until(() -> !sending.isDone());
        return sending;
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
