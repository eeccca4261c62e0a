package io.github.dxlcdi.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A log that a flood of bad messages can't fill: of each code five lines in ten seconds, and with the next line how many
 * were left out. Safe from any thread.
 */
final class RateLimitedLog {
    static final int LINES_PER_WINDOW = 5;

    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    private final Logger log;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    RateLimitedLog(String name) {
        log = System.getLogger(name);
    }

    void write(Level level, String code, String text) {
        write(level, code, text, null);
    }

    void write(Level level, String code, String text, Throwable cause) {
        long leftOut = windows.computeIfAbsent(code, first -> new Window()).admit(System.nanoTime());
        if (leftOut >= 0) {
            String more = leftOut == 0 ? "" : " (" + leftOut + " more of these were not written)";
            try {
                log.log(level, code + " " + text + more, cause);
            } catch (Throwable e) {
                // What logging throws keeps no message from an observer.
            }
        }
    }

    /** The lines of one code in the time that runs. */
    private static final class Window {
        private long start = System.nanoTime();
        private int written;
        private long leftOut;

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
            long before = leftOut;
            leftOut = 0;
            return before;
        }
    }
}
