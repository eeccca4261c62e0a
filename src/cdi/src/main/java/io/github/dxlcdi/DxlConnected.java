package io.github.dxlcdi;

import java.time.Instant;
import java.util.Optional;

/**
 * Is fired when the connection to the fabric is there and every subscription is confirmed: at first, and again after each
 * outage. Fired on a thread of the server's, apart from the detections and in order with {@link DxlDisconnected}.
 *
 * @param broker the broker, as {@code ssl://host:port}
 * @param since when it became ready
 * @param gap after an outage, the time in which nothing could be received; empty at the first connect
 */
public record DxlConnected(String broker, Instant since, Optional<Gap> gap) {

    /**
     * The time of an outage. The fabric delivers with quality of service 0: what was published in it is lost, and no one
     * sends it again. An application that must know everything asks TIE for what it may have missed.
     *
     * @param from when the former broker last gave a sign of life
     * @param to when every subscription was confirmed again
     */
    public record Gap(Instant from, Instant to) {}
}
