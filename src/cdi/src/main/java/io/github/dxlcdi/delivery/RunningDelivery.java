package io.github.dxlcdi.delivery;

import java.time.Duration;

/**
 * A call of an observer that has not returned yet.
 *
 * @param observer class and method of the observer
 * @param duration for how long it has been running; up to a second less than it really has
 */
public record RunningDelivery(String observer, Duration duration) {}
