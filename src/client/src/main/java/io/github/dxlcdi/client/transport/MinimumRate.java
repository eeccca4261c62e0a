package io.github.dxlcdi.client.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Gives up a broker that sends a packet byte by byte and never finishes it: each byte is a sign of life, so the
 * {@link KeepAlive} never does. What is unfinished has half a minute, and longer if it comes at {@value
 * #BYTES_PER_SECOND} bytes a second. Neither the time until the broker has accepted us nor a pause in reading counts,
 * and of a silence only the first {@value #LONGEST_GAP_SECONDS} seconds do: a longer one is for the keep alive.
 *
 * <p>Sits before a decoder, with {@link #whole()} behind it. Runs on the event loop.
 */
final class MinimumRate extends ChannelInboundHandlerAdapter {
    /** Half of 64 kbit/s. */
    private static final int BYTES_PER_SECOND = 4 * 1024;

    private static final long GRACE_SECONDS = 30;
    private static final long LONGEST_GAP_SECONDS = 10;

    private final String what;
    private final KeepAlive keepAlive;
    private boolean finished;

    /** How much there is of what is unfinished. */
    private long bytes;

    /** How long it has been coming. */
    private long nanos;

    private long lastRead;

    /** @param what is decoded, as in "an MQTT packet" */
    MinimumRate(String what, KeepAlive keepAlive) {
        this.what = what;
        this.keepAlive = keepAlive;
    }

    /** A new handler to be put behind the decoder: what it gets is finished. */
    ChannelHandler whole() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object decoded) {
                finished = true;
                context.fireChannelRead(decoded);
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        int length = read instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        finished = false;
        context.fireChannelRead(read);
        if (finished) {
            bytes = 0;
            return;
        }
        long now = context.executor().ticker().nanoTime();
        long readSince = keepAlive.readSince();
        if (bytes == 0) {
            nanos = 0;
            lastRead = now;
        } else if (readSince > lastRead) {
            nanos = 0;
            lastRead = readSince;
        }
        nanos += Math.min(now - lastRead, TimeUnit.SECONDS.toNanos(LONGEST_GAP_SECONDS));
        lastRead = now;
        bytes += length;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        if (seconds > GRACE_SECONDS + bytes / BYTES_PER_SECOND) {
            context.pipeline()
                    .fireExceptionCaught(new LinkException("the broker sends " + what + " too slowly: " + bytes
                            + " bytes of it have come in " + seconds + " s, and it is still not whole"));
        }
    }
}
