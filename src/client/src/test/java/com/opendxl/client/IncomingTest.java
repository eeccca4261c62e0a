package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.request.PendingRequests;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncomingTest {
    private final Incoming incoming = new Incoming(
            new DxlClientConfig(), new PendingRequests<>(), new OfferedServices(refusal -> {}), () -> "/answers");

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
    void what_ids_take_in_memory_fills_the_queue_as_well() throws Exception {
        Set<String> ids =
                IntStream.range(0, 20_000).mapToObj(Integer::toHexString).collect(Collectors.toSet());
        Event event = new Event("/t");
        event.setClientIds(ids);
        byte[] body = event.toBytes();

        for (int i = 0; i < 40; i++) {
            incoming.add("/t", body);
        }

        assertThat(incoming.isFull()).isTrue();
    }
}
