package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Request;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a client that sends, when the broker reads slowly or not at all. */
@ExtendWith(SharedFabric.class)
class ClientSlowBrokerTest {
    private static final String TOPIC = "/a";
    private static final int LARGE = 500_000;
    private static final int KEEP_ALIVE_SECONDS = 2;

    /** What Linux buffers of one connection on both of its sides, and then some. */
    private static final int BUFFERED_MEGABYTES = 20;

    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    private final Outages outages = new Outages();
    private final AtomicInteger sent = new AtomicInteger();
    private DxlClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void connect() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        config.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        config.setConnectTimeout(1);
        client = CLIENTS.make(config);
        client.fabricConnection().listen(outages);
        client.connect();
    }

    @AfterEach
    void resume() {
        FABRIC.faults().resume();
    }

    @Test
    void sending_waits_for_a_broker_that_has_stalled_no_longer_than_its_silence_is_borne() throws Exception {
        FABRIC.faults().stall();
        CompletableFuture<Void> sending = sendWithoutEnd();

        assertThatThrownBy(() -> sending.get(KEEP_ALIVE_SECONDS * 2, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DxlException.class);
        assertThat(outages.losses)
                .hasSize(1)
                .first()
                .satisfies(loss -> assertThat(loss.reason()).contains("nothing was heard of the broker for 2500 ms"));
        assertThat((long) sent.get() * LARGE)
                .as("bytes that the operating system took; the client itself keeps one message of a sender")
                .isLessThan(BUFFERED_MEGABYTES * 1024L * 1024);
        assertThatThrownBy(() -> client.sendEvent(event(0))).hasMessageContaining("Not connected");

        FABRIC.faults().resume();
        await().until(client::isConnected);
        client.sendEvent(event(0));
    }

    @Test
    void asking_without_waiting_for_answers_waits_for_a_broker_that_has_stalled_all_the_same() throws Exception {
        FABRIC.faults().stall();
        CompletableFuture<Void> asking = Clients.inBackground(() -> {
            for (int i = 0; i < 200; i++) {
                Request request = new Request(TOPIC);
                request.setPayload(new byte[LARGE]);
                client.requestAsync(request, Duration.ofSeconds(60));
                sent.incrementAndGet();
            }
            return null;
        });

        await().during(Duration.ofSeconds(1)).until(() -> !asking.isDone());
        assertThat((long) sent.get() * LARGE)
                .as("bytes that the operating system took, and those for which the client has room")
                .isLessThan((BUFFERED_MEGABYTES + 16) * 1024L * 1024);
        assertThat(outages.losses).isEmpty();

        asking.get(KEEP_ALIVE_SECONDS * 2, TimeUnit.SECONDS);
        assertThat(outages.losses).hasSize(1);
    }

    @Test
    void what_is_sent_on_the_event_loop_waits_neither_for_itself_nor_for_room() {
        FABRIC.faults().stall();

        CompletableFuture<Void> sending = client.connection().call(loop -> {
            try {
                for (int i = 0; i < 200; i++) {
                    client.sendEvent(event(i));
                }
                return CompletableFuture.completedFuture(null);
            } catch (DxlException e) {
                return CompletableFuture.failedFuture(e);
            }
        });

        assertThat(sending)
                .failsWithin(Duration.ofSeconds(2))
                .withThrowableThat()
                .withMessageContaining("DXL0405 There is no room to send the message");
    }

    @Test
    void a_stall_that_is_shorter_than_one_and_a_quarter_keep_alive_costs_nothing() throws Exception {
        List<Integer> received = new CopyOnWriteArrayList<>();
        client.addEventCallback(
                TOPIC, event -> received.add(ByteBuffer.wrap(event.getPayload()).getInt()));
        FABRIC.faults().stall();
        for (int i = 0; i < 100; i++) {
            client.sendEvent(small(i));
        }
        await().during(Duration.ofMillis(1_500)).until(client::isConnected);
        assertThat(received).isEmpty();

        FABRIC.faults().resume();

        await().until(() -> received.size() == 100);
        assertThat(received).isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(outages.losses).isEmpty();
    }

    @Test
    void a_broker_that_reads_slowly_slows_the_sender_down_and_gets_everything() throws Exception {
        List<Integer> received = new CopyOnWriteArrayList<>();
        DxlClient receiver = CLIENTS.make(Clients.config(FABRIC, folder));
        receiver.addEventCallback(
                TOPIC, event -> received.add(ByteBuffer.wrap(event.getPayload()).getInt()));
        receiver.connect();
        FABRIC.faults().slowReader(20_000_000);

        for (int i = 0; i < 60; i++) {
            client.sendEvent(event(i));
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == 60);
        assertThat(received).isEqualTo(IntStream.range(0, 60).boxed().toList());
        assertThat(outages.losses).isEmpty();
    }

    @Test
    void sending_to_a_broker_that_reads_next_to_nothing_fails_like_sending_to_a_dead_one() {
        FABRIC.faults().slowReader(1_000);
        CompletableFuture<Void> sending = sendWithoutEnd();

        assertThatThrownBy(() -> sending.get(KEEP_ALIVE_SECONDS * 2, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(DxlException.class);
        assertThat((long) sent.get() * LARGE).isLessThan(BUFFERED_MEGABYTES * 1024L * 1024);
        FABRIC.faults().resume();
        await().until(client::isConnected);
    }

    private CompletableFuture<Void> sendWithoutEnd() {
        return Clients.inBackground(() -> {
            while (true) {
                client.sendEvent(event(sent.get()));
                sent.incrementAndGet();
            }
        });
    }

    private static Event event(int number) {
        return withPayload(ByteBuffer.allocate(LARGE).putInt(number).array());
    }

    private static Event small(int number) {
        return withPayload(ByteBuffer.allocate(100).putInt(number).array());
    }

    private static Event withPayload(byte[] payload) {
        Event event = new Event(TOPIC);
        event.setPayload(payload);
        return event;
    }
}
