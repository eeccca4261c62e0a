package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.log.TextLogger;
import io.github.dxlcdi.client.transport.Protection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The lines that an operator follows a connection by. While a broker is away the same reason is written once a minute,
 * not at every try. Runs on the event loop.
 */
final class ConnectionLog {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.connection");
    private static final long REPEAT_NANOS = Duration.ofMinutes(1).toNanos();

    /** When each reason was last written; empty while connected. */
    private final Map<String, Long> written = new HashMap<>();

    /** Failed tries that no line above the level of debugging has counted. */
    private int leftOut;

    /** @param protection null if TLS is not spoken here */
    void ready(BrokerAddress broker, int topics, Protection protection, boolean hostNameChecked) {
        written.clear();
        triesEnded();
        LOG.log(
                Level.INFO,
                "DXL0201 Connected to {0}, {1} subscription(s) confirmed; {2}, certificate authority pinned, host name"
                        + " {3}checked",
                broker,
                topics,
                protection == null ? "TLS of a socket factory" : protection,
                hostNameChecked ? "" : "not ");
        if (protection != null && !protection.hasForwardSecrecy()) {
            LOG.log(
                    Level.WARNING,
                    "DXL0221 The connection to {0} has no forward secrecy ({1}): whoever records it now and gets hold of the"
                            + " broker''s key one day can read it. Upgrade the broker; DXL brokers from 6.1.1 on have"
                            + " better suites",
                    broker,
                    protection);
        }
    }

    void tryFailed(Attempt.Failure failure) {
        long now = System.nanoTime();
        Long before = written.get(failure.reason());
        boolean again = before != null && now - before < REPEAT_NANOS;
        String more = "";
        if (!again) {
            written.put(failure.reason(), now);
            more = leftOut == 0 ? "" : " (" + leftOut + " more failed tries were not written)";
            leftOut = 0;
        } else if (!failure.last()) {
            // The last one is told by an exception.
            leftOut++;
        }
        Object next = failure.pause() == null
                ? ""
                : "; next try in " + failure.pause().toMillis() + " ms";
        LOG.log(
                again ? Level.DEBUG : Level.WARNING,
                "DXL0202 Could not connect: {0}{1}{2}",
                failure.reason(),
                next,
                more);
        if (failure.last()) {
            triesEnded();
        }
    }

    /** Counts what was left out: there is a connection, or nothing is tried any more. */
    void triesEnded() {
        if (leftOut > 0) {
            LOG.log(Level.INFO, "DXL0202 {0} more failed tries were not written", leftOut);
            leftOut = 0;
        }
    }

    void unconfirmed(BrokerAddress broker, long messages) {
        LOG.log(
                Level.WARNING,
                "DXL0208 {0} did not confirm in time that it has read the last {1} message(s) sent to it (those"
                        + " since the last ping that it answered); they may be lost. Check that the broker is not"
                        + " overloaded, or allow it more time (dxl.delivery.shutdown-timeout, or the client''s"
                        + " disconnect time-out)",
                broker,
                messages);
    }

    void loopFailed(Throwable cause) {
        LOG.log(
                Level.ERROR,
                "DXL0209 The event loop caught what nothing else did; it goes on, but gives up its connection",
                cause);
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
