package io.github.dxlcdi.delivery;

import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Origin;
import io.github.dxlcdi.tie.TieEvent;
import io.github.dxlcdi.tie.json.Excerpt;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Warns of a sender that counts milliseconds where TIE counts seconds: what it sends is from a far year. Once in
 * the life of an application, as such a sender does it in each message. Safe from any thread.
 */
final class MillisecondTimes {
    /** In the year 5138; as milliseconds it is in 1973, before any endpoint detected anything. */
    private static final long LATEST_SECOND = 100_000_000_000L;

    private final RateLimitedLog log;
    private final AtomicBoolean warned = new AtomicBoolean();

    MillisecondTimes(RateLimitedLog log) {
        this.log = log;
    }

    /** Looks at {@code event}, which stays as it is. */
    void look(TieEvent event) {
        if (event instanceof FileDetection detection
                && detection.detectionTime().getEpochSecond() > LATEST_SECOND
                && warned.compareAndSet(false, true)) {
            Origin origin = detection.origin();
            log.write(
                    Level.WARNING,
                    "DXL1207",
                    "Message " + Excerpt.of(origin.messageId()) + " has the detectionTime "
                            + detection.detectionTime().getEpochSecond()
                            + ", which looks like milliseconds; TIE counts seconds. It is delivered as it is, and no"
                            + " further one is warned about. Look for the sender, client "
                            + Excerpt.of(origin.claimedSourceClientId().orElse("without an id")));
        }
    }
}
