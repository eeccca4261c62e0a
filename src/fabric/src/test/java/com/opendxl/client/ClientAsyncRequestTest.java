package com.opendxl.client;

import static com.opendxl.client.Responder.request;
import static com.opendxl.client.Responder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.callback.ResponseCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.request.RequestFailure;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A client that asks and goes on: with a callback, or with a future. */
@ExtendWith(SharedFabric.class)
class ClientAsyncRequestTest {
    private static final String TOPIC = "/service/echo";
    private static final String SILENCE = "/service/silence";
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    private final List<Request> asked = new CopyOnWriteArrayList<>();
    private final List<Response> answers = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private Responder responder;
    private DxlClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void connectBoth() throws Exception {
        responder = new Responder(CLIENTS.connected(config()));
        responder.echo(TOPIC);
        responder.onRequest(SILENCE, asked::add);
        client = CLIENTS.connected(config());
    }

    @AfterEach
    void release() {
        release.countDown();
    }

    @Test
    void the_callback_gets_the_answer_once_on_a_delivery_thread() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        client.asyncRequest(request(TOPIC, "ping"), response -> {
            threads.add(Thread.currentThread().getName());
            answers.add(response);
        });

        await().until(() -> !answers.isEmpty());
        await().during(Duration.ofMillis(200)).until(() -> answers.size() == 1);
        assertThat(text(answers.get(0))).isEqualTo("ping");
        assertThat(threads.get(0)).startsWith("DxlMessagePool-" + client.getUniqueId());
        assertThat(client.getAsyncCallbackCount()).isZero();
    }

    @Test
    void a_thousand_requests_of_a_client_with_a_queue_of_ten_are_all_answered() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            client.asyncRequest(request(TOPIC, "" + i), answers::add, 20_000);
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> answers.size() == 1_000);
        assertThat(answers).noneMatch(ErrorResponse.class::isInstance);
        assertThat(answers.stream().map(Responder::text).distinct()).hasSize(1_000);
    }

    @Test
    void without_a_callback_nobody_waits() throws Exception {
        client.asyncRequest(request(SILENCE, ""));
        client.asyncRequest(request(TOPIC, ""), null);

        await().until(() -> asked.size() == 1);
        assertThat(client.getAsyncCallbackCount()).isZero();
        await().until(() -> client.incoming().unclaimed() == 1);
    }

    @Test
    void a_callback_that_waits_is_counted_and_told_at_the_deadline() throws Exception {
        long began = System.nanoTime();
        client.asyncRequest(request(SILENCE, ""), answers::add, 400);
        assertThat(client.getAsyncCallbackCount()).isEqualTo(1);

        await().until(() -> answers.size() == 1);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(400), Duration.ofMillis(1_500));
        assertFailed(0x80000003, "response timeout (the answer did not come within 400 ms)");
        assertThat(client.getAsyncCallbackCount()).isZero();
    }

    @Test
    void the_standard_wait_is_a_system_property_read_when_the_configuration_is_made() throws Exception {
        DxlClientConfig hasty;
        try (var property = PropertySet.set("dxlClient.defaultWait", "100")) {
            hasty = config();
        }
        DxlClient impatient = CLIENTS.connected(hasty);

        impatient.asyncRequest(request(SILENCE, ""), answers::add);

        await().atMost(Duration.ofSeconds(3)).until(() -> answers.size() == 1);
        assertThatThrownBy(() -> impatient.syncRequest(request(SILENCE, "")))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContaining("within 100 ms");
        assertThatThrownBy(() -> impatient.requestAsync(request(SILENCE, "")).get())
                .hasCauseInstanceOf(WaitTimeoutException.class);
    }

    @Test
    void after_a_lost_connection_the_callback_is_told_at_once() throws Exception {
        ask();

        FABRIC.faults().cut();

        await().atMost(Duration.ofSeconds(2)).until(() -> answers.size() == 1);
        assertFailed(RequestFailure.CONNECTION_LOST.code(), "connection lost (");
    }

    @Test
    void after_a_close_the_callback_is_told_before_close_returns() throws Exception {
        ask();

        client.close();

        assertThat(answers).hasSize(1);
        assertFailed(RequestFailure.CLIENT_CLOSED.code(), "client closed (the client is closed)");
    }

    @Test
    void after_a_close_the_callback_is_told_even_by_a_client_whose_event_loop_is_busy() throws Exception {
        ask();
        CompletableFuture<Void> busy = client.connection().call(loop -> {
            Clients.awaitUnlessInterrupted(release);
            return CompletableFuture.completedFuture(null);
        });

        client.close();

        assertThat(answers).hasSize(1);
        assertFailed(RequestFailure.CLIENT_CLOSED.code(), "client closed (the client is closed)");
        release.countDown();
        busy.get(10, TimeUnit.SECONDS);
        assertThat(answers).hasSize(1);
    }

    @Test
    void with_the_reserve_used_up_the_callback_is_told() throws Exception {
        CountDownLatch first = blockCallbacks();
        for (int i = 0; i < 30; i++) {
            FABRIC.publish("/events", ByteBuffer.allocate(900 * 1024).putInt(i).array());
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        }
        await().until(() -> client.fabricConnection().state().queueDepth() >= 10);

        client.asyncRequest(request(SILENCE, ""), answers::add, 60_000);

        await().atMost(Duration.ofSeconds(10)).until(() -> client.getAsyncCallbackCount() == 0);
        release.countDown();
        await().until(() -> answers.size() == 1);
        assertFailed(RequestFailure.NO_ROOM.code(), "no room for what precedes the answer (");
    }

    @Test
    void answers_overtake_the_events_that_wait_in_the_queue() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        client.addEventCallback("/more", event -> order.add("event"));
        CountDownLatch first = blockCallbacks();
        FABRIC.publish("/events", new byte[4]);
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 5; i++) {
            FABRIC.publish("/more", new byte[0]);
        }
        await().until(() -> client.fabricConnection().state().queueDepth() == 5);

        client.asyncRequest(request(TOPIC, ""), response -> order.add("answer"));
        await().until(() -> client.getAsyncCallbackCount() == 0);
        assertThat(client.fabricConnection().state().queueDepth()).isEqualTo(5);
        release.countDown();

        await().until(() -> order.size() == 6);
        assertThat(order.get(0)).isEqualTo("answer");
    }

    @Test
    void the_silence_of_old_can_be_switched_on() throws Exception {
        DxlClient silent;
        try (var property = PropertySet.set("dxlClient.silentAsyncFailures", "true")) {
            silent = CLIENTS.connected(config());
        }
        silent.asyncRequest(request(SILENCE, ""), answers::add, 100);
        silent.asyncRequest(request(TOPIC, "heard"), answers::add, 5_000);

        await().until(() -> silent.getAsyncCallbackCount() == 0);
        await().during(Duration.ofMillis(300)).until(() -> answers.size() == 1);
        assertThat(text(answers.get(0))).isEqualTo("heard");
    }

    @Test
    void not_connected_it_throws_and_calls_nobody() throws Exception {
        client.disconnect();

        assertThatThrownBy(() -> client.asyncRequest(request(TOPIC, ""), answers::add))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("Not connected");
        assertThat(client.getAsyncCallbackCount()).isZero();
        client.connect();
        await().during(Duration.ofMillis(200)).until(answers::isEmpty);
    }

    @Test
    void a_callback_may_ask_again() throws Exception {
        client.asyncRequest(request(TOPIC, "one"), one -> {
            answers.add(one);
            try {
                client.asyncRequest(request(TOPIC, "two"), answers::add);
            } catch (DxlException e) {
                throw new IllegalStateException(e);
            }
        });

        await().until(() -> answers.size() == 2);
        assertThat(text(answers.get(1))).isEqualTo("two");
    }

    @Test
    void a_callback_that_throws_takes_nothing_from_the_next_answer_nor_from_those_who_watch() throws Exception {
        List<Response> seen = new CopyOnWriteArrayList<>();
        ResponseCallback thrower = response -> {
            throw new IllegalStateException("thrown on purpose");
        };
        client.addResponseCallback(null, thrower);
        client.addResponseCallback(null, seen::add);
        client.asyncRequest(request(TOPIC, "1"), thrower);
        client.asyncRequest(request(TOPIC, "2"), answers::add);

        await().until(() -> seen.size() == 2 && answers.size() == 1);
    }

    @Test
    void callbacks_for_every_answer_see_asked_and_unasked_ones_and_those_for_a_topic_those_on_it() throws Exception {
        List<String> every = new CopyOnWriteArrayList<>();
        List<String> own = new CopyOnWriteArrayList<>();
        List<String> other = new CopyOnWriteArrayList<>();
        ResponseCallback watcher = response -> every.add(text(response));
        client.addResponseCallback(null, watcher);
        client.addResponseCallback(client.getReplyToTopic(), response -> own.add(text(response)));
        client.addResponseCallback("/other", response -> other.add(text(response)));

        client.syncRequest(request(TOPIC, "sync"), 5_000);
        client.asyncRequest(request(TOPIC, "unasked"));
        await().until(() -> every.size() == 2 && own.size() == 2);
        client.removeResponseCallback(null, watcher);
        client.syncRequest(request(TOPIC, "later"), 5_000);

        await().until(() -> own.size() == 3);
        assertThat(every).containsExactly("sync", "unasked");
        assertThat(other).isEmpty();
        assertThat(client.incoming().unclaimed()).isZero();
    }

    @Test
    void a_future_holds_the_answer() throws Exception {
        assertThat(text(client.requestAsync(request(TOPIC, "ping")).get(5, TimeUnit.SECONDS)))
                .isEqualTo("ping");
    }

    @Test
    void a_callback_on_the_only_delivery_thread_may_wait_for_a_future() throws Exception {
        CompletableFuture<String> answered = new CompletableFuture<>();
        client.addEventCallback(
                "/ask",
                event -> answered.complete(client.requestAsync(request(TOPIC, "ping"))
                        .thenApply(Responder::text)
                        .join()));

        FABRIC.publish("/ask", new byte[0]);

        assertThat(answered.get(5, TimeUnit.SECONDS)).isEqualTo("ping");
    }

    @Test
    void what_hangs_on_a_future_runs_neither_on_the_event_loop_nor_on_a_delivery_thread() throws Exception {
        CompletableFuture<Boolean> delivery = new CompletableFuture<>();
        CompletableFuture<String> thread = new CompletableFuture<>();
        responder.onRequest("/service/late", request -> {
            Clients.awaitUnlessInterrupted(release);
            responder.echo(request);
        });

        client.requestAsync(request("/service/late", "")).thenAccept(response -> {
            thread.complete(Thread.currentThread().getName());
            delivery.complete(client.isIncomingMessageThread());
        });
        release.countDown();

        assertThat(thread.get(5, TimeUnit.SECONDS)).startsWith("DxlMessagePool-");
        assertThat(delivery.get(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void what_hangs_on_a_future_may_wait_for_another_one() throws Exception {
        CompletableFuture<String> both = client.requestAsync(request(TOPIC, "one"))
                .thenApply(one -> text(one)
                        + client.requestAsync(request(TOPIC, "two"))
                                .thenApply(Responder::text)
                                .join());

        assertThat(both.get(10, TimeUnit.SECONDS)).isEqualTo("onetwo");
    }

    @Test
    void what_hangs_on_a_future_and_does_not_end_holds_up_neither_deadlines_nor_lost_connections() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CompletableFuture<Void> blocking = client.requestAsync(request(TOPIC, ""))
                .thenAccept(response -> {
                    blocked.countDown();
                    Clients.awaitUnlessInterrupted(release);
                });
        assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> client.requestAsync(request(SILENCE, ""), Duration.ofMillis(100))
                        .get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WaitTimeoutException.class);

        CompletableFuture<Response> lost = client.requestAsync(request(SILENCE, ""));
        await().until(() -> asked.size() == 2);
        client.disconnect();
        assertThatThrownBy(() -> lost.get(10, TimeUnit.SECONDS))
                .hasCauseExactlyInstanceOf(DxlException.class)
                .hasMessageContaining("disconnect was called");

        assertThat(blocking).isNotDone();
    }

    @Test
    void before_the_first_connect_a_future_fails_at_once() throws Exception {
        try (DxlClient never = new DxlClient(config())) {
            assertThat(never.requestAsync(request(TOPIC, ""))).isCompletedExceptionally();
        }
    }

    @Test
    void a_future_fails_at_its_deadline_with_the_connection_and_when_it_was_not_sent() throws Exception {
        assertThatThrownBy(() -> client.requestAsync(request(SILENCE, ""), Duration.ofMillis(100))
                        .get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WaitTimeoutException.class);

        CompletableFuture<Response> lost = client.requestAsync(request(SILENCE, ""));
        await().until(() -> asked.size() == 2);
        client.disconnect();
        assertThatThrownBy(() -> lost.get(5, TimeUnit.SECONDS))
                .hasCauseExactlyInstanceOf(DxlException.class)
                .hasMessageContaining("disconnect was called");

        assertThatThrownBy(() -> client.requestAsync(request(SILENCE, "")).get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DxlException.class)
                .hasMessageContaining("Not connected");
    }

    @Test
    void a_future_that_is_cancelled_waits_no_longer() throws Exception {
        CompletableFuture<Response> given = client.requestAsync(request(SILENCE, ""));
        await().until(() -> asked.size() == 1);

        given.cancel(false);
        // The event loop hears of it before of this, but not surely before an answer that is under way.
        client.subscribe("/test/afterwards");
        responder.send(new Response(asked.get(0)));

        await().until(() -> client.incoming().unclaimed() == 1);
    }

    @Test
    void a_future_that_its_owner_completes_waits_no_longer() throws Exception {
        CompletableFuture<Response> given = client.requestAsync(request(SILENCE, ""));
        await().until(() -> asked.size() == 1);

        // As orTimeout does.
        given.completeExceptionally(new TimeoutException());
        client.subscribe("/test/afterwards");
        responder.send(new Response(asked.get(0)));

        await().until(() -> client.incoming().unclaimed() == 1);
    }

    @Test
    void closing_completes_futures_and_leaves_no_thread() throws Exception {
        CompletableFuture<Response> open = client.requestAsync(request(SILENCE, ""));
        await().until(() -> asked.size() == 1);

        client.close();

        assertThatThrownBy(() -> open.get(1, TimeUnit.SECONDS))
                .hasCauseExactlyInstanceOf(DxlException.class)
                .hasMessageContaining("the client is closed");
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains(client.getUniqueId())));
    }

    private void ask() throws DxlException {
        client.asyncRequest(request(SILENCE, ""), answers::add, 60_000);
        await().until(() -> asked.size() == 1);
    }

    private void assertFailed(int code, String message) {
        assertThat(answers.get(0)).isInstanceOf(ErrorResponse.class);
        ErrorResponse error = (ErrorResponse) answers.get(0);
        assertThat(error.getErrorCode()).isEqualTo(code).isNegative();
        assertThat(error.getErrorMessage()).startsWith(message);
    }

    /** Blocks the delivery thread from the first event on, until the release. */
    private CountDownLatch blockCallbacks() throws DxlException {
        CountDownLatch first = new CountDownLatch(1);
        client.addEventCallback("/events", event -> {
            first.countDown();
            Clients.awaitUnlessInterrupted(release);
        });
        return first;
    }

    private DxlClientConfig config() throws DxlException {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        config.setIncomingMessageQueueSize(10);
        return config;
    }
}
