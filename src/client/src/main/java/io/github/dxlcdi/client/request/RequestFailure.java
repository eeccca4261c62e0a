package io.github.dxlcdi.client.request;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;

/**
 * Why a request has no answer. A {@code ResponseCallback} is told by an {@code ErrorResponse} with one of these codes, which
 * the client itself has made: it never was on the network. Whoever waits in {@code syncRequest} gets an exception instead.
 *
 * <p>With the system property {@code dxlClient.silentAsyncFailures=true}, read when a client is made, a callback hears
 * nothing of them, as with the OpenDXL Java client.
 */
public enum RequestFailure {
    /** No answer came in time (0x80000003, a code of the fabric that its brokers do not send). */
    TIMEOUT(0x80000003, "response timeout"),

    /** The connection was lost or left before the answer came; whether the request arrived is unknown (0x80000F01). */
    CONNECTION_LOST(0x80000F01, "connection lost"),

    /** The client was closed before the answer came (0x80000F02). */
    CLIENT_CLOSED(0x80000F02, "client closed"),

    /**
     * The delivery queue is full, and so many messages precede the answer that there is no room for them either
     * (0x80000F03).
     */
    NO_ROOM(0x80000F03, "no room for what precedes the answer");

    private final int code;
    private final String text;

    RequestFailure(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The error code, negative like all that do not come from a service. */
    public int code() {
        return code;
    }

    /** The failure in words, with {@code details} in brackets. */
    public String text(String details) {
        return text + " (" + details + ")";
    }

    /** What a waiting caller gets. */
    public DxlException exception(String details) {
        String message = "No answer to the request: " + details;
        return this == TIMEOUT ? new WaitTimeoutException(message) : new DxlException(message);
    }
}
