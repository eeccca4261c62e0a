package com.opendxl.client.message;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireOutline;

/** An answer that says why there is none. */
public class ErrorResponse extends Response {
    private final int errorCode;
    private final String errorMessage;

    /** A refusal of nothing yet, with code 0 and no reason; for subclasses. */
    protected ErrorResponse() {
        errorCode = 0;
        errorMessage = "";
    }

    /** A refusal by {@code client} of {@code request}. */
    public ErrorResponse(DxlClient client, Request request, int errorCode, String errorMessage) {
        this(client.getUniqueId(), request, errorCode, errorMessage);
    }

    /** A refusal whose sender is filled in when a client sends it. */
    public ErrorResponse(Request request, int errorCode, String errorMessage) {
        this("", request, errorCode, errorMessage);
    }

    /** A refusal whose sender is the client with this id. */
    public ErrorResponse(String sourceClientId, Request request, int errorCode, String errorMessage) {
        super(sourceClientId, request);
        this.errorCode = errorCode;
        this.errorMessage = errorMessage == null ? "" : errorMessage;
    }

    ErrorResponse(WireOutline wire, long receivedMillis) {
        super(wire, receivedMillis);
        errorCode = wire.errorCode();
        errorMessage = wire.errorMessage();
    }

    @Override
    public byte getMessageType() {
        return MESSAGE_TYPE_ERROR;
    }

    /**
     * The code. Negative ones (highest bit set) come from the fabric, such as 0x80000001 (no service for the request);
     * all others from the service.
     */
    public int getErrorCode() {
        return errorCode;
    }

    /** The reason in words, never null. */
    public String getErrorMessage() {
        return errorMessage;
    }

    @Override
    WireMessage.TypeFields typeFields() {
        return new WireMessage.ErrorFields(getRequestMessageId(), getServiceId(), errorCode, errorMessage);
    }
}
