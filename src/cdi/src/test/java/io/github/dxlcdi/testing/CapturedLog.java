package io.github.dxlcdi.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The log lines of this project while it is open. */
public final class CapturedLog implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("io.github.dxlcdi");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            lines.add(record.getLevel() + " " + formatter.formatMessage(record));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing to release.
        }
    };

    public CapturedLog() {
        ROOT.addHandler(handler);
    }

    /** Level and text of each line so far. */
    public List<String> lines() {
        return lines;
    }

    /** The lines that hold {@code part}. */
    public List<String> with(String part) {
        return lines.stream().filter(line -> line.contains(part)).toList();
    }

    @Override
    public void close() {
        ROOT.removeHandler(handler);
    }
}
