package io.github.dxlcdi.client.spi;

import java.nio.ByteBuffer;
import java.time.Instant;

/** A message that knows when and in which form it came, and lets its bytes be read where they are. */
public interface Received {
    /** When it was read from the network, before it waited in a queue; for a message made here, when it was made. */
    Instant receivedAt();

    /**
     * The application's bytes without a copy, from the buffer's position to its limit; in an array, which may hold other
     * bytes as well. For reading alone.
     */
    ByteBuffer payloadBytes();

    /**
     * Whether it came in the form that a DXL broker gives to each message that it can read, with the true ids of the
     * sender; what has been set since doesn't count. A DXL broker hands on what it can't read as it is, whatever ids
     * the sender wrote into it, and never in this form. Behind any other broker the form proves nothing. False for a
     * message made here.
     */
    boolean isStamped();
}
