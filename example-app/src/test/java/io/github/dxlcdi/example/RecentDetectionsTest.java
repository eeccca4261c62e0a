package io.github.dxlcdi.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.ws.rs.sse.*;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.*;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentDetectionsTest {
    private static final String LARGE = "x".repeat(900_000);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final RecentDetections recent = new RecentDetections();

    RecentDetectionsTest() {
        recent.executor =
                proxy(ManagedExecutorService.class, (name, arguments) -> threads.submit((Runnable) arguments[0]));
    }

    @AfterEach
    void stop() {
        recent.close();
        threads.shutdownNow();
    }

    @Test
    void small_detections_are_bounded_by_their_number() {
        detect("", 0, RecentDetections.CAPACITY + 5);

        assertThat(recent.newest(2_000)).hasSize(RecentDetections.CAPACITY);
        assertThat(recent.newest(1)).singleElement().asString().contains("\"1004 \"");
    }

    @Test
    void large_detections_are_bounded_by_their_characters_and_the_newest_stay() {
        detect(LARGE, 0, 50);

        List<String> kept = recent.newest(1_000);
        assertThat(kept).hasSize(RecentDetections.MAX_CHARACTERS / LARGE.length());
        assertThat(kept.get(0)).contains("\"49 ");
        assertThat(kept.stream().mapToInt(String::length).sum()).isLessThan(RecentDetections.MAX_CHARACTERS);
    }

    @Test
    void page_that_reads_slowly_gets_what_is_still_kept_and_then_the_rest_in_order() {
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        CompletableFuture<Void> read = new CompletableFuture<>();
        recent.follow(page(sent, read), sse(), 0);
        await().until(() -> !sent.isEmpty());
        detect(LARGE, 0, 50);

        read.complete(null);
        detect("", 50, 51);

        await().untilAsserted(() -> assertThat(sent).last().asString().contains("\"50 \""));
        assertThat(sent).hasSize(2 + RecentDetections.MAX_CHARACTERS / LARGE.length());
    }

    @Test
    void pages_are_limited() {
        for (int i = 0; i < RecentDetections.MAX_PAGES; i++) {
            assertThat(recent.isFull()).isFalse();
            recent.follow(page(new LinkedBlockingQueue<>(), CompletableFuture.completedFuture(null)), sse(), 0);
        }
        assertThat(recent.isFull()).isTrue();
    }

    @Test
    void page_that_has_gone_is_noticed_when_another_one_is_refused() {
        for (int i = 0; i < RecentDetections.MAX_PAGES; i++) {
            recent.follow(
                    page(
                            new LinkedBlockingQueue<>(),
                            CompletableFuture.failedFuture(new IllegalStateException("gone"))),
                    sse(),
                    0);
        }
        await().until(() -> !recent.isFull());
    }

    private void detect(String more, int first, int end) {
        IntStream.range(first, end)
                .mapToObj(number -> FileDetection.builder()
                        .agentGuid("agent")
                        .detectionTime(Instant.EPOCH)
                        .hashes(Hashes.of(Map.of()))
                        .localReputation(TrustLevel.UNKNOWN)
                        .name(number + " " + more)
                        .remediationAction(5)
                        .build())
                .forEach(recent::onDetection);
    }

    /** Takes down what is sent, and has sent it when {@code read} says so. */
    private static SseEventSink page(BlockingQueue<String> sent, CompletableFuture<Void> read) {
        return proxy(SseEventSink.class, (name, arguments) -> {
            if (name.equals("send")) {
                sent.add((String) ((OutboundSseEvent) arguments[0]).getData());
            }
            return name.equals("send") ? read : null;
        });
    }

    private static Sse sse() {
        return proxy(
                Sse.class,
                (name, arguments) -> name.equals("newEvent") ? event((String) arguments[1]) : new EventBuilder().proxy);
    }

    private static OutboundSseEvent event(String data) {
        return proxy(OutboundSseEvent.class, (name, arguments) -> data);
    }

    private static final class EventBuilder {
        private String data;
        private final OutboundSseEvent.Builder proxy =
                RecentDetectionsTest.proxy(OutboundSseEvent.Builder.class, (name, arguments) -> {
                    if (name.equals("data")) {
                        data = (String) arguments[0];
                    }
                    return name.equals("build") ? event(data) : builder();
                });

        private OutboundSseEvent.Builder builder() {
            return proxy;
        }
    }

    private interface Call {
        Object answer(String method, Object... arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call.answer(method.getName(), arguments)));
    }
}
