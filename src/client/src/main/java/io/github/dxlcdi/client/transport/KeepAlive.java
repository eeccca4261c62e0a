package io.github.dxlcdi.client.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Sends PINGREQ twice in each keep alive time, and gives the peer up after one and a quarter of it without any byte.
 * Stands first in the pipeline, so that every byte counts, also of a TLS record that is not whole yet.
 *
 * <p>While reading is paused the peer can't be heard and its silence doesn't count; PINGREQ goes on, since the broker
 * watches us as well. Runs on the event loop.
 */
final class KeepAlive extends ChannelInboundHandlerAdapter {
    private final long keepAliveNanos;
    private ChannelHandlerContext context;
    private ScheduledFuture<?> pings;
    private ScheduledFuture<?> deadline;
    private boolean started;
    private boolean reading = true;
    private long readSince;
    private long silentSince;
    private Instant lastHeard = Instant.now();

    KeepAlive(Duration keepAlive) {
        keepAliveNanos = keepAlive.toNanos();
    }

    /** Begins once the broker has accepted us; until then the connect time-out watches. */
    void start() {
        started = true;
        readSince = now();
        if (keepAliveNanos > 0) {
            long half = keepAliveNanos / 2;
            pings = context.executor().scheduleAtFixedRate(this::ping, half, half, TimeUnit.NANOSECONDS);
            watch();
        }
    }

    void readingChanged(boolean readsNow) {
        reading = readsNow;
        silentSince = now();
        readSince = silentSince;
    }

    /** Since when the broker, once it has accepted us, is read without a pause; now, if it is not. */
    long readSince() {
        return started && reading ? readSince : now();
    }

    Instant lastHeard() {
        return lastHeard;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        silentSince = now();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        silentSince = now();
        lastHeard = Instant.now();
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (pings != null) {
            pings.cancel(false);
            deadline.cancel(false);
        }
        context.fireChannelInactive();
    }

    private long now() {
        return context.executor().ticker().nanoTime();
    }

    private void ping() {
        try {
            context.channel().writeAndFlush(MqttMessage.PINGREQ);
        } catch (Throwable e) {
            giveUp(e);
        }
    }

    private void watch() {
        try {
            watchOn();
        } catch (Throwable e) {
            giveUp(e);
        }
    }

    /** Netty repeats no task that has thrown, so the link would not be watched any more. */
    private void giveUp(Throwable cause) {
        context.pipeline().fireExceptionCaught(cause);
    }

    private void watchOn() {
        long patience = keepAliveNanos + keepAliveNanos / 4;
        long left = reading ? patience - (now() - silentSince) : patience;
        if (left > 0) {
            deadline = context.executor().schedule(this::watch, left, TimeUnit.NANOSECONDS);
            return;
        }
        context.pipeline()
                .fireExceptionCaught(new LinkException("nothing was heard of the broker for "
                        + Duration.ofNanos(patience).toMillis()
                        + " ms (keep alive "
                        + Duration.ofNanos(keepAliveNanos).toSeconds() + " s): the connection is dead"));
    }
}
