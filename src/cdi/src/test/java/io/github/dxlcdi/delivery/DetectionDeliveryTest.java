package io.github.dxlcdi.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.UndeliverableMessage;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireWriter;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.TieEvent;
import io.github.dxlcdi.tie.json.MalformedPayloadException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetectionDeliveryTest extends FabricTest {

    @Test
    void a_detection_reaches_its_observer_with_all_that_it_carries() {
        try (TestApplication app = application().start(Quarantine.class)) {
            awaitSubscribed();
            FileDetection sent = fabric.detections().publishRandom();
            await().until(() -> app.get(Quarantine.class).seen().size() == 1);

            FileDetection seen = app.get(Quarantine.class).seen().get(0);
            assertThat(seen.toJson()).isEqualTo(sent.toJson());
            assertThat(seen.origin().topic()).isEqualTo(FileDetection.TOPIC);
            assertThat(seen.origin().sourceBrokerId()).contains(fabric.brokerId());
            assertThat(seen.origin().sourceClientId().orElseThrow()).matches("[0-9a-f]{40}");
            assertThat(seen.origin().receivedAt()).isBetween(Instant.now().minusSeconds(30), Instant.now());
        }
    }

    @Test
    void an_observer_that_throws_for_every_third_detection_costs_the_others_nothing() {
        try (TestApplication app =
                application().start(ThrowsForEveryThird.class, Quarantine.class, DeadLetters.class)) {
            awaitSubscribed();
            List<String> sent = IntStream.range(0, 30)
                    .mapToObj(i -> fabric.detections().publishRandom().toJson())
                    .toList();
            await().until(() -> app.get(Quarantine.class).seen().size() == 30);

            assertThat(app.get(Quarantine.class).seen())
                    .extracting(FileDetection::toJson)
                    .containsExactlyElementsOf(sent);
            assertThat(app.get(ThrowsForEveryThird.class).count()).isEqualTo(30);
            assertThat(app.get(DeadLetters.class).letters()).hasSize(10).allSatisfy(letter -> {
                assertThat(letter.observer())
                        .hasValueSatisfying(name -> assertThat(name).endsWith("ThrowsForEveryThird.onDetection"));
                assertThat(letter.cause()).hasMessage("the third");
                assertThat(letter.topic()).isEqualTo(FileDetection.TOPIC);
                assertThat(new String(letter.bytes(), UTF_8)).contains("agentGuid");
            });
        }
    }

    @Test
    void a_checked_exception_of_an_observer_is_told_as_it_was_thrown() {
        try (TestApplication app = application().start(ThrowsChecked.class, DeadLetters.class)) {
            awaitSubscribed();
            fabric.detections().publishRandom();
            await().until(() -> app.get(DeadLetters.class).letters().size() == 1);
            assertThat(app.get(DeadLetters.class).letters().get(0).cause())
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("disk full");
        }
    }

    @Test
    void observers_are_notified_in_the_order_of_their_priority() {
        try (TestApplication app = application().start(InOrder.class)) {
            awaitSubscribed();
            fabric.detections().publishRandom();
            await().until(() -> app.get(InOrder.class).calls().size() == 4);
            assertThat(app.get(InOrder.class).calls()).containsExactly("first", "second", "tie", "object");
        }
    }

    @Test
    void observers_run_with_a_request_context_and_the_class_loader_of_the_application() {
        try (TestApplication app = application().start(Surroundings.class, Ticket.class)) {
            awaitSubscribed();
            fabric.detections().publishRandom();
            fabric.detections().publishRandom();
            Surroundings surroundings = app.get(Surroundings.class);
            await().until(() ->
                    surroundings.sync().size() == 2 && surroundings.async().size() == 2);

            assertThat(surroundings.loaders()).containsOnly(app.classLoader());
            assertThat(surroundings.tickets())
                    .as("one request context for each")
                    .doesNotHaveDuplicates();
            assertThat(surroundings.sync()).allMatch(thread -> !thread.startsWith("dxl-{"));
            assertThat(surroundings.async()).doesNotContainAnyElementsOf(surroundings.sync());
        }
    }

    @Test
    void where_every_class_of_an_archive_is_a_bean_observers_have_a_request_context_all_the_same() {
        try (TestApplication app = application().start(Surroundings.class, Ticket.class, RequestContexts.class)) {
            awaitSubscribed();
            fabric.detections().publishRandom();
            await().until(() -> app.get(Surroundings.class).tickets().size() == 2);
        }
    }

    @Test
    void a_malformed_payload_becomes_an_undeliverable_message_and_the_stream_goes_on() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(Quarantine.class, DeadLetters.class)) {
            awaitSubscribed();
            fabric.publish(FileDetection.TOPIC, "{\"agentGuid\":7,\"secretOfTheFile\":1}".getBytes(UTF_8));
            fabric.detections().publishRandom();
            await().until(() -> app.get(Quarantine.class).seen().size() == 1);

            UndeliverableMessage letter = app.get(DeadLetters.class).letters().get(0);
            assertThat(letter.cause())
                    .isInstanceOf(MalformedPayloadException.class)
                    .hasMessageContaining("$.agentGuid");
            assertThat(letter.observer()).isEmpty();
            assertThat(letter.event()).isPresent();
            assertThat(log.with("DXL1201")).hasSize(1).first().asString().contains("$.agentGuid");
            assertThat(log.lines()).noneMatch(line -> line.contains("secretOfTheFile"));
        }
    }

    @Test
    void what_a_sender_chooses_can_not_forge_a_line_of_the_log() throws IOException {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(Quarantine.class, FailingDeadLetters.class)) {
            awaitSubscribed();
            WireMessage message = new WireMessage(
                    3,
                    "id\nWARNING DXL9999 forged",
                    "",
                    "",
                    List.of(),
                    List.of(),
                    "{\"agentGuid\":\"SECRET-TOKEN\",\"hashes\":\"SECRET-TOKEN\"}".getBytes(UTF_8),
                    new WireMessage.EventFields(),
                    List.of(),
                    "",
                    List.of(),
                    "");
            fabric.publishBytes(FileDetection.TOPIC, WireWriter.write(message));
            await().until(() -> log.with("DXL1204").size() == 1);
            assertThat(log.with("DXL1201")).hasSize(1).noneMatch(line -> line.contains("\n"));
            // A stack trace has lines of its own.
            assertThat(log.lines().stream().flatMap(String::lines))
                    .noneMatch(line -> line.startsWith("WARNING DXL9999") || line.contains("SECRET-TOKEN"));
        }
    }

    @Test
    void a_body_that_is_no_dxl_message_becomes_an_undeliverable_message_and_the_stream_goes_on() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(Quarantine.class, DeadLetters.class)) {
            awaitSubscribed();
            byte[] hostile = {(byte) 0xc1, 1, 2, 3};
            fabric.publishBytes(FileDetection.TOPIC, hostile);
            fabric.detections().publishRandom();
            await().until(() -> app.get(Quarantine.class).seen().size() == 1);

            UndeliverableMessage letter = app.get(DeadLetters.class).letters().get(0);
            assertThat(letter.bytes()).isEqualTo(hostile);
            assertThat(letter.event()).isEmpty();
            assertThat(log.with("DXL1202")).hasSize(1);
        }
    }

    @Test
    void a_flood_of_malformed_messages_writes_a_few_lines_and_loses_no_letter() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(Quarantine.class, DeadLetters.class)) {
            awaitSubscribed();
            for (int i = 0; i < 100; i++) {
                fabric.publish(FileDetection.TOPIC, "[]".getBytes(UTF_8));
            }
            await().until(() -> app.get(DeadLetters.class).letters().size() == 100);
            assertThat(log.with("DXL1201")).hasSizeBetween(1, 3 * RateLimitedLog.LINES_PER_WINDOW);
        }
    }

    @Test
    void a_failure_in_an_observer_of_undeliverable_messages_is_logged_and_not_fired_again() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app =
                        application().start(Quarantine.class, FailingDeadLetters.class, DeadLetters.class)) {
            awaitSubscribed();
            fabric.publish(FileDetection.TOPIC, "[]".getBytes(UTF_8));
            fabric.detections().publishRandom();
            await().until(() -> app.get(Quarantine.class).seen().size() == 1);

            assertThat(app.get(DeadLetters.class).letters()).hasSize(1);
            assertThat(log.with("DXL1204")).hasSize(1).first().asString().contains("FailingDeadLetters");
        }
    }

    @Test
    void a_slow_asynchronous_observer_holds_the_network_back_and_misses_nothing() {
        try (TestApplication app = application().start(SlowAsync.class)) {
            awaitSubscribed();
            int many = Delivery.MAX_IN_FLIGHT + 100;
            for (int i = 0; i < many; i++) {
                fabric.detections().publishRandom();
            }
            SlowAsync slow = app.get(SlowAsync.class);
            await().until(() -> slow.waiting() == Delivery.MAX_IN_FLIGHT);
            await().during(Duration.ofMillis(200)).until(() -> slow.waiting() == Delivery.MAX_IN_FLIGHT);
            slow.release();
            await().until(() -> slow.done() == many);
        }
    }

    @ApplicationScoped
    static class ThrowsForEveryThird {
        private int count;

        void onDetection(@Observes @Priority(1) FileDetection detection) {
            if (++count % 3 == 0) {
                throw new IllegalStateException("the third");
            }
        }

        int count() {
            return count;
        }
    }

    @ApplicationScoped
    static class ThrowsChecked {
        void onDetection(@Observes FileDetection detection) throws IOException {
            throw new IOException("disk full");
        }
    }

    @ApplicationScoped
    static class DeadLetters {
        private final List<UndeliverableMessage> letters = new CopyOnWriteArrayList<>();

        void onLetter(@Observes @Priority(5_000) UndeliverableMessage letter) {
            letters.add(letter);
        }

        List<UndeliverableMessage> letters() {
            return letters;
        }
    }

    @ApplicationScoped
    static class FailingDeadLetters {
        void onLetter(@Observes @Priority(1) UndeliverableMessage letter) {
            throw new IllegalStateException("not my day");
        }
    }

    @ApplicationScoped
    static class InOrder {
        private final List<String> calls = new CopyOnWriteArrayList<>();

        void second(@Observes @Priority(20) FileDetection detection) {
            calls.add("second");
        }

        void first(@Observes @Priority(10) @Any FileDetection detection) {
            calls.add("first");
        }

        void object(@Observes @Priority(40) Object event) {
            if (event instanceof FileDetection) {
                calls.add("object");
            }
        }

        void tie(@Observes @Priority(30) TieEvent event) {
            calls.add("tie");
        }

        List<String> calls() {
            return calls;
        }
    }

    @RequestScoped
    static class Ticket {
        private final String number = UUID.randomUUID().toString();

        String number() {
            return number;
        }
    }

    @ApplicationScoped
    static class Surroundings {
        private final List<String> sync = new CopyOnWriteArrayList<>();
        private final List<String> async = new CopyOnWriteArrayList<>();
        private final List<String> tickets = new CopyOnWriteArrayList<>();
        private final List<ClassLoader> loaders = new CopyOnWriteArrayList<>();

        @Inject
        private Ticket ticket;

        void sync(@Observes FileDetection detection) {
            note(sync);
        }

        void async(@ObservesAsync FileDetection detection) {
            note(async);
        }

        private void note(List<String> threads) {
            tickets.add(ticket.number());
            loaders.add(Thread.currentThread().getContextClassLoader());
            threads.add(Thread.currentThread().getName());
        }

        List<String> sync() {
            return sync;
        }

        List<String> async() {
            return async;
        }

        List<String> tickets() {
            return new ArrayList<>(tickets);
        }

        List<ClassLoader> loaders() {
            return loaders;
        }
    }

    @ApplicationScoped
    static class SlowAsync {
        private final CountDownLatch gate = new CountDownLatch(1);
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();

        void onDetection(@ObservesAsync FileDetection detection) throws InterruptedException {
            waiting.incrementAndGet();
            gate.await();
            done.incrementAndGet();
        }

        int waiting() {
            return waiting.get();
        }

        int done() {
            return done.get();
        }

        void release() {
            gate.countDown();
        }
    }
}
