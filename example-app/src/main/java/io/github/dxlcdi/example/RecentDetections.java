package io.github.dxlcdi.example;

import io.github.dxlcdi.DxlConnected;
import io.github.dxlcdi.DxlDisconnected;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.Function;

/**
 * The last detections, as JSON, and the pages that follow what comes. A page only gets to know that there is something
 * new, and takes it from here: one that reads slowly delays no other, and costs no memory.
 */
@ApplicationScoped
class RecentDetections {
    static final int CAPACITY = 1_000;
    static final int MAX_CHARACTERS = 10_000_000;
    static final int MAX_PAGES = 50;

    private static final Function<Sse, OutboundSseEvent> DETECTION = sse -> null;

    @Resource
    ManagedExecutorService executor;

    private final SubmissionPublisher<Function<Sse, OutboundSseEvent>> news =
            new SubmissionPublisher<>(task -> executor.execute(task), CAPACITY);
    private final NavigableMap<Long, String> detections = new TreeMap<>();
    private long characters;
    // Goes on growing over a restart: a page that comes back says which number it saw last.
    private long number = System.currentTimeMillis();
    private Function<Sse, OutboundSseEvent> connection = sse -> sse.newEvent("disconnected", "Not connected yet");

    synchronized void onDetection(@Observes FileDetection detection) {
        String json = detection.toCompactJson();
        detections.put(++number, json);
        characters += json.length();
        while (detections.size() > CAPACITY || characters > MAX_CHARACTERS) {
            characters -= detections.pollFirstEntry().getValue().length();
        }
        news.offer(DETECTION, null);
    }

    synchronized void onConnected(@Observes DxlConnected now) {
        String gap =
                now.gap().map(missed -> " " + missed.from() + " " + missed.to()).orElse("");
        connection = sse -> sse.newEvent("connected", now.broker() + gap);
        news.offer(connection, null);
    }

    synchronized void onDisconnected(@Observes DxlDisconnected now) {
        connection = sse -> sse.newEvent("disconnected", now.reason());
        news.offer(connection, null);
    }

    /** As JSON, the newest first. */
    synchronized List<String> newest(int limit) {
        return detections.descendingMap().values().stream().limit(limit).toList();
    }

    /** Whether there are as many pages as may be. Those that are closed are noticed when something is sent to them. */
    synchronized boolean isFull() {
        boolean full = news.getNumberOfSubscribers() >= MAX_PAGES;
        if (full) {
            news.offer(connection, null);
        }
        return full;
    }

    /** Sends a page what came after the number that it {@code saw}, and then all that comes. */
    synchronized void follow(SseEventSink page, Sse sse, long saw) {
        news.subscribe(new Follower(page, sse, saw));
        news.offer(connection, null);
    }

    private synchronized Map.Entry<Long, String> after(long sent) {
        return detections.higherEntry(sent);
    }

    @PreDestroy
    void close() {
        news.close();
    }

    /** Sends a page one event after the other. No thread waits meanwhile: the server needs them to send. */
    private final class Follower implements Flow.Subscriber<Function<Sse, OutboundSseEvent>> {
        private final SseEventSink page;
        private final Sse sse;
        private long sent;
        private Flow.Subscription subscription;

        Follower(SseEventSink page, Sse sse, long saw) {
            this.page = page;
            this.sse = sse;
            this.sent = saw;
        }

        @Override
        public void onSubscribe(Flow.Subscription made) {
            subscription = made;
            subscription.request(1);
        }

        @Override
        public void onNext(Function<Sse, OutboundSseEvent> change) {
            Map.Entry<Long, String> next = after(sent);
            if (next != null) {
                sent = next.getKey();
                String id = Long.toString(sent);
                send(sse.newEventBuilder().id(id).data(next.getValue()).build(), () -> onNext(change));
                return;
            }
            OutboundSseEvent event = change.apply(sse);
            if (event == null) {
                subscription.request(1);
            } else {
                send(event, () -> subscription.request(1));
            }
        }

        private void send(OutboundSseEvent event, Runnable then) {
            CompletionStage<?> sending;
            try {
                sending = page.send(event);
            } catch (IllegalStateException closed) {
                sending = CompletableFuture.failedStage(closed);
            }
            sending.whenCompleteAsync(
                    (done, failure) -> {
                        if (failure == null) {
                            then.run();
                        } else {
                            subscription.cancel();
                            page.close();
                        }
                    },
                    executor);
        }

        @Override
        public void onError(Throwable failure) {
            page.close();
        }

        @Override
        public void onComplete() {
            page.close();
        }
    }
}
