package com.opendxl.client.exception;

/** An answer did not come within the time that was given to it. */
public class WaitTimeoutException extends DxlException {
    private static final long serialVersionUID = 1L;

    /** With {@code message}: how long was waited, and for what. */
    public WaitTimeoutException(String message) {
        super(message);
    }
}
