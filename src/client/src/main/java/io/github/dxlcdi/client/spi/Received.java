package io.github.dxlcdi.client.spi;

import java.nio.ByteBuffer;
import java.time.Instant;

/** A message that knows when it came, and lets its bytes be read where they are. */
public interface Received {
    /** When it was read from the network, before it waited in a queue; for a message made here, when it was made. */
    Instant receivedAt();

    /**
     * The application's bytes without a copy, from the buffer's position to its limit; in an array, which may hold other
     * bytes as well. For reading alone.
     */
    ByteBuffer payloadBytes();
}
