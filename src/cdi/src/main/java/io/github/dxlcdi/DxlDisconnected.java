package io.github.dxlcdi;

import java.time.Instant;

/**
 * Is fired when the connection to the fabric is lost, and then a new one is tried without end; also when the application has
 * disconnected the client itself, and then none is. The loss is noticed at once when the broker closes, and within one and
 * a half {@code dxl.keep-alive} when it falls silent. Fired on a thread of the server's, apart from the detections and in
 * order with {@link DxlConnected}.
 *
 * @param broker the broker that was lost, as {@code ssl://host:port}
 * @param lastHeard when it last gave a sign of life: nothing published since then is sure to have arrived
 * @param reason why, in words
 */
public record DxlDisconnected(String broker, Instant lastHeard, String reason) {}
