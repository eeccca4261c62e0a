package io.github.dxlcdi.client.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has arrived and is not yet delivered. Adding never waits and never refuses, because it is the event loop that adds;
 * instead the queue says when it is full, and its owner stops reading. Beyond that it has a reserve, counted in bytes, for
 * what arrives while an answer is awaited.
 *
 * <p>What one thread adds is gathered into batches, and the lock is for batches: to take one message more out of a batch
 * needs none. All threads that take share the first batch, so none of them holds up what waits behind its own message.
 *
 * @param <T> what is queued
 */
public final class DeliveryQueue<T> {
    /** A lock and a wake-up for as many cost little each; more would only keep the first of them waiting. */
    private static final int LARGEST_BATCH = 256;

    /** The smallest part of the queue that is a batch: what it frees is noticed when all of it is taken. */
    private static final int BATCHES = 4;

    private final int capacity;
    private final long byteCapacity;
    private final long reserveBytes;
    private final int batchCapacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Batch<T> none = new Batch<>();

    // Of the thread that adds
    private Batch<T> gathered;
    private int roomLeft;
    private long byteRoomLeft;

    // Guarded by lock
    private Batch<T> first = none;
    private final Deque<Batch<T>> following = new ArrayDeque<>();
    private int followingCount;

    /** As many as there were requests, so they are bounded by what was asked; empty when nobody asked. */
    private final Deque<T> answers = new ArrayDeque<>();

    /** Those of the first batch count until it is used up. */
    private long bytes;

    private long bytesWhenFull;
    private boolean closed;
    private boolean ended;

    /** What is taken from without the lock: the first batch, or none where something else comes before it. */
    private volatile Batch<T> open = none;

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
        batchCapacity = Math.max(1, Math.min(LARGEST_BATCH, capacity / BATCHES));
        gathered = new Batch<>();
        roomLeft = capacity;
        byteRoomLeft = byteCapacity;
    }

    /**
     * Sets what is called, on the thread that takes, when half of the queue is free again; that is noticed when a batch is
     * used up.
     */
    public void onRoom(Runnable task) {
        onRoom = task;
    }

    /**
     * Adds at the end, whether it is full or not; dropped after {@link #close()}. One thread alone adds, and owes a {@link
     * #handOver()}; which comes by itself with what fills a batch, or the queue.
     */
    public void add(T item, int size) {
        gathered.add(item, size);
        if (gathered.size() >= Math.min(batchCapacity, roomLeft)
                || gathered.bytes() >= Math.min(byteCapacity / BATCHES, byteRoomLeft)) {
            handOver();
        }
    }

    /** Lets what was added be taken. On the thread that adds. */
    public void handOver() {
        Batch<T> batch = gathered;
        if (batch.size() == 0) {
            return;
        }
        gathered = new Batch<>();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            append(batch);
            int depth = followingCount + first.left();
            if (!full && (depth >= capacity || bytes >= byteCapacity)) {
                full = true;
                bytesWhenFull = bytes;
            }
            reserveUsedUp = full && bytes - bytesWhenFull >= reserveBytes;
            roomLeft = capacity - depth;
            byteRoomLeft = byteCapacity - bytes;
            for (int i = batch.size(); i > 0 && lock.hasWaiters(notEmpty); i--) {
                notEmpty.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void append(Batch<T> batch) {
        bytes += batch.bytes();
        if (first == none) {
            first = batch;
            reopen();
        } else {
            following.add(batch);
            followingCount += batch.size();
        }
    }

    private void reopen() {
        open = answers.isEmpty() ? first : none;
    }

    /** Adds what is taken before all others and counts for nothing: an answer that somebody awaits. Also when closed. */
    public void addAnswer(T answer) {
        lock.lock();
        try {
            answers.add(answer);
            reopen();
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes an answer or else the oldest, waiting for one; null when the queue has ended and no answer is left. */
    public T take() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        while (true) {
            Batch<T> batch = open;
            int place = batch.claim();
            if (place >= 0) {
                if (batch.isLast(place)) {
                    turnOver(batch);
                }
                return batch.take(place);
            } else if (batch != none) {
                // Whoever has the last of it may not have come to turn it over.
                turnOver(batch);
                continue;
            }
            lock.lockInterruptibly();
            try {
                while (open == none && answers.isEmpty() && !ended) {
                    notEmpty.await();
                }
                if (open == none) {
                    T answer = answers.poll();
                    reopen();
                    return answer;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Opens the batch after one that is used up, unless that has been done. */
    private void turnOver(Batch<T> usedUp) {
        boolean room = false;
        lock.lock();
        try {
            if (first == usedUp) {
                bytes -= first.bytes();
                first = following.isEmpty() ? none : following.poll();
                followingCount -= first.size();
                reopen();
                room = full && followingCount + first.size() <= capacity / 2 && bytes <= byteCapacity / 2;
                if (room) {
                    full = false;
                }
                reserveUsedUp = full && bytes - bytesWhenFull >= reserveBytes;
            }
        } finally {
            lock.unlock();
        }
        if (room) {
            onRoom.run();
        }
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
            return followingCount + first.left();
        } finally {
            lock.unlock();
        }
    }

    /** What waits is dropped, but for answers, which still may come until the {@link #end}. Returns how many that were. */
    public int close() {
        lock.lock();
        try {
            closed = true;
            int dropped = followingCount + first.drop();
            first = none;
            following.clear();
            followingCount = 0;
            reopen();
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
