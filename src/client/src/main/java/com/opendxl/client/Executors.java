package com.opendxl.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes pools of daemon threads with a bounded queue, for programs that use those of the OpenDXL Java client. */
public class Executors {
    private static final String PREFIX = "DxlPool";

    /** For subclasses; every method is static. */
    protected Executors() {}

    /** As {@link #createDaemonExecutor(int, int, String)}, with a name of its own. */
    public static ExecutorService createDaemonExecutor(int threads, int queueSize) {
        return createDaemonExecutor(threads, queueSize, PREFIX);
    }

    /**
     * A pool of daemon threads. When its queue is full, who hands over a task waits until there is room; interrupted
     * meanwhile, or handing over to a pool that was shut down, it gets a {@link RejectedExecutionException}.
     *
     * @param threads number of threads, at least 1
     * @param queueSize number of tasks that may wait, at least 1
     * @param namePrefix what the names of the threads begin with
     * @throws IllegalArgumentException if a number is less than 1
     */
    public static ThreadPoolExecutor createDaemonExecutor(int threads, int queueSize, String namePrefix) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(queueSize),
                task -> {
                    Thread thread = new Thread(task, namePrefix + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                Executors::awaitRoom);
    }

    private static void awaitRoom(Runnable task, ThreadPoolExecutor pool) {
        try {
            // Asked again and again, because a pool that is shut down meanwhile would never make room.
            do {
                if (pool.isShutdown()) {
                    throw new RejectedExecutionException("The pool was shut down");
                }
            } while (!pool.getQueue().offer(task, 100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("Interrupted while waiting for room in the queue", e);
        }
        // It may have been shut down, and emptied, between the question and the answer.
        if (pool.isShutdown() && pool.remove(task)) {
            throw new RejectedExecutionException("The pool was shut down");
        }
    }
}
