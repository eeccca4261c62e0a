package io.github.dxlcdi.client.request;

import io.github.dxlcdi.client.transport.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A timer whose time passes when a test says so. */
public final class HandTimer implements Timer {
    private record Task(long atMillis, Runnable task) {}

    private final List<Task> tasks = new ArrayList<>();
    private long nowMillis;

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Task due = new Task(nowMillis + delay.toMillis(), task);
        tasks.add(due);
        return () -> tasks.remove(due);
    }

    /** Lets time pass, and runs what becomes due, in its order. */
    public void pass(long millis) {
        long end = nowMillis + millis;
        while (true) {
            Task next = tasks.stream()
                    .filter(task -> task.atMillis() <= end)
                    .reduce((one, other) -> other.atMillis() < one.atMillis() ? other : one)
                    .orElse(null);
            if (next == null) {
                nowMillis = end;
                return;
            }
            tasks.remove(next);
            nowMillis = next.atMillis();
            next.task().run();
        }
    }

    public long nanoTime() {
        return nowMillis * 1_000_000;
    }

    /** Tasks that are still to run. */
    public int waiting() {
        return tasks.size();
    }
}
