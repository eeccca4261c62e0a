package io.github.dxlcdi.fabric.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Stands between the socket and TLS, and is open: shut, nothing passes and all is kept; narrow, bytes come in only so
 * fast. Runs on the event loop.
 */
final class Gate extends ChannelDuplexHandler {
    /** Any number of bytes a second. */
    static final int WIDE = 0;

    /** At least. */
    private static final int PORTIONS_PER_SECOND = 20;

    private ChannelHandlerContext ctx;
    private int bytesPerSecond;
    private boolean shut;

    /** Whether those behind have enough for now. */
    private boolean held;

    /** What has been read from the socket and has not passed yet; null: nothing. */
    private ByteBuf kept;

    /** The next portion of a narrow gate; null if the time of the last one is over. */
    private ScheduledFuture<?> next;

    Gate(int bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    void shut() {
        shut = true;
        listen();
    }

    /** Lets in so many bytes a second from now on. */
    void narrow(int bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Opens it wide; what was kept goes on. */
    void open() {
        bytesPerSecond = WIDE;
        shut = false;
        // The silence was ours.
        IdleStateHandler idle = ctx.pipeline().get(IdleStateHandler.class);
        if (idle != null) {
            idle.resetReadTimeout();
        }
        ctx.flush();
        if (next != null) {
            next.cancel(false);
        }
        passPortion();
        ctx.pipeline().get(PacketTurns.class).goOn();
    }

    /** Reads nothing more from the socket, or does again; what has been read passes all the same. */
    void hold(boolean hold) {
        if (held != hold) {
            held = hold;
            listen();
        }
    }

    private void listen() {
        ctx.channel().config().setAutoRead(!shut && !held && kept == null);
    }

    boolean isShut() {
        return shut;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        forget();
    }

    /** TLS asks for more on its own when a record isn't whole. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (!shut && !held && kept == null) {
            ctx.read();
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (!shut) {
            ctx.flush();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        if (!shut && bytesPerSecond == WIDE) {
            ctx.fireChannelRead(bytes);
            return;
        }
        kept = kept == null ? (ByteBuf) bytes : Unpooled.wrappedBuffer(kept, (ByteBuf) bytes);
        listen();
        if (!shut && next == null) {
            passPortion();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        forget();
        ctx.fireChannelInactive();
    }

    private void passPortion() {
        next = null;
        if (shut) {
            return;
        }
        if (kept != null) {
            pass(kept);
        }
        listen();
    }

    private void pass(ByteBuf from) {
        int most = bytesPerSecond == WIDE ? from.readableBytes() : Math.max(1, bytesPerSecond / PORTIONS_PER_SECOND);
        ByteBuf portion = from.readRetainedSlice(Math.min(most, from.readableBytes()));
        if (!from.isReadable()) {
            from.release();
            kept = null;
        }
        if (bytesPerSecond != WIDE) {
            long itsTime = TimeUnit.SECONDS.toNanos(portion.readableBytes()) / bytesPerSecond;
            next = ctx.executor().schedule(this::passPortion, itsTime, TimeUnit.NANOSECONDS);
        }
        ctx.fireChannelRead(portion);
        ctx.fireChannelReadComplete();
    }

    private void forget() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }
}
