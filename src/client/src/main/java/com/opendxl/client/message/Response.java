package com.opendxl.client.message;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireOutline;

/** The answer of a service; a failure is an {@link ErrorResponse}. */
public class Response extends Message {
    private Request request;
    private final String requestMessageId;
    private final String serviceId;

    /** An answer to nothing yet, with an empty topic, which is set before it is sent; for subclasses. */
    protected Response() {
        this("", "", "", "", "", "");
    }

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
        this(
                sourceClientId,
                request.getReplyToTopic(),
                request.getMessageId(),
                request.getServiceId(),
                request.getSourceClientInstanceId(),
                request.getSourceBrokerId());
        this.request = request;
    }

    /**
     * An answer to a request of which only this is known; {@link #getRequest()} is null.
     *
     * @param destinationTopic the topic on which the requester awaits the answer
     * @param requestMessageId id of the request; null counts as empty, here and below
     * @param serviceId the service that answers
     * @param clientInstanceId the requester's connection; if not empty, the answer goes to it alone
     * @param brokerId the requester's broker; if not empty, the answer goes there alone
     */
    protected Response(
            String sourceClientId,
            String destinationTopic,
            String requestMessageId,
            String serviceId,
            String clientInstanceId,
            String brokerId) {
        super(sourceClientId, destinationTopic);
        this.requestMessageId = textOrEmpty(requestMessageId);
        this.serviceId = textOrEmpty(serviceId);
        // An empty id would be one that no client and no broker has.
        if (!textOrEmpty(brokerId).isEmpty()) {
            getBrokerIds().add(brokerId);
        }
        if (!textOrEmpty(clientInstanceId).isEmpty()) {
            getClientIds().add(clientInstanceId);
        }
    }

    Response(WireOutline wire, long receivedMillis) {
        super(wire, receivedMillis);
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
