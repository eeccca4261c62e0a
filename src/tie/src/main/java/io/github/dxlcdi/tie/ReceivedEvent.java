package io.github.dxlcdi.tie;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.spi.Received;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * What this project's client knows of an event beyond the interface of the OpenDXL Java client: when it came from the
 * network, behind the other one the time of asking; and where its payload is, behind the other one in an array of its own.
 */
final class ReceivedEvent {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final boolean CLIENT_KNOWS = isPresent("io.github.dxlcdi.client.spi.Received");

    private ReceivedEvent() {}

    static Instant receivedAt(Event event) {
        return CLIENT_KNOWS ? FromClient.receivedAt(event) : Instant.now();
    }

    /** From the buffer's position to its limit; for reading alone. */
    static ByteBuffer payload(Event event) {
        return CLIENT_KNOWS ? FromClient.payload(event) : array(event);
    }

    private static ByteBuffer array(Event event) {
        byte[] payload = event.getPayload();
        return payload == null ? NONE : ByteBuffer.wrap(payload);
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, ReceivedEvent.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The only class of this module that names the client's own interfaces; loaded only when they are there. */
    private static final class FromClient {
        static Instant receivedAt(Object event) {
            return event instanceof Received received ? received.receivedAt() : Instant.now();
        }

        static ByteBuffer payload(Event event) {
            // The compiler of a class knows whose Event it is; the JVM that runs it may have another one.
            return (Object) event instanceof Received received ? received.payloadBytes() : array(event);
        }
    }
}
