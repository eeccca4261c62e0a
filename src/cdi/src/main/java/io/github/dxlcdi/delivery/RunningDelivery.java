package io.github.dxlcdi.delivery;

import java.time.Duration;

/**
 * A call of an observer, or of a callback of the application, that has not returned yet.
 *
 * @param observer class and method of the observer, or class of the callback
 * @param duration for how long it has been running; up to a second less than it really has
 */
public record RunningDelivery(String observer, Duration duration) {}
