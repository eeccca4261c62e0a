package com.opendxl.client;

import com.opendxl.client.message.Message;
import java.io.IOException;

/** A PUBLISH packet on its way from the event loop to a delivery thread. */
sealed interface ReceivedPacket {
    /** Its body is a DXL message. */
    record Readable(Message message) implements ReceivedPacket {}

    /** Its body is none. */
    record Unreadable(String topic, byte[] body, IOException cause) implements ReceivedPacket {}

    static ReceivedPacket of(String topic, byte[] body) {
        try {
            Message message = Message.fromBytes(body);
            message.setDestinationTopic(topic);
            return new Readable(message);
        } catch (IOException e) {
            return new Unreadable(topic, body, e);
        }
    }
}
