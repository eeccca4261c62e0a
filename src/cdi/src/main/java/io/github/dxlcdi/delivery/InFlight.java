package io.github.dxlcdi.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bound on asynchronous notifications. A thread that delivers waits here for a permit. A thread of the executor never
 * does: what follows from its notification shares the permit that is there already. So no permit is held while another
 * one is asked for, and an executor of few threads can't run out of them.
 */
final class InFlight {
    private final int most;
    private final Semaphore free;

    InFlight(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    /** Waits for a permit. */
    Permit acquire() throws InterruptedException {
        free.acquire();
        return new Permit();
    }

    /** Waits until no permit is held, {@code atMost} so long. */
    void awaitNone(Duration atMost) throws InterruptedException {
        if (free.tryAcquire(most, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            free.release(most);
        }
    }

    /** Is given back when all that share it have released it. Safe from any thread. */
    final class Permit {
        private final AtomicInteger holders = new AtomicInteger(1);

        /** One more holder; to be called by a holder. */
        Permit share() {
            holders.incrementAndGet();
            return this;
        }

        void release() {
            if (holders.decrementAndGet() == 0) {
                free.release();
            }
        }
    }
}
