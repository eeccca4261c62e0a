package com.opendxl.client;

import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.message.Event;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** A callback in which so many threads wait for one another. */
final class Meeting implements EventCallback {
    private final CyclicBarrier together;

    /** The names of those that have met. */
    final Set<String> threads = ConcurrentHashMap.newKeySet();

    Meeting(int threads) {
        together = new CyclicBarrier(threads);
    }

    @Override
    public void onEvent(Event event) {
        try {
            together.await(10, TimeUnit.SECONDS);
            threads.add(Thread.currentThread().getName());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
