package com.opendxl.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of a message, as long as a message can be, and of texts that are chosen to be searched slowly. */
class LargeMessageTest {
    private static final int FEW = 1_000;
    private static final int MANY = 30 * FEW;

    /** Thirty times the work takes thirty times as long, or some more; if it grew with the square, some 900 times. */
    private static final double MOST = 250;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reading_and_writing_long_lists_takes_time_in_proportion_to_their_length(boolean collide) throws Exception {
        IntFunction<String> id = collide ? LargeMessageTest::colliding : number -> "{id " + number + "}";

        assertThat(nanos(message(MANY, id)) / nanos(message(FEW, id))).isLessThan(MOST);
    }

    private static double nanos(byte[] bytes) throws IOException {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThat(Message.fromBytes(bytes).toBytes()).hasSameSizeAs(bytes);
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
        }
        return least;
    }

    private static byte[] message(int count, IntFunction<String> id) {
        Set<String> ids = new LinkedHashSet<>();
        Map<String, String> fields = new LinkedHashMap<>();
        for (int number = 0; number < count; number++) {
            ids.add(id.apply(number));
            fields.put(id.apply(number), "value");
        }
        Event event = new Event("/topic");
        event.setBrokerIds(ids);
        event.setClientIds(ids);
        event.setDestTenantGuids(ids);
        event.setOtherFields(fields);
        try {
            return event.toBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
