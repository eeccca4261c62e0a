package io.github.dxlcdi.tie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What grows with the payload grows no faster than the payload, whatever a sender puts into it. */
class LargePayloadTest {
    private static final int FEW = 1_000;
    private static final int MANY = 30 * FEW;

    /** Thirty times the work takes thirty times as long, or some more; if it grew with the square, some 900 times. */
    private static final double MOST = 250;

    static List<Named<IntFunction<String>>> payloads() {
        return List.of(
                payload("many types of hashes", n -> hashes(n, i -> "t" + i)),
                payload("types of hashes with one hash code", n -> hashes(n, LargePayloadTest::colliding)),
                payload(
                        "other keys in one hash",
                        n -> detection("{\"type\":\"x\",\"value\":\"\"," + fields(n, i -> "k" + i) + "}", "")),
                payload("many unknown fields", n -> detection("", "," + fields(n, i -> "k" + i))),
                payload(
                        "unknown fields with one hash code",
                        n -> detection("", "," + fields(n, LargePayloadTest::colliding))),
                payload(
                        "fields of an unknown one with one hash code",
                        n -> detection("", ",\"more\":{" + fields(n, LargePayloadTest::colliding) + "}")),
                payload("a long name", n -> detection("", ",\"name\":\"" + "\\u202e".repeat(n) + "\"")));
    }

    private static Named<IntFunction<String>> payload(String name, IntFunction<String> payload) {
        return Named.of(name, payload);
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void reading_writing_and_comparing_take_time_in_proportion_to_the_payload(IntFunction<String> payload) {
        assertThat(growth(payload, json -> Payloads.read(json).hashCode()))
                .as("read")
                .isLessThan(MOST);
        assertGrowth("toPayload", payload, detection -> detection.toPayload().length);
        assertGrowth("toJson", payload, detection -> detection.toJson().length());
        assertGrowth(
                "toString",
                payload,
                detection -> detection.toString().length()
                        + detection.hashes().toString().length());
        assertGrowth(
                "equals",
                payload,
                detection -> detection
                                        .hashes()
                                        .equals(Payloads.read(Payloads.detection())
                                                .hashes())
                                | detection.hashes().equals(detection.hashes())
                                | detection.unknownFields().equals(detection.unknownFields())
                        ? detection.hashCode()
                        : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 100})
    void a_type_that_stands_there_twice_is_found_however_many_there_are(int count) {
        String twice = hashes(count, i -> "t" + i % (count - 1));
        assertThat(catchThrowable(() -> Payloads.read(twice)))
                .hasMessage("$.hashes[" + (count - 1) + "].type: found \"t0\" again, expected each type once");
    }

    private static void assertGrowth(String what, IntFunction<String> payload, ToIntFunction<FileDetection> work) {
        assertThat(growth(n -> Payloads.read(payload.apply(n)), work)).as(what).isLessThan(MOST);
    }

    /**
     * How many times as long {@code work} takes for the larger payload, in CPU time; the least of three, as others
     * run.
     */
    private static <T> double growth(IntFunction<T> input, ToIntFunction<T> work) {
        double least = Double.MAX_VALUE;
        for (int attempt = 0; attempt < 3 && least >= MOST; attempt++) {
            least = Math.min(least, (double) nanos(input.apply(MANY), work) / nanos(input.apply(FEW), work));
        }
        return least;
    }

    private static <T> long nanos(T input, ToIntFunction<T> work) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            int result = work.applyAsInt(input);
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
            assertThat(result).isNotZero();
        }
        return Math.max(1, least);
    }

    private static String hashes(int count, IntFunction<String> type) {
        return detection(
                IntStream.range(0, count)
                        .mapToObj(i -> "{\"type\":\"" + type.apply(i) + "\",\"value\":\"AQ\"}")
                        .collect(Collectors.joining(",")),
                "");
    }

    private static String fields(int count, IntFunction<String> key) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + key.apply(i) + "\":1")
                .collect(Collectors.joining(","));
    }

    private static String detection(String hashes, String more) {
        return "{\"agentGuid\":\"a\",\"detectionTime\":1,\"hashes\":[" + hashes
                + "],\"localReputation\":1,\"remediationAction\":5" + more + "}";
    }

    /** One of 59,049 texts with the same {@link String#hashCode}. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int rest = number, block = 0; block < 10; block++, rest /= 3) {
            text.append(List.of("Aa", "BB", "C#").get(rest % 3));
        }
        return text.toString();
    }
}
