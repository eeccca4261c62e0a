package io.github.dxlcdi.lifecycle;

import io.github.dxlcdi.delivery.RunningDelivery;
import java.time.Instant;
import java.util.Optional;

/**
 * How the application stands to the fabric.
 *
 * @param ready whether every detection reaches the application now: connected and subscribed, or nothing to connect for
 * @param phase in a few words
 * @param since since when
 * @param broker the broker, when connected
 * @param lastError why the last try failed or the last connection was lost, until there is one again
 * @param subscriptions topics subscribed to
 * @param queueDepth messages that wait for a delivery thread
 * @param oldestDelivery the call of an observer that has been running longest; empty: none is running
 */
public record FabricState(
        boolean ready,
        String phase,
        Instant since,
        Optional<String> broker,
        Optional<String> lastError,
        int subscriptions,
        int queueDepth,
        Optional<RunningDelivery> oldestDelivery) {

    /** A connection as its client tells of it. */
    FabricState(
            boolean ready,
            String phase,
            Instant since,
            Optional<String> broker,
            Optional<String> lastError,
            int subscriptions,
            int queueDepth) {
        this(ready, phase, since, broker, lastError, subscriptions, queueDepth, Optional.empty());
    }

    FabricState with(Optional<RunningDelivery> oldest) {
        return new FabricState(ready, phase, since, broker, lastError, subscriptions, queueDepth, oldest);
    }

    /** The same, but not ready, because of {@code why}. */
    FabricState unready(String why) {
        return new FabricState(false, why, since, broker, lastError, subscriptions, queueDepth, oldestDelivery);
    }

    static FabricState notConnecting(boolean ready, String why, Instant since) {
        return new FabricState(ready, why, since, Optional.empty(), Optional.empty(), 0, 0);
    }
}
