package io.github.dxlcdi.client.dispatch;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Some items that are handed over together. One thread fills it; then any number of threads take from it, without a lock,
 * each item once.
 *
 * @param <T> what it holds
 */
final class Batch<T> {
    /** Most reads bring a few messages. */
    private static final int FIRST_ROOM = 16;

    private Object[] items = new Object[FIRST_ROOM];
    private final AtomicInteger next = new AtomicInteger();
    private int size;
    private long bytes;

    void add(T item, int itemBytes) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = item;
        bytes += itemBytes;
    }

    int size() {
        return size;
    }

    /** Those of all its items, taken or not. */
    long bytes() {
        return bytes;
    }

    /** The place of the next item, the caller's alone; -1 when all are taken. */
    int claim() {
        // Who comes in vain must not count on for ever.
        int place = next.get() < size ? next.getAndIncrement() : size;
        return place < size ? place : -1;
    }

    /** The item at a place that the caller has claimed; it is held here no longer. */
    @SuppressWarnings("unchecked")
    T take(int place) {
        T item = (T) items[place];
        items[place] = null;
        return item;
    }

    boolean isLast(int place) {
        return place == size - 1;
    }

    /** How many items are not taken yet. */
    int left() {
        return Math.max(0, size - next.get());
    }

    /** Takes all that is left, away from everybody; returns how many that was. */
    int drop() {
        return Math.max(0, size - next.getAndSet(size));
    }
}
