package io.github.dxlcdi.client.spi;

import java.time.Instant;

/** A message that knows when it came. */
public interface Received {
    /** When it was read from the network, before it waited in a queue; for a message made here, when it was made. */
    Instant receivedAt();
}
