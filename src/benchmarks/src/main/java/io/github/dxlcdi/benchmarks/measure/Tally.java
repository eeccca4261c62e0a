package io.github.dxlcdi.benchmarks.measure;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the events that have arrived in this JVM, and notes on demand when. Events come from one thread at a time; all else
 * is safe from any thread.
 */
public final class Tally {
    /** That of this JVM: observers are made by containers. */
    public static final Tally OF_THIS_JVM = new Tally();

    private final AtomicLong count = new AtomicLong();
    private volatile Times times = new Times(0, new long[0]);
    private long read;

    private record Times(long first, long[] nanos) {}

    /**
     * One has arrived.
     *
     * @param length of what its receiver has read of it: so nobody gets away with not reading it
     */
    public void arrived(int length) {
        read += length;
        arrived();
    }

    /** One has arrived, of which nothing is read. */
    public void arrived() {
        long index = count.getAndIncrement();
        Times wanted = times;
        long place = index - wanted.first;
        if (place < wanted.nanos.length) {
            wanted.nanos[(int) place] = System.nanoTime();
        }
    }

    /** For those who count bytes: so many events have arrived in all. */
    public void arrivedInAll(long events) {
        count.set(events);
    }

    /** How many so far. */
    public long count() {
        return count.get();
    }

    /** From now on the times of the next {@code events} are noted. */
    public void noteTimes(int events) {
        times = new Times(count.get(), new long[events]);
    }

    /** When those arrived, {@link System#nanoTime()}; 0: not yet. */
    public long[] times() {
        return times.nanos.clone();
    }

    /** Length of all that was read. */
    long read() {
        return read;
    }
}
