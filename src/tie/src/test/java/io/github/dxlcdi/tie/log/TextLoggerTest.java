package io.github.dxlcdi.tie.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextLoggerTest {
    private static final String NAME = TextLoggerTest.class.getName();

    private final List<LogRecord> records = new ArrayList<>();
    private final Logger target = Logger.getLogger(NAME);
    private final System.Logger log = TextLogger.of(NAME);
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
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

    @BeforeEach
    void capture() {
        target.setUseParentHandlers(false);
        target.addHandler(handler);
    }

    @AfterEach
    void release() {
        target.removeHandler(handler);
        target.setUseParentHandlers(true);
    }

    @Test
    void parameters_are_in_the_text_and_not_in_the_record() {
        log.log(Level.INFO, "{0} messages, the broker''s state: {1}", 1234, Thread.State.BLOCKED);

        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.getMessage()).isEqualTo(String.format("%,d messages, the broker's state: BLOCKED", 1234));
            assertThat(record.getParameters()).isNullOrEmpty();
        });
    }

    @Test
    void it_throws_nothing_whatever_handlers_and_filters_throw() {
        Filter failing = record -> {
            throw new OutOfMemoryError("injected");
        };
        target.setFilter(failing);
        try {
            log.log(Level.INFO, "text");
            log.log(Level.INFO, "text {0}", "value");
            log.log(Level.INFO, "text", new IllegalStateException());
            log.log(Level.INFO, () -> "text");
        } finally {
            target.setFilter(null);
        }

        assertThat(records).isEmpty();
    }

    @Test
    void exception_is_in_the_text_with_its_causes_and_not_in_the_record() {
        log.log(Level.ERROR, "DXL0000 failed {0}", new IllegalStateException("outer", new Failure("inner")));

        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.getMessage())
                    .startsWith("DXL0000 failed {0}\njava.lang.IllegalStateException: outer\n\tat ")
                    .contains("Caused by: " + Failure.class.getName() + ": inner");
            assertThat(record.getThrown()).isNull();
        });
    }

    @Test
    void text_without_parameters_stays_as_it_is() {
        log.log(Level.INFO, "it's {0}");
        log.log(Level.INFO, () -> "it's {1}");
        log.log(Level.INFO, "nothing failed", (Throwable) null);

        assertThat(records).extracting(LogRecord::getMessage).containsExactly("it's {0}", "it's {1}", "nothing failed");
    }

    @Test
    void what_is_not_logged_is_not_formatted() {
        log.log(Level.TRACE, "{0}", new Object() {
            @Override
            public String toString() {
                throw new AssertionError("formatted");
            }
        });

        assertThat(records).isEmpty();
    }

    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }
}
