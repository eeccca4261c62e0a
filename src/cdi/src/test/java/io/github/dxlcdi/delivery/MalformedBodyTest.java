package io.github.dxlcdi.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.UndeliverableMessage;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies that are no DXL message, on the topic of detections: each is told once as an {@link UndeliverableMessage}, the
 * log gets a few coded lines, and the next detection arrives.
 */
class MalformedBodyTest extends FabricTest {
    /** The client's own vectors: messages of each kind and version, made by two independent encoders. */
    private static final Path VECTORS = Path.of("../client/src/test/resources/vectors");

    private static final int FIRST_BYTES = 250;
    private static final int STRIDE = 997;

    static Stream<String> vectors() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(VECTORS)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".hex"))
                    .forEach(names::add);
        }
        assertThat(names).hasSizeGreaterThan(30);
        return Stream.of("event-v0", "event-v1", "event-v2", "event-v3", "request", "response", "error", "tolerant");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void each_vector_cut_at_every_byte_near_its_ends_and_in_steps_between(String kind) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        try (Stream<Path> files = Files.list(VECTORS)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches(kind + ".*\\.hex"))
                    .sorted()
                    .toList()) {
                byte[] whole =
                        HexFormat.of().parseHex(Files.readString(file, US_ASCII).strip());
                for (int length = 0; length < whole.length; length++) {
                    // The client's own tests cut everywhere; inside a payload of 64 KiB one place is like another.
                    if (length < FIRST_BYTES || whole.length - length < FIRST_BYTES || length % STRIDE == 0) {
                        bodies.add(Arrays.copyOf(whole, length));
                    }
                }
            }
        }
        assertEachIsToldOnce(bodies);
    }

    @Test
    void random_bytes() throws IOException {
        Random random = new Random(20_261_124);
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            bodies.add(body);
        }
        assertEachIsToldOnce(bodies);
    }

    @Test
    void wrong_types_and_unknown_versions() throws IOException {
        List<String> bodies = List.of(
                // Version: none, a text, negative, beyond 32 bits; as yet unknown, of a message with an empty payload.
                "c0",
                "a133",
                "ff02a0a0a09090a0",
                "cf7fffffffffffffff02a0a0a09090a0",
                "0402a0a0a09090a090a090a0",
                "7f02a0a0a09090a090a090a0",
                // Kind: a text, negative, unknown; known but nothing that can be observed: request, response, error.
                "03a13202",
                "03ffa0a0a09090a0",
                "0304a0a0a09090a090a090a0",
                "0300a0a0a09090a0a0a090a090a0",
                "0301a0a0a09090a0a0a090a090a0",
                "0303a0a0a09090a0a0a001a090a090a0",
                // Fields: numbers, maps, extensions and lies about a length in the place of texts and lists.
                "030201a0a09090a0",
                "0302a0a0a08090a0",
                "0302a0a0a0909101a0",
                "0302a0a0a09090d40000",
                "0302a0a0a09090dbffffffff00",
                "0302a0a0a0ddffffffffa0");
        assertEachIsToldOnce(
                bodies.stream().map(hex -> HexFormat.of().parseHex(hex)).toList());
    }

    private void assertEachIsToldOnce(List<byte[]> bodies) {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(Observer.class)) {
            awaitSubscribed();
            Observer observer = app.get(Observer.class);
            for (byte[] body : bodies) {
                fabric.publishBytes(FileDetection.TOPIC, body);
            }
            fabric.detections().publishRandom();
            await().until(() -> observer.detections().size() == 1);

            assertThat(observer.letters()).hasSameSizeAs(bodies);
            for (int i = 0; i < bodies.size(); i++) {
                UndeliverableMessage letter = observer.letters().get(i);
                assertThat(letter.topic()).isEqualTo(FileDetection.TOPIC);
                assertThat(letter.observer()).isEmpty();
                // What is a message all the same has been stamped by the broker.
                boolean isMessage = letter.event().isPresent()
                        || letter.cause().getMessage().contains("came where events are expected");
                if (!isMessage && !Arrays.equals(letter.bytes(), bodies.get(i))) {
                    assertThat(letter.bytes()).as("letter %s", i).isEqualTo(bodies.get(i));
                }
            }
            assertThat(log.lines()).noneMatch(line -> line.startsWith("SEVERE"));
            assertThat(log.with("WARNING DXL120"))
                    .hasSizeBetween(1, 3 * RateLimitedLog.LINES_PER_WINDOW)
                    .allMatch(line -> line.contains(FileDetection.TOPIC) && line.contains("is not delivered: "));
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
