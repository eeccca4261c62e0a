package io.github.dxlcdi.lifecycle;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other on borrowed threads: what is told of the connection, which must neither wait behind a full
 * queue of detections nor overtake itself. Any thread may hand in, and none waits.
 */
final class ControlLane {
    private static final Logger LOG = System.getLogger("io.github.dxlcdi.lifecycle");

    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    ControlLane(Executor executor) {
        this.executor = executor;
    }

    void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            try {
                executor.execute(this::runAll);
            } catch (RejectedExecutionException e) {
                // The server stops, and with it everybody who would have listened.
                tasks.clear();
                pending.set(0);
            }
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "DXL1105 What happened to the connection could not be told", e);
        }
    }

    private void runAll() {
        do {
            Runnable task = tasks.poll();
            if (task != null) {
                run(task);
            }
        } while (pending.decrementAndGet() > 0);
    }
}
