package io.github.dxlcdi.fabric.registry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * When registrations end that nobody renews.
 *
 * @param ttlUnit what the {@code ttlMins} of a registration count; a minute, but for tests
 * @param grace how much longer than its time to live a registration lasts
 * @param checkInterval how often the broker looks for registrations that have ended
 * @param clock tells the time
 */
public record RegistrySettings(Duration ttlUnit, Duration grace, Duration checkInterval, InstantSource clock) {
    /** Those of a DXL broker: five minutes of grace, looked at every ten minutes. */
    public static final RegistrySettings DEFAULT = new RegistrySettings(
            Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10), InstantSource.system());

    /** Throws IllegalArgumentException if a time is negative, or if one but the grace is zero. */
    public RegistrySettings {
        Objects.requireNonNull(clock, "clock");
        if (!isPositive(ttlUnit) || grace.isNegative() || !isPositive(checkInterval)) {
            throw new IllegalArgumentException(
                    "Of the times of a service registry, unit " + ttlUnit + ", grace " + grace + " and check interval "
                            + checkInterval + ", only the grace may be zero, and none negative");
        }
    }

    private static boolean isPositive(Duration time) {
        return !time.isZero() && !time.isNegative();
    }
}
