package com.opendxl.client.exception;

/** A broker's line or URL can't be read; the text names the line and the part that is wrong. */
public class MalformedBrokerException extends DxlException {
    private static final long serialVersionUID = 1L;

    public MalformedBrokerException(String message) {
        super(message);
    }

    public MalformedBrokerException(String message, Throwable cause) {
        super(message, cause);
    }

    public MalformedBrokerException(Throwable cause) {
        super(cause);
    }
}
