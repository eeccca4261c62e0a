package io.github.dxlcdi.client.transport;

import java.time.Duration;

/**
 * How long an orderly leave waits for the broker to read what was sent to it. It ends when either is over.
 *
 * @param total from the beginning; zero: it doesn't wait
 * @param silence since the broker last sent a packet
 */
public record LeaveTimeout(Duration total, Duration silence) {

    /** One that does not depend on what the broker sends meanwhile. */
    public static LeaveTimeout of(Duration total) {
        return new LeaveTimeout(total, total);
    }
}
