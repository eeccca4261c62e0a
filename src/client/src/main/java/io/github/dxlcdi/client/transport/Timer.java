package io.github.dxlcdi.client.transport;

import java.time.Duration;

/** Runs something later, on the event loop. To be called there. */
@FunctionalInterface
public interface Timer {
    /** Runs {@code task} once, after {@code delay}; what is returned takes that back, and does nothing once it has run. */
    Runnable after(Duration delay, Runnable task);
}
