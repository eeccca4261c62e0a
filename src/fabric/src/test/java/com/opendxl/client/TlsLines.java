package com.opendxl.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged of certificates and keys while it is open. */
final class TlsLines implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("io.github.dxlcdi.client.tls");

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

    TlsLines() {
        LOGGER.addHandler(handler);
    }

    /** Those of a code. */
    List<String> with(String code) {
        return lines.stream().filter(line -> line.contains(code)).toList();
    }

    @Override
    public void close() {
        LOGGER.removeHandler(handler);
    }
}
