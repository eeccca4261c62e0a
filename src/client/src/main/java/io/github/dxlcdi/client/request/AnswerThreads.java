package io.github.dxlcdi.client.request;

import io.github.dxlcdi.client.resilience.MemoryShortage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Completes futures, and runs what hangs on them, apart from the delivery threads: a callback that blocks one of those
 * may wait for a future. One thread does it, in order; it is there only while there is something to do, and a little
 * longer. When it spends more than {@link #PATIENCE} on one future, another thread takes over until it is back: what
 * hangs on a future may wait for another one, and holds up neither answers nor deadlines. Safe from any thread.
 */
public final class AnswerThreads implements Executor {
    static final Duration PATIENCE = Duration.ofMillis(100);

    private static final long IDLE_SECONDS = 5;
    private static final long PAUSE_MILLIS = 10;

    /** As many threads as there are turns that were taken over, and one. */
    private final ThreadPoolExecutor pool;

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final BiConsumer<Duration, Runnable> timer;

    // Guarded by this.
    private Turn current;
    private int unfinished;
    private int takenOver;
    private boolean watching;

    /**
     * @param factory makes the threads, on the event loop or for {@link #close}
     * @param timer runs something after a while; not needed any more once {@link #close} is called
     */
    public AnswerThreads(ThreadFactory factory, BiConsumer<Duration, Runnable> timer) {
        this.timer = timer;
        pool = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
            Thread thread = factory.newThread(task);
            threads.add(thread);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Runs a task after those before it; on the caller's thread when this has ended, or no thread can be had. */
    @Override
    public void execute(Runnable task) {
        count(1);
        try {
            MemoryShortage.outlast(() -> pool.execute(new Turn(task)));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            count(-1);
            task.run();
            return;
        }
        watch();
    }

    /**
     * Runs what is left and ends the threads; waits for that no longer than {@code grace}, then until each task that
     * was left has at least begun, and interrupts those that do not end. On a thread of its own it does not wait for
     * that.
     *
     * @throws InterruptedException if the caller was interrupted
     */
    public void close(Duration grace) throws InterruptedException {
        pool.shutdown();
        boolean own = threads.contains(Thread.currentThread());
        try {
            if (!own) {
                awaitEnd(grace);
            }
        } finally {
            settle(own ? Duration.ZERO : PATIENCE);
            threads.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
        }
    }

    private void awaitEnd(Duration grace) throws InterruptedException {
        long end = System.nanoTime() + grace.toNanos();
        while (!pool.awaitTermination(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() - end >= 0) {
                return;
            }
            MemoryShortage.outlast(() -> takeOver(PATIENCE));
        }
        for (Thread thread : threads) {
            // It has its last lines to run.
            thread.join(Math.max(1, grace.toMillis()));
        }
    }

    /** Waits until there is nothing left but tasks that were taken over. */
    private void settle(Duration patience) {
        boolean interrupted = Thread.interrupted();
        MemoryShortage.outlast(() -> takeOver(patience));
        while (isWorking()) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            MemoryShortage.outlast(() -> takeOver(PATIENCE));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        synchronized (this) {
            if (watching || !isWorking()) {
                return;
            }
            watching = true;
        }
        try {
            timer.accept(PATIENCE, this::look);
        } catch (Throwable e) {
            stopWatching();
            throw e;
        }
    }

    private void look() {
        stopWatching();
        // First of all: to take over may fail for want of a thread, and is then tried again.
        watch();
        takeOver(PATIENCE);
    }

    private synchronized void stopWatching() {
        watching = false;
    }

    private synchronized void count(int change) {
        unfinished += change;
    }

    private synchronized boolean isWorking() {
        return unfinished > takenOver;
    }

    private synchronized void takeOver(Duration patience) {
        if (current != null && !current.takenOver && current.age() >= patience.toNanos()) {
            current.takenOver = true;
            takenOver++;
            pool.setMaximumPoolSize(1 + takenOver);
            pool.setCorePoolSize(1 + takenOver);
        }
        if (!pool.getQueue().isEmpty()) {
            // In case it could not be started before.
            pool.prestartCoreThread();
        }
    }

    private synchronized void begin(Turn turn) {
        turn.began = System.nanoTime();
        current = turn;
    }

    private synchronized void end(Turn turn) {
        unfinished--;
        if (turn.takenOver) {
            takenOver--;
            pool.setCorePoolSize(1 + takenOver);
            pool.setMaximumPoolSize(1 + takenOver);
        }
        if (current == turn) {
            current = null;
        }
    }

    private final class Turn implements Runnable {
        private final Runnable task;
        private long began;
        private boolean takenOver;

        Turn(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            begin(this);
            try {
                task.run();
            } finally {
                end(this);
            }
        }

        private long age() {
            return System.nanoTime() - began;
        }
    }
}
