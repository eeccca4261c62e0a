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
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Function;

/** The last 1,000 detections, and the pages that follow what comes. A page that reads slowly holds up nobody. */
@ApplicationScoped
class RecentDetections {
    private static final int CAPACITY = 1_000;

    private record Numbered(long number, FileDetection detection) {
        OutboundSseEvent event(Sse sse) {
            String json = detection.toCompactJson();
            return sse.newEventBuilder().id(Long.toString(number)).data(json).build();
        }
    }

    @Resource
    ManagedExecutorService executor;

    private final SubmissionPublisher<Function<Sse, OutboundSseEvent>> news =
            new SubmissionPublisher<>(task -> executor.execute(task), CAPACITY);
    private final Deque<Numbered> newestFirst = new ArrayDeque<>();
    // Goes on growing over a restart: a page that comes back says which number it saw last.
    private long number = System.currentTimeMillis();
    private Function<Sse, OutboundSseEvent> connection = sse -> sse.newEvent("disconnected", "Not connected yet");

    synchronized void onDetection(@Observes FileDetection detection) {
        if (newestFirst.size() == CAPACITY) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(new Numbered(++number, detection));
        news.offer(newestFirst.getFirst()::event, null);
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

    synchronized List<FileDetection> newest(int limit) {
        return newestFirst.stream().limit(limit).map(Numbered::detection).toList();
    }

    /** Sends a page what came after the number that it {@code saw}, and then all that comes. */
    synchronized void follow(SseEventSink page, Sse sse, long saw) {
        Deque<Function<Sse, OutboundSseEvent>> unsent = new ArrayDeque<>();
        newestFirst.stream().takeWhile(one -> one.number > saw).forEach(one -> unsent.addFirst(one::event));
        news.consume(latest -> {
                    unsent.addLast(latest);
                    while (!unsent.isEmpty()) {
                        OutboundSseEvent event = unsent.removeFirst().apply(sse);
                        page.send(event).toCompletableFuture().join();
                    }
                })
                .whenComplete((done, gone) -> page.close());
        news.offer(connection, null);
    }

    @PreDestroy
    void close() {
        news.close();
    }
}
