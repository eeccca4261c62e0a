package com.opendxl.client;

import static com.opendxl.client.message.DxlErrorMessageEnum.FABRICSERVICEUNAVAILABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.request.RequestFailure;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Numbered events and requests of one client, some hundred in a second as long as it is connected, and what became of the
 * requests. Whoever serves them must send their payload back.
 */
final class Traffic implements AutoCloseable {
    private static final long PAUSE_NANOS = 2_000_000;
    private static final long WAIT_MILLIS = 2_000;

    /** How a request may end if the service or its broker goes down: there is no service, or nobody says a word. */
    private static final List<Integer> EXCUSES = List.of(
            FABRICSERVICEUNAVAILABLE.getErrorCode(),
            RequestFailure.CONNECTION_LOST.code(),
            RequestFailure.TIMEOUT.code());

    private final DxlClient client;
    private final String eventTopic;
    private final String requestTopic;
    private final Queue<AtomicInteger> timesTold = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final CompletableFuture<Void> running;
    private volatile boolean over;

    /** Ends of requests that there must not be. */
    final List<String> faults = new CopyOnWriteArrayList<>();

    /** Begins at once; each payload is {@code name number}. */
    Traffic(String name, DxlClient client, String eventTopic, String requestTopic) {
        this.client = client;
        this.eventTopic = eventTopic;
        this.requestTopic = requestTopic;
        this.running = Clients.inBackground(() -> {
            for (int number = 0; !over; number++) {
                send(name + " " + number);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return null;
        });
    }

    /** How many requests were answered by the service so far. */
    int answered() {
        return answered.get();
    }

    /** Whether each request has come to an end, one. */
    boolean isDecided() {
        return timesTold.stream().allMatch(times -> times.get() == 1);
    }

    /** Sends nothing more. */
    @Override
    public void close() throws Exception {
        over = true;
        running.get(10, TimeUnit.SECONDS);
    }

    private void send(String payload) {
        AtomicInteger told = new AtomicInteger();
        try {
            Event event = new Event(eventTopic);
            event.setPayload(payload.getBytes(UTF_8));
            client.sendEvent(event);
            Request request = Responder.request(requestTopic, payload);
            timesTold.add(told);
            client.asyncRequest(
                    request,
                    response -> {
                        told.incrementAndGet();
                        hear(payload, response);
                    },
                    WAIT_MILLIS);
        } catch (DxlException e) {
            // Not connected now; then nobody is told.
            timesTold.remove(told);
        }
    }

    private void hear(String question, Response response) {
        if (response instanceof ErrorResponse error) {
            if (!EXCUSES.contains(error.getErrorCode())) {
                faults.add(question + ": " + error.getErrorCode() + " " + error.getErrorMessage());
            }
        } else if (Responder.text(response).equals(question)) {
            answered.incrementAndGet();
        } else {
            faults.add(question + ": " + Responder.text(response));
        }
    }
}
