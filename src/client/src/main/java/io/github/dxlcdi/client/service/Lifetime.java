package io.github.dxlcdi.client.service;

import java.time.Duration;
import java.util.Locale;

/**
 * How long a registration holds, in units of minutes; in seconds with {@code dxlClient.service.ttlResolution=sec}, for
 * tests. Read from system properties when a service is made; one that is out of range counts as not set.
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

    /** In minutes: the broker is told them as an int. */
    private static final long MOST = Integer.MAX_VALUE;

    /** As the system properties say. */
    public static Lifetime read() {
        String resolution = System.getProperty(PREFIX + "ttlResolution", "min").toLowerCase(Locale.ROOT);
        int seconds = resolution.equals("sec") ? 1 : MINUTE;
        return new Lifetime(
                seconds,
                units("ttlDefault", STANDARD, seconds),
                units("ttlLowerLimit", LEAST, seconds),
                units("ttlGracePeriod", GRACE, seconds));
    }

    private static long units(String name, long otherwise, int resolutionSeconds) {
        long units = Long.getLong(PREFIX + name, otherwise);
        return units >= 0 && units <= most(resolutionSeconds) ? units : otherwise;
    }

    /** Longest lifetime, in units. */
    public long most() {
        return most(resolutionSeconds);
    }

    private static long most(int resolutionSeconds) {
        return MOST * MINUTE / resolutionSeconds;
    }

    /** How many units make a minute, 1 or 60. */
    public long unitsPerMinute() {
        return MINUTE / resolutionSeconds;
    }

    /** So many units. */
    public Duration of(long units) {
        return Duration.ofSeconds(units * resolutionSeconds);
    }

    /** So many units in the minutes that the broker counts in, rounded up. */
    public long minutes(long units) {
        return (units * resolutionSeconds + MINUTE - 1) / MINUTE;
    }
}
