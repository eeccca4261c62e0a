package io.github.dxlcdi.client.service;

import java.time.Duration;
import java.util.Locale;

/**
 * How long a registration holds, in units of minutes; in seconds with {@code dxlClient.service.ttlResolution=sec}, for
 * tests. Read from system properties when a service is made.
 *
 * @param resolutionSeconds seconds of a unit, 60 or 1
 * @param standard lifetime unless another is set, in units; {@code dxlClient.service.ttlDefault}, 60
 * @param least shortest lifetime, in units; {@code dxlClient.service.ttlLowerLimit}, 10
 * @param grace how much longer the broker may know a service that is not renewed, in units; {@code
 *     dxlClient.service.ttlGracePeriod}, 10
 */
public record Lifetime(int resolutionSeconds, long standard, long least, long grace) {
    private static final String PREFIX = "dxlClient.service.";
    private static final int MINUTE = 60;
    private static final long STANDARD = 60;
    private static final long LEAST = 10;
    private static final long GRACE = 10;

    /** As the system properties say. */
    public static Lifetime read() {
        String resolution = System.getProperty(PREFIX + "ttlResolution", "min").toLowerCase(Locale.ROOT);
        return new Lifetime(
                resolution.equals("sec") ? 1 : MINUTE,
                Long.getLong(PREFIX + "ttlDefault", STANDARD),
                Long.getLong(PREFIX + "ttlLowerLimit", LEAST),
                Long.getLong(PREFIX + "ttlGracePeriod", GRACE));
    }

    /** So many units. */
    public Duration of(long units) {
        return Duration.ofSeconds(Math.multiplyExact(units, resolutionSeconds));
    }

    /** So many units in the minutes that the broker counts in, rounded up. */
    public long minutes(long units) {
        return (units * resolutionSeconds + MINUTE - 1) / MINUTE;
    }
}
