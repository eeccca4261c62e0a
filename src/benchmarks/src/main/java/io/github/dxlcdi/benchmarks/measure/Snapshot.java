package io.github.dxlcdi.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * A JVM at one moment.
 *
 * @param events that have arrived
 * @param nanos {@link System#nanoTime()}
 * @param cpuNanos CPU time of the process, with what compiles and collects garbage
 * @param allocatedBytes on the heap, by the threads that live
 */
public record Snapshot(long events, long nanos, long cpuNanos, long allocatedBytes) {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** This JVM now. */
    public static Snapshot now(Tally tally) {
        long allocated = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            allocated += Math.max(0, bytes);
        }
        return new Snapshot(tally.count(), System.nanoTime(), PROCESS.getProcessCpuTime(), allocated);
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
