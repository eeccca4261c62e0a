package com.opendxl.client;

import com.opendxl.client.callback.ResponseCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.connection.Connection;
import io.github.dxlcdi.client.request.PendingRequests;
import io.github.dxlcdi.client.request.PendingRequests.Awaiting;
import io.github.dxlcdi.client.request.RequestFailure;
import io.github.dxlcdi.client.transport.MqttTopic;
import io.github.dxlcdi.client.transport.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Asks, and brings the answers to those who have asked. Its methods may be called from any thread but the event loop. */
final class Requests {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private static final String CLOSED = "the client is closed";
    private static final long CLOSE_MILLIS = 300;

    private final boolean silent = Boolean.getBoolean("dxlClient.silentAsyncFailures");
    private final PendingRequests<Response> pending;
    private final Connection connection;
    private final Outgoing outgoing;
    private final Incoming incoming;
    private final Executor answerThreads;
    private final Duration defaultWait;
    private volatile String replyTopic;
    private volatile boolean closed;

    /**
     * @param answerThreads completes futures
     * @param defaultWait how long an answer is awaited when nothing is said
     */
    Requests(
            PendingRequests<Response> pending,
            Connection connection,
            Outgoing outgoing,
            Incoming incoming,
            Executor answerThreads,
            Duration defaultWait) {
        this.pending = pending;
        this.connection = connection;
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.answerThreads = answerThreads;
        this.defaultWait = defaultWait;
    }

    Duration defaultWait() {
        return defaultWait;
    }

    String replyTopic() {
        return replyTopic;
    }

    void replyTopic(String topic) {
        MqttTopic.requireName(topic);
        if (replyTopic != null) {
            connection.needNot(replyTopic);
        }
        replyTopic = topic;
        connection.need(topic);
    }

    /** How many callbacks wait for an answer. */
    int callbackCount() {
        return (int) pending.waiting().filter(ForCallback.class::isInstance).count();
    }

