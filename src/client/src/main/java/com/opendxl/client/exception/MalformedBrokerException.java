package com.opendxl.client.exception;

/** A broker's line or URL can't be read; the text names the line and the part that is wrong. */
public class MalformedBrokerException extends DxlException {
    private static final long serialVersionUID = 1L;

    /** With {@code message}: the line, and what is wrong with it. */
    public MalformedBrokerException(String message) {
        super(message);
    }

    /** With a message, to which {@link #getMessage()} adds that of the cause. */
    public MalformedBrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
