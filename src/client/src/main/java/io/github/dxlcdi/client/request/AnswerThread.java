package io.github.dxlcdi.client.request;

import io.github.dxlcdi.client.resilience.MemoryShortage;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread that completes futures, and runs what hangs on them, apart from the delivery threads: a callback that blocks
 * one of those may wait for a future. It is there only while there is something to do, and a little longer. Safe from any
 * thread.
 */
public final class AnswerThread implements Executor {
    private static final long IDLE_SECONDS = 5;

    private final ThreadPoolExecutor executor;
    private volatile Thread thread;

    /** @param threads makes the thread, on the event loop */
    public AnswerThread(ThreadFactory threads) {
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            thread = threads.newThread(task);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs a task after those before it; on the caller's thread when this has ended, or no thread can be had. */
    @Override
    public void execute(Runnable task) {
        try {
            MemoryShortage.outlast(() -> executor.execute(task));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            task.run();
        }
    }

    /**
     * Runs what is left and ends the thread; waits for that no longer than {@code grace}, then interrupts it and runs itself
     * what is left even then: nobody shall wait for ever.
     *
     * @throws InterruptedException if the caller was interrupted
     */
    public void close(Duration grace) throws InterruptedException {
        executor.shutdown();
        Thread last = thread;
        if (last == null || last == Thread.currentThread()) {
            return;
        }
        try {
            last.join(Math.max(1, grace.toMillis()));
        } finally {
            executor.shutdownNow().forEach(Runnable::run);
        }
    }
}
