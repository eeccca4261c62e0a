package io.github.dxlcdi.client.transport;

import io.netty.channel.Channel;

/**
 * A connection on which nothing has been said yet: to a broker, or to the proxy before it. It belongs to whoever holds it,
 * until a {@link MqttLink} is opened on it. Used on the event loop.
 */
public final class Line {
    private final Channel channel;
    private final boolean secured;

    /** @param secured whether TLS is spoken below it already */
    Line(Channel channel, boolean secured) {
        this.channel = channel;
        this.secured = secured;
    }

    Channel channel() {
        return channel;
    }

    boolean isSecured() {
        return secured;
    }

    /** Hangs up; for a line that nobody wants. */
    public void close() {
        channel.close();
    }
}
