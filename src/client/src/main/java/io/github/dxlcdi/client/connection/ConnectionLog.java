package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.config.BrokerAddress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * The lines that an operator follows a connection by. While a broker is away the same reason is written once a minute,
 * not at every try. Runs on the event loop.
 */
final class ConnectionLog {
    private static final Logger LOG = System.getLogger("io.github.dxlcdi.client.connection");
    private static final long REPEAT_NANOS = Duration.ofMinutes(1).toNanos();

    private String lastReason;
    private long lastNanos;

    void ready(BrokerAddress broker, int topics) {
        lastReason = null;
        LOG.log(Level.INFO, "DXL0201 Connected to {0}, {1} subscription(s) confirmed", broker, topics);
    }

    void tryFailed(Attempt.Failure failure) {
        long now = System.nanoTime();
        boolean again = failure.reason().equals(lastReason) && now - lastNanos < REPEAT_NANOS;
        if (!again) {
            lastReason = failure.reason();
            lastNanos = now;
        }
        Object next = failure.pause() == null
                ? ""
                : "; next try in " + failure.pause().toMillis() + " ms";
        LOG.log(again ? Level.DEBUG : Level.WARNING, "DXL0202 Could not connect: {0}{1}", failure.reason(), next);
    }

    void lost(BrokerAddress broker, String reason, boolean onPurpose) {
        if (onPurpose) {
            LOG.log(Level.INFO, "DXL0203 Left {0}: {1}", broker, reason);
        } else {
            LOG.log(
                    Level.WARNING,
                    "DXL0204 The connection to {0} is lost: {1}. What is published until it is back will not arrive",
                    broker,
                    reason);
        }
    }
}
