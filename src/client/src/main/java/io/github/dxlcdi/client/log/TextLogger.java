package io.github.dxlcdi.client.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.ResourceBundle;

/**
 * A logger whose records hold texts alone: parameters are formatted, and an exception becomes its stack trace as text.
 * Servers keep log records after an application has gone. An object in one of them, and the stack trace of any
 * exception that passed through the application, would keep the application's class loader. Safe from any thread.
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
        return records.isLoggable(level);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        if (isLoggable(level)) {
            records.log(level, bundle, thrown == null ? message : message + '\n' + stackTrace(thrown));
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        if (isLoggable(level)) {
            boolean plain = parameters == null || parameters.length == 0;
            records.log(level, bundle, plain ? format : MessageFormat.format(format, parameters));
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }
}
