package io.github.dxlcdi.client.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final int COUNT = 30_000;

    /** A map that searches names of one hash code one by one takes some hundred times as long. */
    private static final double MOST = 40;

    @Test
    void names_of_metadata_with_one_hash_code_take_little_longer_than_others() {
        double alike = nanos(AnswerTest::colliding);
        double others = nanos(number -> "name " + number);

        assertThat(alike / others).isLessThan(MOST);
    }

    @Test
    void metadata_keeps_its_order_and_can_not_be_changed() {
        Answer answer = new Answer(Map.of("metaData", namedBy(number -> "name " + (9 - number), 10)));

        assertThat(answer.textsByName("metaData").keySet())
                .containsExactly(
                        "name 9", "name 8", "name 7", "name 6", "name 5", "name 4", "name 3", "name 2", "name 1",
                        "name 0");
        assertThat(answer.textsByName("metaData")).isUnmodifiable();
    }

    private static double nanos(IntFunction<String> name) {
        Answer answer = new Answer(Map.of("metaData", namedBy(name, COUNT)));
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            assertThat(answer.textsByName("metaData").containsKey(name.apply(0)))
                    .isTrue();
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
        }
        return least;
    }

    private static Map<String, String> namedBy(IntFunction<String> name, int count) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int number = 0; number < count; number++) {
            texts.put(name.apply(number), "text");
        }
        return texts;
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
