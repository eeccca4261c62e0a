package io.github.dxlcdi.delivery;

import io.github.dxlcdi.tie.log.TextLogger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A log that a flood of bad messages can't fill: of each code five lines in ten seconds. The next line of that code
 * tells how many were left out, or {@link #writeLeftOut} when the flood has ended. Any thread; throws nothing.
 */
final class RateLimitedLog {
    static final int LINES_PER_WINDOW = 5;

    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    private final Logger log;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    RateLimitedLog(String name) {
        log = TextLogger.of(name);
    }

    void write(Level level, String code, String text) {
        write(level, code, text, null);
    }

    void write(Level level, String code, String text, Throwable cause) {
        long leftOut = windows.computeIfAbsent(code, first -> new Window(level)).admit(System.nanoTime());
        if (leftOut >= 0) {
            String more = leftOut == 0 ? "" : " (" + leftOut + " more of these were not written)";
            log(level, code + " " + text + more, cause);
        }
    }

    /**
     * Counts what was left out in windows that have ended; to be called now and then.
     *
     * @param now as {@link System#nanoTime}
     */
    void writeLeftOut(long now) {
        windows.forEach((code, window) -> writeLeftOut(code, window, window.leftOut(now)));
    }

    /** Counts all that was left out; what is written after that begins anew. */
    void close() {
        windows.forEach((code, window) -> writeLeftOut(code, window, window.leftOut()));
    }

    private void writeLeftOut(String code, Window window, long leftOut) {
        if (leftOut > 0) {
            log(window.level, code + " " + leftOut + " more of these were not written", null);
        }
    }

    private void log(Level level, String text, Throwable cause) {
        try {
            log.log(level, text, cause);
        } catch (Throwable e) {
            // What logging throws keeps no message from an observer.
        }
    }

    /** The lines of one code in the time that runs. */
    private static final class Window {
        private final Level level;
        private long start = System.nanoTime();
        private int written;
        private long leftOut;

        Window(Level level) {
            this.level = level;
        }

        /** How many lines were left out before this one; -1: leave this one out too. */
        synchronized long admit(long now) {
            if (now - start > WINDOW_NANOS) {
                start = now;
                written = 0;
            }
            if (written == LINES_PER_WINDOW) {
                leftOut++;
                return -1;
            }
            written++;
            return leftOut();
        }

        /** How many were left out, if this time is over. */
        synchronized long leftOut(long now) {
            return now - start > WINDOW_NANOS ? leftOut() : 0;
        }

        synchronized long leftOut() {
            long before = leftOut;
            leftOut = 0;
            return before;
        }
    }
}
