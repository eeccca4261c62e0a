package com.opendxl.client.message;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireOutline;

/** The answer of a service; a failure is an {@link ErrorResponse}. */
public class Response extends Message {
    private final Request request;
    private final String requestMessageId;
    private final String serviceId;

    /** An answer of {@code client} to {@code request}. */
    public Response(DxlClient client, Request request) {
        this(client.getUniqueId(), request);
    }

    /** An answer whose sender is filled in when a client sends it. */
    public Response(Request request) {
        this("", request);
    }

    /** An answer whose sender is the client with this id. */
    public Response(String sourceClientId, Request request) {
        super(sourceClientId, request.getReplyToTopic());
        this.request = request;
        this.requestMessageId = request.getMessageId();
        this.serviceId = request.getServiceId();
        // An empty id would be one that no client and no broker has.
        if (!request.getSourceBrokerId().isEmpty()) {
            getBrokerIds().add(request.getSourceBrokerId());
        }
        if (!request.getSourceClientInstanceId().isEmpty()) {
            getClientIds().add(request.getSourceClientInstanceId());
        }
    }

    Response(WireOutline wire, long receivedMillis) {
        super(wire, receivedMillis);
        request = null;
        requestMessageId = wire.requestMessageId();
        serviceId = wire.serviceId();
    }

    @Override
    public byte getMessageType() {
        return MESSAGE_TYPE_RESPONSE;
    }

    /** Id of the request that this answers. */
    public String getRequestMessageId() {
        return requestMessageId;
    }

    /** The request that this answers; null on a received response. */
    public Request getRequest() {
        return request;
    }

    /** The service that answers; empty when the request named none. */
    public String getServiceId() {
        return serviceId;
    }

    @Override
    WireMessage.TypeFields typeFields() {
        return new WireMessage.ResponseFields(requestMessageId, serviceId);
    }
}
