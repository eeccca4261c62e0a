package io.github.dxlcdi.tie;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.spi.Received;
import java.time.Instant;

/**
 * When an event came from the network. This project's client knows; behind the OpenDXL Java client it is the time of
 * asking.
 */
final class ReceiveTime {
    private static final boolean CLIENT_KNOWS = isPresent("io.github.dxlcdi.client.spi.Received");

    private ReceiveTime() {}

    static Instant of(Event event) {
        return CLIENT_KNOWS ? FromClient.receivedAt(event) : Instant.now();
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, ReceiveTime.class.getClassLoader());
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
    }
}
