package com.opendxl.client;

import com.opendxl.client.callback.ResponseCallback;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.wire.WireReader;
import java.io.IOException;
import java.util.List;

/** What was received, on its way from the event loop to a delivery thread. */
sealed interface ReceivedPacket {
    /** An event that is read on the delivery thread, if it is one; received at that time of the epoch. */
    record Unread(String topic, byte[] body, long receivedMillis) implements ReceivedPacket {
        /** What it is; never {@link Unread}. */
        ReceivedPacket read() {
            return of(topic, body, receivedMillis);
        }
    }

    /** An event. */
    record Told(Event event) implements ReceivedPacket {}

    /** A request, and the bytes of it for when nobody takes it. */
    record Asked(Request request, byte[] body) implements ReceivedPacket {}

    /** An answer; it does not lie in the queue as such. */
    record Seen(Response response) implements ReceivedPacket {}

    /** An answer, for the callbacks that there were when it came, and none that was added later. */
    record Shown(Response response, List<ResponseCallback> callbacks) implements ReceivedPacket {}

    /** An answer for the one who has asked. */
    record Answered(ResponseCallback callback, Response response) implements ReceivedPacket {}

    /** It is no DXL message, or one that nobody here could take. */
    record Unreadable(String topic, byte[] body, IOException cause) implements ReceivedPacket {}

    /** The body of a PUBLISH packet, which is not read yet if it looks like an event; an answer is {@link Seen}. */
    static ReceivedPacket received(String topic, byte[] body, long receivedMillis) {
        return WireReader.beginsAsEvent(body)
                ? new Unread(topic, body, receivedMillis)
                : of(topic, body, receivedMillis);
    }

    private static ReceivedPacket of(String topic, byte[] body, long receivedMillis) {
        try {
            Message message = Message.wrap(body, receivedMillis);
            message.setDestinationTopic(topic);
            if (message instanceof Event event) {
                return new Told(event);
            }
            return message instanceof Request request ? new Asked(request, body) : new Seen((Response) message);
        } catch (IOException e) {
            return new Unreadable(topic, body, e);
        } catch (Throwable e) {
            // OutOfMemoryError, for one: it is this message that could not be read, and others can be.
            return new Unreadable(topic, body, new IOException("it could not be read: " + e, e));
        }
    }

    static Unreadable request(String topic, byte[] body) {
        return new Unreadable(topic, body, new IOException("a request came where events are expected"));
    }

    static Unreadable response(String topic, byte[] body) {
        return new Unreadable(topic, body, new IOException("a response came where events are expected"));
    }
}
