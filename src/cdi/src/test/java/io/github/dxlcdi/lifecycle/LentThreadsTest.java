package io.github.dxlcdi.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.ServerNames;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose threads begin to run only when the application has started, as Open Liberty's do. */
class LentThreadsTest extends FabricTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final CountDownLatch applicationHasStarted = new CountDownLatch(1);
    private final List<Thread> lent = new CopyOnWriteArrayList<>();
    private final ThreadFactory threads = task -> {
        Thread thread = new Thread(() -> {
            try {
                applicationHasStarted.await();
                task.run();
            } catch (InterruptedException e) {
                // The application has ended before it started.
            }
        });
        thread.setDaemon(true);
        lent.add(thread);
        return thread;
    };
    private final ExecutorService executor = Executors.newCachedThreadPool(threads);
    private ServerNames names;

    @BeforeEach
    void bind() {
        names = new ServerNames(Map.of(
                "java:comp/DefaultManagedThreadFactory", threads,
                "java:comp/DefaultManagedExecutorService", executor));
    }

    @AfterEach
    void unbind() {
        names.close();
        executor.shutdownNow();
    }

    @ParameterizedTest(name = "dxl.connect.fail-fast = {0}")
    @ValueSource(strings = {"false", "true"})
    void start_waits_for_no_lent_thread_and_detections_are_delivered_once_they_run(String failFast) {
        TestApplication started = assertTimeoutPreemptively(
                SOON, () -> application().and("dxl.connect.fail-fast", failFast).start(Quarantine.class));
        try (TestApplication app = started) {
            awaitSubscribed();
            fabric.detections().publishRandom();
            await().until(() -> !lent.isEmpty());
            assertThat(app.get(Quarantine.class).seen()).isEmpty();

            applicationHasStarted.countDown();

            await().untilAsserted(() ->
                    assertThat(app.get(Quarantine.class).seen()).containsExactlyInAnyOrder("sync", "async"));
            assertThat(lent).contains(app.get(Quarantine.class).deliveredOn());
        }
    }

    @Test
    void end_before_any_lent_thread_has_run_waits_for_none() {
        TestApplication app =
                assertTimeoutPreemptively(SOON, () -> application().start(Quarantine.class));
        awaitSubscribed();
        fabric.detections().publishRandom();

        assertTimeoutPreemptively(SOON, app::close);

        assertThat(fabric.connectedClients()).isZero();
        await().untilAsserted(() -> assertThat(lent).noneMatch(Thread::isAlive));
    }

    @ApplicationScoped
    static class Quarantine {
        private final List<String> seen = new CopyOnWriteArrayList<>();
        private volatile Thread deliveredOn;

        void onDetection(@Observes FileDetection detection) {
            deliveredOn = Thread.currentThread();
            seen.add("sync");
        }

        void onDetectionAsync(@ObservesAsync FileDetection detection) {
            seen.add("async");
        }

        List<String> seen() {
            return seen;
        }

        Thread deliveredOn() {
            return deliveredOn;
        }
    }
}
