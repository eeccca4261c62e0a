package com.opendxl.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged of connections while it is open: what an operator sees, and each try. */
final class ConnectionLines implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("io.github.dxlcdi.client.connection");

    /** Warnings, as an operator sees them. */
    final List<String> warnings = new CopyOnWriteArrayList<>();

    /** Every try that failed, also those that are not worth a line to an operator. */
    final List<String> tries = new CopyOnWriteArrayList<>();

    private final Level before = LOGGER.getLevel();
    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            String line = formatter.formatMessage(record);
            if (record.getLevel() == Level.WARNING) {
                warnings.add(line);
            }
            if (line.startsWith("DXL0202")) {
                tries.add(line);
            }
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

    ConnectionLines() {
        LOGGER.setLevel(Level.FINE);
        LOGGER.addHandler(handler);
    }

    @Override
    public void close() {
        LOGGER.removeHandler(handler);
        LOGGER.setLevel(before);
    }
}
