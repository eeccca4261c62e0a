package com.opendxl.client;

import static com.opendxl.client.Responder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.request.RequestFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests that wait, some of each kind: the client that asks is also the one to answer, and does not. */
final class Unanswered {
    static final String TOPIC = "/silence";
    private static final int EACH = 5;

    private final List<CompletableFuture<Response>> waiting = new ArrayList<>();
    private final List<List<Response>> told = new ArrayList<>();

    private Unanswered() {}

    /** Returns when all have gone to the broker and come back. */
    static Unanswered ask(DxlClient client) throws DxlException {
        AtomicInteger arrived = new AtomicInteger();
        RequestCallback count = request -> arrived.incrementAndGet();
        client.subscribe(TOPIC);
        client.addRequestCallback(TOPIC, count);
        Unanswered unanswered = new Unanswered();
        for (int i = 0; i < EACH; i++) {
            unanswered.waiting.add(Clients.inBackground(() -> client.syncRequest(request(TOPIC, ""))));
            unanswered.waiting.add(client.requestAsync(request(TOPIC, "")));
            List<Response> responses = new CopyOnWriteArrayList<>();
            unanswered.told.add(responses);
            client.asyncRequest(request(TOPIC, ""), responses::add);
        }
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(() -> arrived.get() == 3 * EACH);
        client.removeRequestCallback(TOPIC, count);
        return unanswered;
    }

    /** With the connection, and not for lack of time. */
    void assertFailed(Duration within) throws Exception {
        long end = System.nanoTime() + within.toNanos();
        for (CompletableFuture<Response> each : waiting) {
            assertThat(each)
                    .failsWithin(Duration.ofNanos(end - System.nanoTime()))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(DxlException.class)
                    .matches(e -> !(e.getCause() instanceof WaitTimeoutException));
        }
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(end - System.nanoTime(), TimeUnit.NANOSECONDS)
                .until(this::isToldOnce);
    }

    /** Whether each callback was called once, with the code of a lost connection. */
    boolean isToldOnce() {
        return told.stream()
                .allMatch(responses -> responses.size() == 1
                        && responses.get(0) instanceof ErrorResponse error
                        && error.getErrorCode() == RequestFailure.CONNECTION_LOST.code());
    }
}
