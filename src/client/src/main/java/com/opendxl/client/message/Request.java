package com.opendxl.client.message;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireOutline;

/** A question to the service that has registered the topic. */
public class Request extends Message {
    private String replyToTopic = "";
    private String serviceId = "";

    /** A request with an empty topic, which is set before it is sent; for subclasses. */
    protected Request() {}

    /** A request of {@code client} to the service behind {@code destinationTopic}. */
    public Request(DxlClient client, String destinationTopic) {
        super(client, destinationTopic);
    }

    /** A request whose sender is filled in when a client sends it. */
    public Request(String destinationTopic) {
        super(destinationTopic);
    }

    /** A request whose sender is the client with this id. */
    public Request(String sourceClientId, String destinationTopic) {
        super(sourceClientId, destinationTopic);
    }

    Request(WireOutline wire, long receivedMillis) {
        super(wire, receivedMillis);
        replyToTopic = wire.replyToTopic();
        serviceId = wire.serviceId();
    }

    @Override
    public byte getMessageType() {
        return MESSAGE_TYPE_REQUEST;
    }

    /** The topic on which the requester awaits the answer. */
    public String getReplyToTopic() {
        return replyToTopic;
    }

    /** Sets it; a client that sends the request replaces it by its own. */
    public void setReplyToTopic(String replyToTopic) {
        this.replyToTopic = replyToTopic == null ? "" : replyToTopic;
    }

    /** The service that is asked; empty when the broker is to choose one. */
    public String getServiceId() {
        return serviceId;
    }

    /** Sets it; null counts as empty. */
    public void setServiceId(String serviceId) {
        this.serviceId = serviceId == null ? "" : serviceId;
    }

    @Override
    WireMessage.TypeFields typeFields() {
        return new WireMessage.RequestFields(replyToTopic, serviceId);
    }
}
