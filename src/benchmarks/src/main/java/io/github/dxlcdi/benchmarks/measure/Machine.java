package io.github.dxlcdi.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What all processes of the machine take together: whether somebody disturbs. Known on Linux. */
public final class Machine {
    private static final Path STAT = Path.of("/proc/stat");
    private static final long NANOS_A_TICK = 10_000_000;

    /** user, nice, system; after idle, iowait, irq and softirq, which no process pays, steal. */
    private static final int[] PAID = {1, 2, 3, 8};

    private Machine() {}

    /** CPU time that was used since the machine was started, or taken away from it. */
    public static OptionalLong cpuNanos() {
        try (Stream<String> lines = Files.lines(STAT)) {
            String[] ticks = lines.findFirst().orElseThrow().split(" +");
            return OptionalLong.of(IntStream.of(PAID)
                            .mapToLong(column -> Long.parseLong(ticks[column]))
                            .sum()
                    * NANOS_A_TICK);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
