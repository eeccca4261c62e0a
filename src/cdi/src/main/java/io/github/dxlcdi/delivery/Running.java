package io.github.dxlcdi.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What one thread delivers now. That thread writes, at the cost of a plain store; {@link RunningDeliveries} reads. */
class Running {
    private static final VarHandle CALLED;

    static {
        try {
            CALLED = MethodHandles.lookup().findVarHandle(Running.class, "called", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** By way of {@link #CALLED}. */
    @SuppressWarnings("unused")
    private Object called;

    // Guarded by the RunningDeliveries

    /** What was called when it was looked at, and since when it has been seen there. */
    private Object seen;

    private long seenNanos;

    /** Notes which observer or callback is called from now on. */
    final void calls(Object next) {
        CALLED.setRelease(this, next);
    }

    /** Which one it is; null: none yet. */
    final Object called() {
        return CALLED.getAcquire(this);
    }

    /** For how long it has been seen to be the same call, ns; 0 the first time. */
    final long seenFor(Object now, long nanos) {
        if (now != seen) {
            seen = now;
            seenNanos = nanos;
        }
        return nanos - seenNanos;
    }
}
