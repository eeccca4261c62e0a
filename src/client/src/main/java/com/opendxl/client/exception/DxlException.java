package com.opendxl.client.exception;

/** Something concerning the fabric failed; the text says what, and includes the messages of the causes. */
public class DxlException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With {@code message}: what failed, with which value, and what to do. */
    public DxlException(String message) {
        super(message);
    }

    /** With a message, to which {@link #getMessage()} adds that of the cause. */
    public DxlException(String message, Throwable cause) {
        super(message, cause);
    }

    /** With the message of the cause. */
    public DxlException(Throwable cause) {
        super(cause);
    }

    /** The message, followed by those of the causes that it does not already contain. */
    @Override
    public String getMessage() {
        StringBuilder text = new StringBuilder();
        String own = super.getMessage();
        text.append(own == null ? getClass().getSimpleName() : own);
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            String more = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (text.indexOf(more) < 0) {
                text.append(": ").append(more);
            }
        }
        return text.toString();
    }
}
