package io.github.dxlcdi.benchmarks.contender;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The pool that a good programmer puts behind an MQTT client: one thread, so that the order stays, and a bounded queue, at
 * whose end the caller waits, so that TCP holds the broker back and memory doesn't run out.
 */
final class OneThread {
    /** That of dxl-client. */
    private static final int QUEUE = 16_384;

    private OneThread() {}

    static ExecutorService pool() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                task -> {
                    Thread thread = new Thread(task, "events");
                    thread.setDaemon(true);
                    return thread;
                },
                (task, pool) -> {
                    try {
                        pool.getQueue().put(task);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new RejectedExecutionException(e);
                    }
                });
    }
}
