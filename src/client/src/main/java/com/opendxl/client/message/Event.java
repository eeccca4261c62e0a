package com.opendxl.client.message;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireOutline;

/** A message to everybody who subscribed to its topic; nobody answers it. */
public class Event extends Message {
    /** An event with an empty topic, which is set before it is sent; for subclasses. */
    protected Event() {}

    /** An event of {@code client} to {@code destinationTopic}. */
    public Event(DxlClient client, String destinationTopic) {
        super(client, destinationTopic);
    }

    /** An event whose sender is filled in when a client sends it. */
    public Event(String destinationTopic) {
        super(destinationTopic);
    }

    /** An event whose sender is the client with this id. */
    public Event(String sourceClientId, String destinationTopic) {
        super(sourceClientId, destinationTopic);
    }

    Event(WireOutline wire, long receivedMillis) {
        super(wire, receivedMillis);
    }

    @Override
    public byte getMessageType() {
        return MESSAGE_TYPE_EVENT;
    }

    @Override
    WireMessage.TypeFields typeFields() {
        return new WireMessage.EventFields();
    }
}
