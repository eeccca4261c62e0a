package io.github.dxlcdi.tie.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.ResourceBundle;

/**
 * A logger whose records hold texts alone: parameters are formatted, and an exception becomes its stack trace as text.
 * Servers keep log records after an application has gone. An object in one of them, and the stack trace of any
 * exception that passed through the application, would keep the application's class loader.
 *
 * <p>It throws nothing, whatever its handlers throw: a line that can't be written must not end a connection, nor the
 * thread that writes it. Safe from any thread.
 */
public final class TextLogger implements System.Logger {
    private final System.Logger records;

    private TextLogger(System.Logger records) {
        this.records = records;
    }

    /** The logger of that name, as {@link System#getLogger(String)} has it. */
    public static System.Logger of(String name) {
        return new TextLogger(System.getLogger(name));
    }

    @Override
    public String getName() {
        return records.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        try {
            return records.isLoggable(level);
        } catch (Throwable e) {
            return false;
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        try {
            if (records.isLoggable(level)) {
                records.log(level, bundle, thrown == null ? message : message + '\n' + stackTrace(thrown));
            }
        } catch (Throwable e) {
            // There is nowhere left to say so.
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        try {
            if (records.isLoggable(level)) {
                boolean plain = parameters == null || parameters.length == 0;
                records.log(level, bundle, plain ? format : MessageFormat.format(format, parameters));
            }
        } catch (Throwable e) {
            // There is nowhere left to say so.
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }
}
