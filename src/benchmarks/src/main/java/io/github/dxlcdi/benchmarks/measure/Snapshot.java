package io.github.dxlcdi.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A JVM at one moment.
 *
 * @param events that have arrived
 * @param nanos {@link System#nanoTime()}
 * @param cpuNanos CPU time of the process, with what compiles and collects garbage
 * @param allocatedBytes on the heap, by all threads
 */
public record Snapshot(long events, long nanos, long cpuNanos, long allocatedBytes) {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What each thread had allocated when it was last seen; those that have ended stay. */
    private static final Map<Long, Long> ALLOCATED = new ConcurrentHashMap<>();

    /** This JVM now. */
    public static Snapshot now(Tally tally) {
        long[] threads = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(threads);
        for (int i = 0; i < threads.length; i++) {
            ALLOCATED.merge(threads[i], bytes[i], Math::max);
        }
        long allocated = ALLOCATED.values().stream().mapToLong(Long::longValue).sum();
        return new Snapshot(tally.count(), System.nanoTime(), PROCESS.getProcessCpuTime(), allocated);
    }

    /** CPU time of this process so far. */
    public static long ownCpuNanos() {
        return PROCESS.getProcessCpuTime();
    }

    /** One line, for {@link #parse}. */
    public String line() {
        return events + " " + nanos + " " + cpuNanos + " " + allocatedBytes;
    }

    /** What {@link #line()} wrote. */
    public static Snapshot parse(String line) {
        String[] numbers = line.split(" ");
        return new Snapshot(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]));
    }
}
