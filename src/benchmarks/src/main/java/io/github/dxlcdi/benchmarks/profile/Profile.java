package io.github.dxlcdi.benchmarks.profile;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import one.profiler.AsyncProfiler;
import one.profiler.Counter;

/**
 * This JVM's CPU time by {@link Stage}, from {@link #begin} to {@link #end}. async-profiler looks at the stack of each thread that runs,
 * the compiler's and the collector's among them, wherever it is: also in the processor's instructions for decryption, where a JVM
 * itself can't look. For Linux and macOS.
 */
public final class Profile {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final AsyncProfiler profiler = AsyncProfiler.getInstance();
    private final long nanosBefore = PROCESS.getProcessCpuTime();

    private Profile() {}

    /** Starts it. */
    public static Profile begin() throws IOException {
        Profile profile = new Profile();
        profile.profiler.execute("start,event=cpu,interval=500us");
        return profile;
    }

    /** Ends it; gives the CPU time of each stage, ns. */
    public Map<Stage, Double> end() {
        long nanos = PROCESS.getProcessCpuTime() - nanosBefore;
        profiler.stop();
        Map<Stage, Double> stages = new EnumMap<>(Stage.class);
        shares(profiler.dumpCollapsed(Counter.SAMPLES)).forEach((stage, share) -> stages.put(stage, share * nanos));
        return stages;
    }

    /**
     * The part of each stage in all of the samples.
     *
     * @param stacks a line for each: its frames from the outermost to the innermost, {@code package/Class.method} if they are Java's,
     *     then how often it was seen
     */
    static Map<Stage, Double> shares(String stacks) {
        Map<Stage, Double> shares = new EnumMap<>(Stage.class);
        double all = stacks.lines().mapToLong(Profile::count).sum();
        stacks.lines().forEach(line -> shares.merge(stage(line), count(line) / all, Double::sum));
        return shares;
    }

    private static long count(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static Stage stage(String line) {
        List<String> frames =
                Arrays.asList(line.substring(0, line.lastIndexOf(' ')).split(";"));
        Collections.reverse(frames);
        return Stage.of(frames.stream().map(frame -> frame.replace('/', '.')));
    }
}
