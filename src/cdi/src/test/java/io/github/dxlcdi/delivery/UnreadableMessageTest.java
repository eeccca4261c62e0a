package io.github.dxlcdi.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.UndeliverableMessage;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.TieTopic;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A detection whose reading ends in an error is undeliverable, and the next one is read. */
class UnreadableMessageTest extends FabricTest {
    private static final int MESSAGES = 100;

    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("Java heap space"), new StackOverflowError(), new NoClassDefFoundError("a/B"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void error_while_a_detection_is_read_makes_it_undeliverable_and_fills_no_log(Error error) {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(Observer.class)) {
            Delivery delivery = delivery(app);
            FileDetection good = fabric.detections().publishRandom();

            for (int i = 0; i < MESSAGES; i++) {
                delivery.deliver(TieTopic.FILE_DETECTION, new FailsOnce(error));
            }
            delivery.deliver(TieTopic.FILE_DETECTION, good.toEvent());

            Observer observer = app.get(Observer.class);
            assertThat(observer.letters()).hasSize(MESSAGES).allSatisfy(letter -> {
                assertThat(letter.cause()).isSameAs(error);
                assertThat(letter.topic()).isEqualTo(FileDetection.TOPIC);
                assertThat(letter.bytes()).isEqualTo(FailsOnce.PAYLOAD);
            });
            assertThat(observer.detections()).extracting(FileDetection::toJson).contains(good.toJson());
            assertThat(log.with("DXL1205")).hasSize(RateLimitedLog.LINES_PER_WINDOW);
            assertThat(log.with("DXL0301")).isEmpty();
        }
    }

    @Test
    void logging_that_throws_keeps_no_detection_from_other_observers() {
        Handler failing = new FailingHandler();
        Logger logger = Logger.getLogger("io.github.dxlcdi.delivery");
        try (TestApplication app = application().start(Fails.class, Observer.class)) {
            logger.addHandler(failing);
            FileDetection detection = fabric.detections().publishRandom();

            assertThatCode(() -> delivery(app).deliver(TieTopic.FILE_DETECTION, detection.toEvent()))
                    .doesNotThrowAnyException();

            assertThat(app.get(Observer.class).detections())
                    .extracting(FileDetection::toJson)
                    .contains(detection.toJson());
            assertThat(app.get(Observer.class).letters()).isNotEmpty();
        } finally {
            logger.removeHandler(failing);
        }
    }

    private static Delivery delivery(TestApplication app) {
        return new Delivery(app.beanManager(), observer -> "an observer", Runnable::run, app.classLoader(), false);
    }

    /** Its payload can be had when the error is over. */
    private static final class FailsOnce extends Event {
        private static final byte[] PAYLOAD = {1, 2, 3};

        private final Error error;

        FailsOnce(Error error) {
            super(FileDetection.TOPIC);
            this.error = error;
            setPayload(PAYLOAD);
        }

        @Override
        public ByteBuffer payloadBytes() {
            throw error;
        }
    }

    private static final class FailingHandler extends Handler {
        @Override
        public void publish(LogRecord record) {
            throw new OutOfMemoryError("while logging");
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing to release.
        }
    }

    @ApplicationScoped
    static class Fails {
        void onDetection(@Observes @Priority(1) FileDetection detection) {
            throw new IllegalStateException("always");
        }
    }

    @ApplicationScoped
    static class Observer {
        private final List<UndeliverableMessage> letters = new CopyOnWriteArrayList<>();
        private final List<FileDetection> detections = new CopyOnWriteArrayList<>();

        void onLetter(@Observes UndeliverableMessage letter) {
            letters.add(letter);
        }

        void onDetection(@Observes FileDetection detection) {
            detections.add(detection);
        }

        List<UndeliverableMessage> letters() {
            return letters;
        }

        List<FileDetection> detections() {
            return detections;
        }
    }
}
