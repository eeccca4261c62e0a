package io.github.dxlcdi.lifecycle;

import io.github.dxlcdi.tie.log.TextLogger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks one after the other on a borrowed thread of its own: what is told of the connection, which must neither wait
 * behind a full queue of detections nor overtake itself. Any thread may hand in, and none waits. While there is nothing
 * to tell, it runs what is to be done every second.
 */
final class ControlLane implements AutoCloseable {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.lifecycle");
    private static final Duration LAST_TASK = Duration.ofMillis(200);

    private static final long SECOND = 1;

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Runnable everySecond;
    private final Thread thread;
    private volatile boolean closed;

    /** Starts the thread; on some servers it begins to run only when the application has started. */
    ControlLane(ThreadFactory threads, Runnable everySecond) {
        this.everySecond = everySecond;
        thread = threads.newThread(this::runAll);
        thread.start();
    }

    void execute(Runnable task) {
        tasks.add(task);
    }

    /** Begins no further task, and gives the one under way a moment to end. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(LAST_TASK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runAll() {
        while (!closed) {
            try {
                Runnable task = tasks.poll(SECOND, TimeUnit.SECONDS);
                (task == null ? everySecond : task).run();
            } catch (InterruptedException e) {
                // Whoever closes interrupts; a task that interrupts its own thread ends nothing.
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "DXL1105 What happened to the connection could not be told", e);
            }
        }
    }
}
