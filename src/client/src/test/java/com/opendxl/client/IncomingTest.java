package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.callback.ResponseCallback;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.request.PendingRequests;
import io.github.dxlcdi.client.request.PendingRequests.Awaiting;
import io.github.dxlcdi.client.request.RequestFailure;
import io.github.dxlcdi.client.spi.FabricConnection;
import io.github.dxlcdi.client.tls.LogLines;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncomingTest {
    private final PendingRequests<Response> pending = new PendingRequests<>();
    private final Incoming incoming =
            new Incoming(new DxlClientConfig(), pending, new OfferedServices(refusal -> {}), () -> "/answers");

    @AfterEach
    void stop() throws InterruptedException {
        incoming.threads().stop();
        incoming.threads().awaitEnd(Duration.ofSeconds(1));
    }

    @Test
    void threads_that_stand_in_for_lent_ones_stay_our_own_after_a_reconnect() throws Exception {
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        incoming.eventCallbacks().add(null, event -> own.complete(incoming.isOwnDeliveryThread()));
        ThreadFactory none = task -> {
            throw new IllegalStateException("no more");
        };

        incoming.start(none, Thread::new);
        incoming.start(none, Thread::new);
        incoming.add("/t", new Event("/t").toBytes());
        incoming.addedAll();

        assertThat(own.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void what_is_no_message_is_told_in_its_turn_on_a_delivery_thread() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        incoming.listener(new Hearer((topic, body) -> told.add(
                topic + " " + body.length + " " + Thread.currentThread().getName())));
        incoming.eventCallbacks().add(null, event -> told.add(event.getDestinationTopic()));

        incoming.add("/1", new Event("/t").toBytes());
        incoming.add("/2", new byte[] {3, 2, 1});
        incoming.add("/3", new Request("/t").toBytes());
        incoming.add("/4", new Event("/t").toBytes());
        incoming.addedAll();
        assertThat(told).isEmpty();
        incoming.start(task -> new Thread(task, "delivery"), Thread::new);

        await().until(() -> told.size() == 4);
        assertThat(told.get(0)).isEqualTo("/1");
        assertThat(told.get(1)).isEqualTo("/2 3 delivery");
        assertThat(told.get(2)).startsWith("/3").endsWith("delivery");
        assertThat(told.get(3)).isEqualTo("/4");
    }

    @Test
    void an_error_while_a_message_is_read_makes_that_one_unreadable() {
        // No body: the reader throws what it does not expect, as it does when memory is short.
        ReceivedPacket packet = new ReceivedPacket.Unread("/t", null, 0).read();

        assertThat(packet)
                .isInstanceOfSatisfying(
                        ReceivedPacket.Unreadable.class,
                        unreadable -> assertThat(unreadable.cause())
                                .hasMessageContaining("could not be read")
                                .hasCauseInstanceOf(NullPointerException.class));
    }

    @Test
    void dropped_messages_without_a_line_of_their_own_are_counted_when_the_flood_has_ended() throws Exception {
        List<Runnable> soon = new CopyOnWriteArrayList<>();
        incoming.soon(soon::add);
        CountDownLatch last = new CountDownLatch(1);
        incoming.eventCallbacks().add(null, event -> last.countDown());
        try (LogLines log = new LogLines("io.github.dxlcdi.client.dispatch")) {
            for (int i = 0; i < 7; i++) {
                incoming.add("/t", new byte[] {3, 2, 1});
            }
            incoming.add("/t", new Event("/t").toBytes());
            incoming.addedAll();
            incoming.start(Thread::new, Thread::new);
            assertThat(last.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(log.lines()).hasSize(3);
            assertThat(soon).hasSize(1);

            soon.get(0).run();
            incoming.logCount();

            assertThat(log.lines()).hasSize(4).last().isEqualTo("WARNING DXL0304 7 message(s) dropped so far");
        }
    }

    @Test
    void a_response_callback_gets_no_answer_that_came_before_it_was_added() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        ResponseCallback early = response -> seen.add("early " + response.getRequestMessageId());
        ResponseCallback late = response -> seen.add("late " + response.getRequestMessageId());
        incoming.responseCallbacks().add(null, early);
        Request asked = new Request("/t");
        pending.add(asked.getMessageId(), Duration.ofHours(1), (delay, task) -> () -> {}, new Awaiting<>() {
            @Override
            public void answered(Response answer) {
                // As the caller of syncRequest may when it has its answer.
                incoming.responseCallbacks().add(null, late);
            }

            @Override
            public void failed(RequestFailure failure, String details) {
                seen.add(details);
            }
        });
        Request unasked = new Request("/t");

        incoming.add("/answers", new Response(asked).toBytes());
        incoming.responseCallbacks().remove(null, late);
        incoming.add("/answers", new Response(unasked).toBytes());
        incoming.addedAll();
        incoming.responseCallbacks().add(null, late);
        Request after = new Request("/t");
        incoming.add("/answers", new Response(after).toBytes());
        incoming.addedAll();
        incoming.start(Thread::new, Thread::new);

        await().until(() -> seen.contains("late " + after.getMessageId()));
        assertThat(seen)
                .containsExactly(
                        "early " + asked.getMessageId(),
                        "early " + unasked.getMessageId(),
                        "early " + after.getMessageId(),
                        "late " + after.getMessageId());
    }

    @Test
    void a_response_callback_that_was_removed_gets_nothing_more() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        ResponseCallback removed = response -> seen.add("removed");
        incoming.responseCallbacks().add(null, removed);
        incoming.responseCallbacks().add(null, response -> seen.add("left"));
        incoming.add("/answers", new Response(new Request("/t")).toBytes());
        incoming.addedAll();

        incoming.responseCallbacks().remove(null, removed);
        incoming.start(Thread::new, Thread::new);

        await().until(() -> !seen.isEmpty());
        assertThat(seen).containsExactly("left");
    }

    @Test
    void an_event_knows_when_it_came_however_long_it_waits() throws Exception {
        List<Instant> received = new CopyOnWriteArrayList<>();
        incoming.eventCallbacks().add(null, event -> received.add(event.receivedAt()));
        byte[] body = new Event("/t").toBytes();

        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        incoming.add("/t", body);
        incoming.addedAll();
        Instant between = Instant.now();
        await().until(() -> Instant.now().isAfter(between.plusMillis(20)));
        incoming.add("/t", body);
        incoming.addedAll();
        Instant end = Instant.now();
        await().until(() -> Instant.now().isAfter(end.plusMillis(20)));
        incoming.start(Thread::new, Thread::new);

        await().until(() -> received.size() == 2);
        assertThat(received.get(0)).isBetween(start, between);
        assertThat(received.get(1)).isBetween(between.plusMillis(1), end);
    }

    @Test
    void an_event_whose_numbers_are_written_at_length_is_one_as_well() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        incoming.eventCallbacks().add(null, event -> told.add(event.getDestinationTopic()));

        incoming.add("/t", HexFormat.of().parseHex("d003d002c0c0c0c0c0c0c0c0c0c0"));
        incoming.addedAll();
        incoming.start(Thread::new, Thread::new);

        await().until(() -> told.equals(List.of("/t")));
    }

    @Test
    void large_messages_fill_the_queue_by_their_bytes() throws Exception {
        Event event = new Event("/t");
        event.setPayload(new byte[1024 * 1024]);
        byte[] body = event.toBytes();

        int added = 0;
        while (!incoming.isFull()) {
            incoming.add("/t", body);
            added++;
        }

        assertThat(added).isLessThanOrEqualTo(64);
    }

    @Test
    void ids_take_no_more_than_their_bytes_while_a_message_waits() throws Exception {
        Event event = new Event("/t");
        event.setClientIds(
                IntStream.range(0, 20_000).mapToObj(Integer::toHexString).collect(Collectors.toSet()));
        byte[] body = event.toBytes();
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        long before = memory.getHeapMemoryUsage().getUsed();

        for (int i = 0; i < 20; i++) {
            incoming.add("/t", body.clone());
        }
        incoming.addedAll();
        memory.gc();

        assertThat(memory.getHeapMemoryUsage().getUsed() - before).isLessThan(2L * 20 * body.length);
        assertThat(incoming.depth()).isEqualTo(20);
    }

    private record Hearer(BiConsumer<String, byte[]> unreadable) implements FabricConnection.Listener {
        @Override
        public void ready(String broker, Instant at) {}

        @Override
        public void lost(String broker, Instant lastHeard, String reason) {}

        @Override
        public void unreadable(String topic, byte[] body, IOException cause) {
            unreadable.accept(topic, body);
        }
    }
}
