package com.opendxl.client.exception;

/** An answer did not come within the time that was given to it. */
public class WaitTimeoutException extends DxlException {
    private static final long serialVersionUID = 1L;

    public WaitTimeoutException(String message) {
        super(message);
    }

    public WaitTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }

    public WaitTimeoutException(Throwable cause) {
        super(cause);
    }
}
