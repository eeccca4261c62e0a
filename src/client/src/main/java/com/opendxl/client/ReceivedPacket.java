package com.opendxl.client;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import java.io.IOException;

/** A PUBLISH packet on its way from the event loop to a delivery thread. */
sealed interface ReceivedPacket {
    /** Its body is an event. */
    record Readable(Event event) implements ReceivedPacket {}

    /** Its body is no DXL message, or one that nobody here could take. */
    record Unreadable(String topic, byte[] body, IOException cause) implements ReceivedPacket {}

    static ReceivedPacket of(String topic, byte[] body) {
        try {
            Message message = Message.fromBytes(body);
            message.setDestinationTopic(topic);
            return message instanceof Event event
                    ? new Readable(event)
                    : new Unreadable(topic, body, new IOException(kind(message) + " came where events are expected"));
        } catch (IOException e) {
            return new Unreadable(topic, body, e);
        }
    }

    private static String kind(Message message) {
        return message instanceof Request ? "a request" : "a response";
    }
}
