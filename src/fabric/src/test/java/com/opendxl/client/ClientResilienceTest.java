package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Filter;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unexpected failures: logging that throws, errors for want of memory, a socket factory that hangs. */
@ExtendWith(SharedFabric.class)
class ClientResilienceTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    // Held, or they would be collected with their filters.
    private final Logger ours = Logger.getLogger("io.github.dxlcdi.client");
    private final List<Logger> all = Stream.of("connection", "dispatch", "request", "service", "tls")
            .map(part -> Logger.getLogger("io.github.dxlcdi.client." + part))
            .toList();
    private final Logger netty = Logger.getLogger("io.netty.util.concurrent.AbstractEventExecutor");

    @TempDir
    private Path folder;

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("injected"), new OutOfMemoryError("injected"));
    }

    @AfterEach
    void letThemLog() {
        all.forEach(logger -> logger.setFilter(null));
        netty.setFilter(null);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void logging_that_throws_keeps_no_event_from_another_callback_and_none_that_follows(Throwable failure)
            throws Exception {
        DxlClient client = CLIENTS.connected(config());
        List<String> seen = new CopyOnWriteArrayList<>();
        client.addEventCallback("/t", event -> {
            throw new IllegalStateException("logged");
        });
        client.addEventCallback("/t", event -> seen.add(event.getMessageId()));
        all.forEach(logger -> logger.setFilter(throwing(failure)));

        client.sendEvent(new Event("/t"));
        client.sendEvent(new Event("/t"));

        await().atMost(SOON).until(() -> seen.size() == 2);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void logging_that_throws_keeps_the_client_from_no_reconnect(Throwable failure) throws Exception {
        DxlClient client = CLIENTS.connected(config());
        Outages outages = new Outages();
        client.fabricConnection().listen(outages);
        List<String> seen = new CopyOnWriteArrayList<>();
        client.addEventCallback("/t", event -> seen.add(event.getMessageId()));
        all.forEach(logger -> logger.setFilter(throwing(failure)));

        FABRIC.faults().cut();

        await().atMost(SOON).until(() -> outages.order.equals(List.of("lost", "ready")));
        client.sendEvent(new Event("/t"));
        await().atMost(SOON).until(() -> seen.size() == 1);
    }

    @Test
    void an_error_that_nothing_catches_on_the_event_loop_costs_the_connection_and_not_the_client() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        Outages outages = new Outages();
        client.fabricConnection().listen(outages);
        List<String> seen = new CopyOnWriteArrayList<>();
        client.addEventCallback("/t", event -> seen.add(event.getMessageId()));
        netty.setFilter(throwing(new OutOfMemoryError("injected")));

        client.connection().call(loop -> {
            loop.execute(() -> {
                throw new OutOfMemoryError("Netty logs this, and its logging fails");
            });
            return CompletableFuture.completedFuture(null);
        });

        await().atMost(SOON).until(() -> outages.order.equals(List.of("lost", "ready")));
        assertThat(outages.losses.get(0).reason()).contains("the event loop").contains("injected");
        client.sendEvent(new Event("/t"));
        await().atMost(SOON).until(() -> seen.size() == 1);
    }

    @Test
    @Timeout(60)
    void an_attempt_in_which_nothing_happens_any_more_goes_on_with_the_next_pass() throws Exception {
        DxlClientConfig config = config();
        config.setConnectTimeout(1);
        DxlClient client = CLIENTS.make(config);
        CountDownLatch release = new CountDownLatch(1);
        client.setSslSocketFactoryCallback(unused -> {
            release.await();
            throw new IllegalStateException("released");
        });

        assertThatThrownBy(client::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("nothing has happened for 5 s");

        release.countDown();
        client.setSslSocketFactoryCallback(null);
        client.connect();
        assertThat(client.isConnected()).isTrue();
    }

    private static Filter throwing(Throwable failure) {
        return line -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }
}
