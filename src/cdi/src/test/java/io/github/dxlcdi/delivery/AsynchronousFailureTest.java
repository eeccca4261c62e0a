package io.github.dxlcdi.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.UndeliverableMessage;
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
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Asynchronous observers that fail on every detection, with an asynchronous observer of what is undeliverable. */
class AsynchronousFailureTest extends FabricTest {
    private static final int DETECTIONS = 3 * Delivery.MAX_IN_FLIGHT;

    @Test
    void observers_that_fail_while_every_permit_is_held_do_not_stop_delivery() {
        try (TestApplication app = application().start(FailsTogether.class, Letters.class)) {
            awaitSubscribed();
            publish();

            await().until(() -> app.get(Letters.class).count() == DETECTIONS);

            assertThat(app.get(Letters.class).most()).isLessThanOrEqualTo(Delivery.MAX_IN_FLIGHT);
        }
    }

    @Test
    void executor_of_two_threads_is_enough_for_observers_that_fail() {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try (ServerNames names = new ServerNames(Map.of("java:comp/DefaultManagedExecutorService", executor));
                TestApplication app = application().start(Fails.class, Letters.class)) {
            awaitSubscribed();
            publish();

            await().until(() -> app.get(Letters.class).count() == DETECTIONS);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void executor_that_takes_nothing_makes_each_detection_undeliverable_and_keeps_no_permit() {
        ExecutorService executor = new RefusesAll();
        try (ServerNames names = new ServerNames(Map.of("java:comp/DefaultManagedExecutorService", executor));
                TestApplication app = application().start(Fails.class, SynchronousLetters.class)) {
            awaitSubscribed();
            publish();

            await().until(() -> app.get(SynchronousLetters.class).count() == DETECTIONS);
        } finally {
            executor.shutdownNow();
        }
    }

    private void publish() {
        for (int i = 0; i < DETECTIONS; i++) {
            fabric.detections().publishRandom();
        }
    }

    /** As a JVM that can make no further thread. */
    private static final class RefusesAll extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            throw new OutOfMemoryError("unable to create native thread");
        }

        @Override
        public void shutdown() {
            // Nothing runs.
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return true;
        }

        @Override
        public boolean isTerminated() {
            return true;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    @ApplicationScoped
    static class FailsTogether {
        private final CyclicBarrier all = new CyclicBarrier(Delivery.MAX_IN_FLIGHT);

        void onDetection(@ObservesAsync FileDetection detection)
                throws BrokenBarrierException, InterruptedException, TimeoutException {
            all.await(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS);
            throw new IllegalStateException("together with all others");
        }
    }

    @ApplicationScoped
    static class Fails {
        void onDetection(@ObservesAsync FileDetection detection) {
            throw new IllegalStateException("at once");
        }
    }

    @ApplicationScoped
    static class Letters {
        private final AtomicInteger count = new AtomicInteger();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        void onLetter(@ObservesAsync UndeliverableMessage letter) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            now.decrementAndGet();
            count.incrementAndGet();
        }

        int count() {
            return count.get();
        }

        int most() {
            return most.get();
        }
    }

    @ApplicationScoped
    static class SynchronousLetters {
        private final AtomicInteger count = new AtomicInteger();

        void onLetter(@Observes UndeliverableMessage letter) {
            count.incrementAndGet();
        }

        int count() {
            return count.get();
        }
    }
}
