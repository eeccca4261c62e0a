package com.opendxl.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a part of the client logs while this is open, also what is not worth a line to an operator. */
final class LogLines implements AutoCloseable {
    private record Line(Level level, String text) {}

    private final Logger logger;
    private final Level before;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            lines.add(new Line(record.getLevel(), formatter.formatMessage(record)));
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

    /** @param part as in the name of the logger, {@code io.github.dxlcdi.client.<part>} */
    LogLines(String part) {
        logger = Logger.getLogger("io.github.dxlcdi.client." + part);
        before = logger.getLevel();
        logger.setLevel(Level.FINE);
        logger.addHandler(handler);
    }

    /** Those of a code, whatever their level. */
    List<String> with(String code) {
        return texts(line -> line.text().startsWith(code));
    }

    /** As an operator sees them. */
    List<String> warnings() {
        return texts(line -> line.level() == Level.WARNING);
    }

    private List<String> texts(Predicate<Line> which) {
        return lines.stream().filter(which).map(Line::text).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setLevel(before);
    }
}