    /** Asks and waits for the first answer that is {@code wanted}. */
    Response sync(Request request, Duration wait, Predicate<? super Response> wanted) throws DxlException {
        requireMayWait("syncRequest", "asyncRequest or requestAsync");
        CompletableFuture<Response> answer = new CompletableFuture<>();
        ForFuture awaiting = new ForFuture(answer, Runnable::run, wanted);
        send(request, wait, awaiting).whenComplete((sent, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            }
        });
        try {
            return Waiting.await(answer, "get an answer");
        } finally {
            if (!answer.isDone()) {
                withdraw(request, awaiting);
            }
        }
    }

    /** Asks; the callback hears the answer. */
    void async(Request request, ResponseCallback callback, Duration wait) throws DxlException {
        CompletableFuture<Void> sent = callback == null
                ? outgoing.publish(topic(request), bytes(request))
                : send(request, wait, new ForCallback(request, callback));
        outgoing.awaitSent(sent, "send a request");
    }

    /** Asks; the future is completed on a thread for answers. */
    CompletableFuture<Response> future(Request request, Duration wait) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        ForFuture awaiting = new ForFuture(answer, answerThreads, any -> true);
        try {
            CompletableFuture<Void> sending = send(request, wait, awaiting);
            // Nothing hangs on it yet; and without an event loop those threads have no timer.
            Executor executor = sending.isDone() ? Runnable::run : answerThreads;
            sending.whenComplete((sent, failure) -> {
                if (failure != null) {
                    executor.execute(() -> answer.completeExceptionally(failure));
                }
            });
        } catch (DxlException e) {
            return CompletableFuture.failedFuture(e);
        }
        // Whoever has it may have cancelled or completed it, or given it a time-out of its own.
        answer.whenComplete((response, failure) -> {
            if (pending.has(request.getMessageId())) {
                withdraw(request, awaiting);
            }
        });
        return answer;
    }

    /**
     * Refuses what would wait for itself.
     *
     * @param instead what may be called there
     * @throws DxlException on a delivery thread of our own, and on the event loop
     */
    void requireMayWait(String method, String instead) throws DxlException {
        if (incoming.isOwnDeliveryThread() || connection.isEventLoop()) {
            throw new DxlException("DXL0407 " + method + " must be called on a different thread: this one, \""
                    + Thread.currentThread().getName()
                    + "\", is the client's own, and what it waits for might wait for it. Call " + instead
                    + " here, or " + method + " on a thread of the application's own");
        }
    }

    /** Nobody waits any longer, and nobody begins to. */
    void close() {
        CompletableFuture<Void> failed = connection.call(loop -> {
            closed = true;
            pending.failAll(RequestFailure.CLIENT_CLOSED, CLOSED);
            return CompletableFuture.completedFuture(null);
        });
        try {
            failed.get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Without an event loop nobody waits; what else is left ends with the connection.
        }
    }

    /** Ends what the end of the event loop has left, if anything. */
    void abandon() {
        pending.abandonAll(RequestFailure.CLIENT_CLOSED, CLOSED);
    }

    /** The connection is gone. Event loop. */
    void lost(String reason) {
        pending.failAll(closed ? RequestFailure.CLIENT_CLOSED : RequestFailure.CONNECTION_LOST, reason);
    }

    /** Asks in the name of the client itself, which may do so while it closes. The future is completed on the event loop. */
    CompletableFuture<Response> ask(Request request, Duration wait) throws DxlException {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        String topic = topic(request);
        byte[] body = bytes(request);
        connection
                .call(loop -> send(
                        topic,
                        body,
                        request.getMessageId(),
                        wait,
                        loop,
                        new ForFuture(answer, Runnable::run, any -> true)))
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    }
                });
        return answer;
    }

    /** Waits for room. Done when it is sent; fails if that was not possible, and then nothing is awaited. */
    private CompletableFuture<Void> send(Request request, Duration wait, Awaiting<Response> awaiting)
            throws DxlException {
        String topic = topic(request);
        byte[] body = bytes(request);
        return outgoing.send(
                body,
                wait,
                waited -> connection.call(loop -> closed
                        ? failed("The client is closed")
                        : send(topic, body, request.getMessageId(), wait.minus(waited), loop, awaiting)));
    }

    private CompletableFuture<Void> send(
            String topic, byte[] body, String id, Duration wait, Timer timer, Awaiting<Response> awaiting) {
        if (!pending.add(id, wait, timer, awaiting)) {
            return failed("A request with the message id " + id + " waits for its answer already; make a new one");
        }
        // Once nobody waits any more, the next message that comes stops the reading again.
        connection.adjustReading();
        if (!pending.has(id)) {
            return DONE;
        }
        return connection
                .publish(topic, body)
                .exceptionallyCompose(
                        failure -> pending.withdraw(id, awaiting) ? CompletableFuture.failedFuture(failure) : DONE);
    }

    private void withdraw(Request request, Awaiting<Response> awaiting) {
        connection.call(loop -> {
            pending.withdraw(request.getMessageId(), awaiting);
            return DONE;
        });
    }

    private static String topic(Request request) {
        return MqttTopic.requireName(request.getDestinationTopic());
    }

    /** The request as it is sent; fails as {@link Outgoing#bytes}. */
    byte[] bytes(Request request) throws DxlException {
        request.setReplyToTopic(replyTopic);
        return outgoing.bytes(topic(request), request);
    }

    private static CompletableFuture<Void> failed(String reason) {
        return CompletableFuture.failedFuture(new DxlException(reason));
    }

    private record ForFuture(CompletableFuture<Response> answer, Executor executor, Predicate<? super Response> wanted)
            implements Awaiting<Response> {
        @Override
        public boolean awaits(Response response) {
            return wanted.test(response);
        }

        @Override
        public void answered(Response response) {
            executor.execute(() -> answer.complete(response));
        }

        @Override
        public void failed(RequestFailure failure, String details) {
            executor.execute(() -> answer.completeExceptionally(failure.exception(details)));
        }
    }

    private final class ForCallback implements Awaiting<Response> {
        private final Request request;
        private final ResponseCallback callback;

        private ForCallback(Request request, ResponseCallback callback) {
            this.request = request;
            this.callback = callback;
        }

        @Override
        public void answered(Response response) {
            incoming.answer(callback, response);
        }

        @Override
        public void failed(RequestFailure failure, String details) {
            if (!silent) {
                incoming.answer(callback, new ErrorResponse(request, failure.code(), failure.text(details)));
            }
        }
    }
}
