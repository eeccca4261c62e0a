package io.github.dxlcdi.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * The calls of observers that are running. A delivery costs its thread two stores and one atomic step, and no look at
 * the clock: time counts from when {@link #oldest} has first seen a call, so that has to be asked regularly.
 */
final class RunningDeliveries {
    /** More than there can be delivery threads and asynchronous notifications; beyond it a delivery is not watched. */
    private static final int PLACES = 1024;

    private static final int NO_PLACE = -1;

    /** Spreads the ids of threads, which are consecutive, over cache lines. */
    private static final int SPREAD = 0x9E3779B1;

    private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(PLACES);

    private final AtomicReferenceArray<Running> places = new AtomicReferenceArray<>(PLACES);

    /** Begins to watch a delivery on this thread; returns what {@link #end} takes. */
    int begin(Running delivery) {
        int first = (int) Thread.currentThread().getId() * SPREAD >>> SHIFT;
        for (int i = 0; i < PLACES; i++) {
            int place = (first + i) % PLACES;
            if (places.compareAndSet(place, null, delivery)) {
                return place;
            }
        }
        return NO_PLACE;
    }

    void end(int place) {
        if (place != NO_PLACE) {
            places.setRelease(place, null);
        }
    }

    /**
     * The call that has been running longest.
     *
     * @param now as {@link System#nanoTime}
     * @param names names what is called
     */
    synchronized Optional<RunningDelivery> oldest(long now, Function<Object, String> names) {
        Object oldest = null;
        long longest = -1;
        for (int place = 0; place < PLACES; place++) {
            Running delivery = places.get(place);
            Object called = delivery == null ? null : delivery.called();
            long duration = called == null ? -1 : delivery.seenFor(called, now);
            if (duration > longest) {
                longest = duration;
                oldest = called;
            }
        }
        return oldest == null
                ? Optional.empty()
                : Optional.of(new RunningDelivery(names.apply(oldest), Duration.ofNanos(longest)));
    }
}
