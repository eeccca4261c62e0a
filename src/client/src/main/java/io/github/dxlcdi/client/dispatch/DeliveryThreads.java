package io.github.dxlcdi.client.dispatch;

import io.github.dxlcdi.client.log.TextLogger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * The threads that empty a {@link DeliveryQueue}. With one thread the messages are delivered in the order of their
 * arrival. They exist from {@link #start} to {@link #stop}.
 *
 * @param <T> what is delivered
 */
public final class DeliveryThreads<T> {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.dispatch");
    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(300);

    private final DeliveryQueue<T> queue;
    private final Consumer<T> delivery;
    private final List<Thread> threads = new ArrayList<>();
    private int wanted;
    private boolean stopped;
    private long stoppedAt;

    /**
     * @param delivery takes one message; what it throws is logged
     */
    public DeliveryThreads(DeliveryQueue<T> queue, Consumer<T> delivery) {
        this.queue = queue;
        this.delivery = delivery;
    }

    /** Starts {@code count} threads, once; a later call starts only what is missing because it could not be started. */
    public synchronized void start(int count, ThreadFactory factory) {
        if (stopped) {
            return;
        }
        wanted = wanted == 0 ? count : wanted;
        // All or none: whoever lends them may run out of them, and then others are to be used.
        List<Thread> made = new ArrayList<>();
        for (int i = threads.size(); i < wanted; i++) {
            made.add(factory.newThread(this::deliverAll));
        }
        for (Thread thread : made) {
            thread.start();
            threads.add(thread);
        }
    }

    /** Whether the caller runs on one of them. */
    public synchronized boolean isOneOfThem() {
        return threads.contains(Thread.currentThread());
    }

    /**
     * No message is begun any more but answers, the one under way may still end; what is queued is dropped. The threads go on
     * until {@link #awaitEnd}.
     */
    public synchronized void stop() {
        if (!stopped) {
            stopped = true;
            stoppedAt = System.nanoTime();
            int dropped = queue.close();
            if (dropped > 0) {
                LOG.log(Level.WARNING, "DXL0302 {0} received message(s) were not delivered before the stop", dropped);
            }
        }
    }

    /**
     * Ends the threads when the answers that are there are delivered, and waits for that: {@code grace}, counted from {@link #stop()}, for the message under way, then a moment
     * more after an interrupt. A thread that calls this itself is not waited for.
     *
     * @throws InterruptedException if the caller was interrupted; then the threads are interrupted at once
     */
    public void awaitEnd(Duration grace) throws InterruptedException {
        queue.end();
        List<Thread> running;
        long end;
        synchronized (this) {
            end = stoppedAt + grace.toNanos();
            running = threads.stream()
                    .filter(thread -> thread != Thread.currentThread())
                    .toList();
        }
        try {
            joinUntil(end, running);
        } finally {
            running.forEach(Thread::interrupt);
        }
        joinUntil(System.nanoTime() + AFTER_INTERRUPT.toNanos(), running);
        running.stream()
                .filter(Thread::isAlive)
                .forEach(thread -> LOG.log(
                        Level.WARNING,
                        "DXL0303 Thread {0} does not end: a callback neither returns nor heeds an interrupt",
                        thread.getName()));
    }

    private static void joinUntil(long end, List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
            thread.join(left);
        }
    }

    private void deliverAll() {
        while (true) {
            try {
                deliverUntilTheEnd();
                return;
            } catch (Throwable e) {
                // Not even logging was possible, for want of memory. The stream of messages has to go on.
            }
        }
    }

    private void deliverUntilTheEnd() {
        while (true) {
            try {
                T item = queue.take();
                if (item == null) {
                    return;
                }
                delivery.accept(item);
            } catch (InterruptedException e) {
                // awaitEnd interrupts when the queue is closed; a callback that interrupts its own thread ends nothing.
            } catch (Throwable e) {
                // Whatever it is, the stream of messages has to go on.
                LOG.log(Level.ERROR, "DXL0305 A message could not be delivered", e);
            }
        }
    }
}
