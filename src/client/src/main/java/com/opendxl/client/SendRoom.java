package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Room for messages that were handed over to the event loop and that the operating system has not taken yet: a broker that
 * does not read must hold the senders back and not fill the memory. Any thread.
 */
final class SendRoom {
    private static final long MEBIBYTE = 1024L * 1024;

    /** What a message takes in memory beside its bytes. */
    private static final int ENVELOPE_BYTES = 1024;

    private final int capacity;
    private final BooleanSupplier isEventLoop;
    private final Semaphore free;

    /** @param isEventLoop whether the caller is the thread that makes room, and can't wait for it */
    SendRoom(BooleanSupplier isEventLoop) {
        // A heap that is small must hold it all the same, next to what has come in.
        this((int) Math.min(16 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 16), isEventLoop);
    }

    SendRoom(int capacity, BooleanSupplier isEventLoop) {
        this.capacity = capacity;
        this.isEventLoop = isEventLoop;
        // In the order of their coming: what needs much room would wait for ever behind what needs little.
        this.free = new Semaphore(capacity, true);
    }

    /**
     * Sends when there is room for {@code bytes}; a message that is larger than all of it needs all of it.
     *
     * @param patience how long the caller may have to wait; the event loop does not wait
     * @param sending begins to send, and is told how long that had to wait; its result ends the need for room
     * @return the result of {@code sending}
     * @throws DxlException if there is no room, {@link WaitTimeoutException} after a wait, or if the caller is interrupted
     *     while it waits, which it stays; then nothing is sent
     */
    CompletableFuture<Void> send(int bytes, Duration patience, Function<Duration, CompletableFuture<Void>> sending)
            throws DxlException {
        int needed = Math.min(capacity, ENVELOPE_BYTES + bytes);
        Duration waited = take(needed, patience);
        CompletableFuture<Void> sent;
        try {
            sent = sending.apply(waited);
        } catch (Throwable e) {
            free.release(needed);
            throw e;
        }
        sent.whenComplete((done, failure) -> free.release(needed));
        return sent;
    }

    private Duration take(int needed, Duration patience) throws DxlException {
        if (!free.hasQueuedThreads() && free.tryAcquire(needed)) {
            return Duration.ZERO;
        }
        if (isEventLoop.getAsBoolean()) {
            throw new DxlException(noRoom(", and the event loop can't wait for it"));
        }
        long began = System.nanoTime();
        try {
            if (!free.tryAcquire(needed, TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS)) {
                throw new WaitTimeoutException(noRoom(" within " + TimeUnit.MILLISECONDS.convert(patience) + " ms"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DxlException("Interrupted while waiting for room to send a message", e);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private String noRoom(String until) {
        return "DXL0405 There is no room to send the message: the broker has not read what was sent before (" + capacity
                + " bytes)" + until;
    }
}
