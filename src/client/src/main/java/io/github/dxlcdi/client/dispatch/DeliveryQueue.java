package io.github.dxlcdi.client.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has arrived and is not yet delivered. Adding never waits and never refuses, because it is the event loop that adds;
 * instead the queue says when it is full, and its owner stops reading. Beyond that it has a reserve, counted in bytes, for
 * what arrives while an answer is awaited. Safe from any thread.
 *
 * @param <T> what is queued
 */
public final class DeliveryQueue<T> {
    private record Entry<T>(T item, int bytes) {}

    private final int capacity;
    private final long byteCapacity;
    private final long reserveBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();

    // Guarded by lock
    private final Deque<Entry<T>> entries = new ArrayDeque<>();

    /** As many as there were requests, so they are bounded by what was asked; empty when nobody asked. */
    private final Deque<T> answers = new ArrayDeque<>();

    private long bytes;
    private long bytesWhenFull;
    private boolean closed;
    private boolean ended;

    private volatile boolean full;
    private volatile boolean reserveUsedUp;
    private volatile Runnable onRoom = () -> {};

    /**
     * @param capacity number of messages at which it is full
     * @param byteCapacity their bytes at which it is full, whichever comes first
     * @param reserveBytes bytes that are taken beyond that
     */
    public DeliveryQueue(int capacity, long byteCapacity, long reserveBytes) {
        if (capacity < 1) {
            throw new IllegalArgumentException("The capacity of the queue is " + capacity + ", expected 1 or more");
        }
        this.capacity = capacity;
        this.byteCapacity = byteCapacity;
        this.reserveBytes = reserveBytes;
    }

    /** Sets what is called, on the thread that takes, when half of the queue is free again. */
    public void onRoom(Runnable task) {
        onRoom = task;
    }

    /** Adds at the end, whether it is full or not; dropped after {@link #close()}. */
    public void add(T item, int size) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            entries.add(new Entry<>(item, size));
            bytes += size;
            if (!full && (entries.size() >= capacity || bytes >= byteCapacity)) {
                full = true;
                bytesWhenFull = bytes;
            }
            reserveUsedUp = full && bytes - bytesWhenFull >= reserveBytes;
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Adds what is taken before all others and counts for nothing: an answer that somebody awaits. Also when closed. */
    public void addAnswer(T answer) {
        lock.lock();
        try {
            answers.add(answer);
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes an answer or else the oldest, waiting for one; null when the queue has ended and no answer is left. */
    public T take() throws InterruptedException {
        T item;
        boolean room;
        lock.lockInterruptibly();
        try {
            while (entries.isEmpty() && answers.isEmpty() && !ended) {
                notEmpty.await();
            }
            if (!answers.isEmpty()) {
                return answers.poll();
            }
            if (ended) {
                return null;
            }
            Entry<T> oldest = entries.poll();
            item = oldest.item();
            bytes -= oldest.bytes();
            room = full && entries.size() <= capacity / 2 && bytes <= byteCapacity / 2;
            if (room) {
                full = false;
            }
            reserveUsedUp = full && bytes - bytesWhenFull >= reserveBytes;
        } finally {
            lock.unlock();
        }
        if (room) {
            onRoom.run();
        }
        return item;
    }

    /** Whether nothing more should be added but what precedes an awaited answer; ends when half of the queue is free. */
    public boolean isFull() {
        return full;
    }

    /** Whether it is full and so is its reserve. */
    public boolean isReserveUsedUp() {
        return reserveUsedUp;
    }

    /** How many messages wait. */
    public int depth() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** What waits is dropped, but for answers, which still may come until the {@link #end}. Returns how many that were. */
    public int close() {
        lock.lock();
        try {
            closed = true;
            int dropped = entries.size();
            entries.clear();
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Closes it for good: takers get the answers that are left, then null. */
    public void end() {
        lock.lock();
        try {
            close();
            ended = true;
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
