package io.github.dxlcdi.tie;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.spi.Received;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this project's client knows of an event beyond the interface of the OpenDXL Java client: when it came from the
 * network, behind the other one the time of asking; where its payload is, behind the other one in an array of its own;
 * and whether its form is that of a stamped one, behind the other one as far as version and ids tell.
 */
final class ReceivedEvent {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final boolean CLIENT_KNOWS = isPresent("io.github.dxlcdi.client.spi.Received");

    private static final long STAMPED_VERSION = 3;

    /** The thumbprint of a client's certificate, and a UUID of the connection. */
    private static final Pattern CLIENT_INSTANCE =
            Pattern.compile("([0-9a-f]{40}):(?i:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    private ReceivedEvent() {}

    static Instant receivedAt(Event event) {
        return CLIENT_KNOWS ? FromClient.receivedAt(event) : Instant.now();
    }

    /** From the buffer's position to its limit; for reading alone. */
    static ByteBuffer payload(Event event) {
        return CLIENT_KNOWS ? FromClient.payload(event) : array(event);
    }

    /** The ids are those that {@code event} came with. */
    static boolean isStamped(Event event, String clientId, String instanceId) {
        return CLIENT_KNOWS
                ? FromClient.isStamped(event, clientId, instanceId)
                : looksStamped(event, clientId, instanceId);
    }

    /**
     * The OpenDXL Java client reads no {@code bin}, {@code nil} or {@code str8}, so nothing but these is left to look
     * at.
     */
    private static boolean looksStamped(Event event, String clientId, String instanceId) {
        String brokerId = event.getSourceBrokerId();
        if (event.getVersion() != STAMPED_VERSION || brokerId == null || brokerId.isEmpty()) {
            return false;
        }
        Matcher instance = CLIENT_INSTANCE.matcher(instanceId);
        return instance.matches() && instance.group(1).equals(clientId)
                || brokerId.equals(clientId) && brokerId.equals(instanceId);
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

        static boolean isStamped(Event event, String clientId, String instanceId) {
            return (Object) event instanceof Received received
                    ? received.isStamped()
                    : looksStamped(event, clientId, instanceId);
        }

        static ByteBuffer payload(Event event) {
            // The compiler of a class knows whose Event it is; the JVM that runs it may have another one.
            return (Object) event instanceof Received received ? received.payloadBytes() : array(event);
        }
    }
}
