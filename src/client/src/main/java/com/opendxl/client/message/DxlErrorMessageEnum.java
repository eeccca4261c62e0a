package com.opendxl.client.message;

/** Error codes of the fabric itself. */
public enum DxlErrorMessageEnum {
    /** Nobody has registered the topic, or the service asked is gone (0x80000001). */
    FABRICSERVICEUNAVAILABLE(0x80000001, "unable to locate service for request");

    private final int errorCode;
    private final String errorMessage;

    DxlErrorMessageEnum(int errorCode, String errorMessage) {
        this.errorCode = errorCode;
        this.errorMessage = errorMessage;
    }

    /** The code, as {@link ErrorResponse#getErrorCode()} gives it. */
    public int getErrorCode() {
        return errorCode;
    }

    /** The words that a broker sends with the code. */
    public String getErrorMessage() {
        return errorMessage;
    }
}
