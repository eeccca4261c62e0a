package io.github.dxlcdi.client.resilience;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * For steps that must not be left out, such as telling that a connection is lost. A step is to be made before memory is
 * short: even a lambda expression takes memory where it is met for the first time.
 */
public final class MemoryShortage {
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    /** With the pauses, a minute at least: longer than a JVM can usually live without memory. */
    private static final int TRIES = 1_200;

    static {
        rehearse();
    }

    private MemoryShortage() {}

    /** Loads what {@link #outlast} needs; it does nothing else. To be called while there is memory. */
    public static void prepare() {
        // The static initializer has done it.
    }

    /**
     * Runs a step, and again after a pause whenever it ends for want of memory or threads. The step must be one that
     * may run twice. Blocks the caller meanwhile.
     *
     * @throws Error what the step throws, if there is still no memory after a minute or it is about something else
     */
    public static void outlast(Runnable step) {
        outlast(step, PAUSE_NANOS);
    }

    private static void outlast(Runnable step, long pauseNanos) {
        for (int tried = 1; ; tried++) {
            try {
                step.run();
                return;
            } catch (Error e) {
                if (tried == TRIES || !isBehind(e)) {
                    throw e;
                }
                LockSupport.parkNanos(pauseNanos);
            }
        }
    }

    /** Whether a failure comes from it, at once or in the end. */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static void rehearse() {
        outlast(
                new Runnable() {
                    private boolean again;

                    @Override
                    public void run() {
                        if (!again) {
                            again = true;
                            throw new OutOfMemoryError("rehearsed");
                        }
                    }
                },
                1);
    }
}
