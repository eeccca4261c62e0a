package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A client whose callback takes longer than events come stops reading, and loses nothing. */
@ExtendWith(SharedFabric.class)
class ClientBackpressureTest {
    private static final String TOPIC = "/a";
    private static final int CAPACITY = 10;
    private static final int KILOBYTE = 1024;
    private static final int KEEP_ALIVE_SECONDS = 2;

    /**
     * What one read brings at the most after the queue is full: Netty reads 64 KiB of TLS at once, of events of a kilobyte
     * and their ids; and as much again when that ended inside a record.
     */
    private static final int ONE_READ = 2 * 64;

    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private DxlClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void connectWithABlockedCallback() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        config.setIncomingMessageQueueSize(CAPACITY);
        config.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        client = CLIENTS.make(config);
        client.addEventCallback(TOPIC, event -> {
            blocked.countDown();
            Clients.awaitUnlessInterrupted(release);
            received.add(ByteBuffer.wrap(event.getPayload()).getInt());
        });
        client.connect();
    }

    @AfterEach
    void disconnect() throws DxlException {
        release.countDown();
        client.disconnect();
        await().until(() -> FABRIC.connectedClients() == 0);
    }

    @Test
    void nothing_is_lost_and_the_queue_stays_bounded_and_the_connection_lives() throws Exception {
        publish(5_000, KILOBYTE);
        await().until(() -> depth() >= CAPACITY);

        // Three keep alive times: the broker drops a client after one and a half, and the client a broker.
        await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(8)).untilAsserted(() -> {
            assertThat(client.isConnected()).isTrue();
            assertThat(depth()).isBetween(CAPACITY, CAPACITY + ONE_READ);
        });
        assertThat(FABRIC.connectedClients()).isEqualTo(1);

        release.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 5_000);
        assertThat(received).isEqualTo(IntStream.range(0, 5_000).boxed().toList());
        assertThat(FABRIC.droppedMessages()).isZero();
    }

    @Test
    void a_client_that_pauses_and_goes_on_time_and_again_loses_nothing() throws Exception {
        release.countDown();
        DxlClient sender = CLIENTS.connected(Clients.config(FABRIC, folder));
        for (int i = 0; i < 3_000; i++) {
            sender.sendEvent(event(i, KILOBYTE));
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 3_000);
        assertThat(received).isEqualTo(IntStream.range(0, 3_000).boxed().toList());
        sender.disconnect();
    }

    @Test
    void what_is_asked_while_the_queue_is_full_is_answered_through_the_reserve() throws Exception {
        publish(5_000, KILOBYTE);
        await().until(() -> depth() >= CAPACITY);
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(depth()).isBetween(CAPACITY, CAPACITY + ONE_READ));

        client.subscribe("/b");

        assertThat(SharedFabric.topics()).contains("/b");
        assertThat(depth()).as("the answer stood behind all of them").isGreaterThan(4_000);
        client.unsubscribe("/b");
        assertThat(SharedFabric.topics()).doesNotContain("/b");
        release.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 5_000);
        assertThat(received).isEqualTo(IntStream.range(0, 5_000).boxed().toList());
    }

    @Test
    void with_the_reserve_used_up_it_fails_at_once_and_says_so() throws Exception {
        publish(40, 900 * KILOBYTE);
        await().until(() -> depth() >= CAPACITY);

        long began = System.nanoTime();
        assertThatThrownBy(() -> client.subscribe("/b"))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining(
                        "No answer to the subscription to /b: the delivery queue and its reserve are full")
                .hasMessageContaining("observers take longer than messages come");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(depth()).as("16 MiB beyond the capacity, and no more").isLessThan(CAPACITY + 16 * 1024 / 900 + 3);
        assertThat(client.isConnected()).isTrue();
        assertThat(client.getSubscriptions()).containsExactly(TOPIC);

        release.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 40);
        client.subscribe("/b");
        assertThat(SharedFabric.topics()).contains("/b");
    }

    @Test
    void after_a_reconnect_with_a_full_queue_the_client_is_ready_all_the_same() throws Exception {
        Outages outages = new Outages();
        client.fabricConnection().listen(outages);
        publish(1_000, KILOBYTE);
        await().until(() -> depth() >= CAPACITY);

        // A client that doesn't read sees no end of the connection, but its next question comes to nothing.
        FABRIC.faults().cut();
        await().until(() -> outages.losses.size() == 1);

        await().until(client::isConnected);
        assertThat(SharedFabric.topics()).containsExactly(TOPIC);
        assertThat(depth()).isGreaterThanOrEqualTo(CAPACITY);
    }

    @Test
    void a_half_open_connection_is_noticed_within_one_and_a_half_keep_alive_times_of_the_resume() throws Exception {
        Outages outages = new Outages();
        client.fabricConnection().listen(outages);
        publish(1_000, KILOBYTE);
        await().until(() -> depth() >= CAPACITY);

        FABRIC.faults().halfOpen();
        await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(7)).until(client::isConnected);
        Instant resumed = Instant.now();
        release.countDown();

        await().until(() -> outages.losses.size() == 1);
        Outages.Loss loss = outages.losses.get(0);
        assertThat(loss.reason()).contains("nothing was heard of the broker for 2500 ms (keep alive 2 s)");
        assertThat(Duration.between(resumed, loss.told())).isBetween(Duration.ofMillis(2_400), Duration.ofSeconds(3));
        assertThat(received).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
        await().until(client::isConnected);
    }

    private int depth() {
        return client.fabricConnection().state().queueDepth();
    }

    /** Publishes the second when the first has blocked the callback, so that all others wait in the queue. */
    private void publish(int count, int size) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            FABRIC.publish(TOPIC, event(i, size).getPayload());
            assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Event event(int number, int size) {
        Event event = new Event(TOPIC);
        event.setPayload(ByteBuffer.allocate(size).putInt(number).array());
        return event;
    }
}
