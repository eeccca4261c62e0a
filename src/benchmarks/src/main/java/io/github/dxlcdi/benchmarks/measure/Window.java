package io.github.dxlcdi.benchmarks.measure;

/**
 * What a receiver did between two moments.
 *
 * @param events that arrived
 * @param nanos how long it took
 * @param cpuNanos what it cost
 * @param allocatedBytes what it allocated
 */
public record Window(long events, long nanos, long cpuNanos, long allocatedBytes) {

    /** From {@code start} to {@code end}. */
    public static Window between(Snapshot start, Snapshot end) {
        return new Window(
                end.events() - start.events(),
                end.nanos() - start.nanos(),
                end.cpuNanos() - start.cpuNanos(),
                end.allocatedBytes() - start.allocatedBytes());
    }

    /** The same, but the events were counted elsewhere. */
    public Window withEvents(long events) {
        return new Window(events, nanos, cpuNanos, allocatedBytes);
    }

    /** Events per second. */
    public double rate() {
        return events * 1e9 / nanos;
    }

    /** CPU time per event, µs. */
    public double cpuMicros() {
        return cpuNanos / 1e3 / events;
    }

    /** Bytes allocated per event. */
    public double bytes() {
        return allocatedBytes / (double) events;
    }
}
