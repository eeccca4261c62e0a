package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One thread closes what another connects, and topics come and go while the connection does. */
@ExtendWith(SharedFabric.class)
class ClientConnectionRacesTest {
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    @TempDir
    private Path folder;

    @Test
    void a_client_that_is_closed_while_it_connects_leaves_neither_a_connection_nor_a_thread() throws Exception {
        AtomicInteger connected = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<String> ids = new ArrayList<>();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            DxlClient client = new DxlClient(config());
            ids.add(client.getUniqueId());
            // They are closed from before they connect until after it.
            long pause = TimeUnit.MILLISECONDS.toNanos(i * 3L);
            CyclicBarrier together = new CyclicBarrier(2);
            calls.add(Clients.inBackground(() -> {
                together.await();
                try {
                    client.connect();
                    connected.incrementAndGet();
                } catch (DxlException e) {
                    assertThat(e).hasMessageContaining("closed");
                    refused.incrementAndGet();
                }
                return null;
            }));
            calls.add(Clients.inBackground(() -> {
                together.await();
                LockSupport.parkNanos(pause);
                client.close();
                assertThat(client.isConnected()).isFalse();
                return null;
            }));
        }

        CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new)).get(60, TimeUnit.SECONDS);

        assertThat(connected.get() + refused.get()).isEqualTo(ids.size());
        assertThat(refused).as("some were closed before").hasPositiveValue();
        await().until(() -> FABRIC.connectedClients() == 0);
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> ids.stream().anyMatch(name::contains)));
    }

    @Test
    void topics_that_come_and_go_until_the_connection_breaks_are_then_those_that_were_confirmed() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        Set<String> confirmed = new ConcurrentSkipListSet<>();
        AtomicInteger failed = new AtomicInteger();
        for (int round = 0; round < 20; round++) {
            AtomicBoolean over = new AtomicBoolean();
            List<CompletableFuture<Void>> changing = IntStream.range(0, 3)
                    .mapToObj(number -> Clients.<Void>inBackground(() -> {
                        while (!over.get()) {
                            change(client, "/" + number + "/", confirmed, failed);
                        }
                        return null;
                    }))
                    .toList();
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(10_000_000));

            if (round % 3 == 0) {
                client.reconnect();
            } else {
                FABRIC.faults().cut();
            }
            // Nothing that comes later hides what became of the last.
            over.set(true);
            for (CompletableFuture<Void> each : changing) {
                each.get(20, TimeUnit.SECONDS);
            }

            assertThat(new TreeSet<>(client.getSubscriptions())).isEqualTo(confirmed);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> client.isConnected() && SharedFabric.topics().equals(confirmed));
        }
        assertThat(failed).as("some were hit by a loss").hasPositiveValue();
        client.disconnect();
    }

    /** Subscribes to one of a few topics or unsubscribes from it, and notes it. Each thread has topics of its own. */
    private static void change(DxlClient client, String prefix, Set<String> confirmed, AtomicInteger failed) {
        String topic = prefix + ThreadLocalRandom.current().nextInt(5);
        try {
            if (confirmed.remove(topic)) {
                client.unsubscribe(topic);
            } else {
                client.subscribe(topic);
                confirmed.add(topic);
            }
        } catch (DxlException e) {
            // Not there, whether it was to come or to go.
            failed.incrementAndGet();
        }
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }
}
