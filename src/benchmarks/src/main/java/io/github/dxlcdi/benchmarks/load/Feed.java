package io.github.dxlcdi.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends one subscriber events, as fast as it takes them or at a steady pace. Stands behind TLS and writes what is encoded
 * already. The methods are called from any thread; what they start runs on the event loop.
 */
public final class Feed extends ChannelDuplexHandler {
    private static final int RECORD_BYTES = 16 * 1024;
    private static final int BULK_BYTES = 8 * RECORD_BYTES;
    private static final int SINGLES_A_WRITE = 32;

    /** After so many the event loop looks what else there is to do. */
    private static final int WRITES_AT_ONCE = 64;

    private static final int PACED_AT_ONCE = 100;

    /** A thread that sleeps wakes up late, by about so much. */
    private static final long WAKE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final ByteBuf frames;
    private final int frameBytes;
    private ChannelHandlerContext context;
    private Shape shape;
    private boolean pumpsLater;
    private int position;
    private long bytes;
    private volatile long sent;
    private volatile long allowed = Long.MAX_VALUE;

    Feed(ByteBuf frames, int frameBytes) {
        this.frames = frames;
        this.frameBytes = frameBytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
    }

    /** Events that were sent so far. */
    public long sent() {
        return sent;
    }

    /** Sends no more than so many in all, about; for receivers that TCP can't hold back. */
    public void allow(long events) {
        allowed = events;
        context.executor().execute(this::pumpLater);
    }

    /** Sends as fast as TCP takes it, until {@link #stop()}; nothing if the receiver is gone. */
    public void start(Shape shape) {
        context.executor().execute(() -> {
            this.shape = shape;
            SslHandler tls = context.pipeline().get(SslHandler.class);
            if (tls != null) {
                tls.setWrapDataSize(shape == Shape.BULK ? RECORD_BYTES : 0);
                pump();
            }
        });
    }

    /** Ends with a whole event; gives {@link #sent()}. */
    public long stop() {
        CompletableFuture<Long> stopped = new CompletableFuture<>();
        context.executor().execute(() -> {
            shape = null;
            endEvent();
            context.flush();
            stopped.complete(sent);
        });
        return stopped.join();
    }

    /**
     * Sends {@code count} events, each in a record and a write of its own, one every {@code everyNanos}.
     *
     * @param nagle whether TCP keeps a write back while the one before is not acknowledged
     * @return when each was written, {@link System#nanoTime()}
     */
    public CompletableFuture<long[]> pace(int count, long everyNanos, boolean nagle) {
        CompletableFuture<long[]> done = new CompletableFuture<>();
        context.executor().execute(() -> {
            SslHandler tls = context.pipeline().get(SslHandler.class);
            if (tls == null) {
                done.completeExceptionally(new IOException("the receiver has closed the connection"));
                return;
            }
            tls.setWrapDataSize(0);
            ((SocketChannel) context.channel()).config().setTcpNoDelay(!nagle);
            pace(new long[count], 0, System.nanoTime(), everyNanos, done);
        });
        return done;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        // Not at once: it may be told in the middle of a flush of ours.
        pumpLater();
    }

    /** An answer to the subscriber. It must not come in the midst of an event. */
    @Override
    public void write(ChannelHandlerContext context, Object answer, ChannelPromise promise) {
        endEvent();
        context.write(answer, promise);
    }

    private void pump() {
        for (int i = 0; i < WRITES_AT_ONCE; i++) {
            if (shape == null || sent >= allowed || !context.channel().isWritable()) {
                return;
            }
            if (shape == Shape.BULK) {
                write(Math.min(BULK_BYTES, frames.writerIndex() - position));
            } else {
                for (int single = 0; single < SINGLES_A_WRITE; single++) {
                    write(frameBytes);
                }
            }
            context.flush();
        }
        pumpLater();
    }

    private void pumpLater() {
        if (!pumpsLater) {
            pumpsLater = true;
            context.executor().execute(() -> {
                pumpsLater = false;
                pump();
            });
        }
    }

    private void pace(long[] times, int first, long start, long everyNanos, CompletableFuture<long[]> done) {
        int end = Math.min(times.length, first + PACED_AT_ONCE);
        for (int i = first; i < end; i++) {
            await(start + i * everyNanos);
            times[i] = System.nanoTime();
            write(frameBytes);
            context.flush();
        }
        if (end == times.length) {
            done.complete(times);
        } else {
            context.executor().execute(() -> pace(times, end, start, everyNanos, done));
        }
    }

    private static void await(long nanoTime) {
        long left = nanoTime - System.nanoTime();
        if (left > WAKE_NANOS) {
            LockSupport.parkNanos(left - WAKE_NANOS);
        }
        while (System.nanoTime() - nanoTime < 0) {
            Thread.onSpinWait();
        }
    }

    private void endEvent() {
        int begun = position % frameBytes;
        if (begun > 0) {
            write(frameBytes - begun);
        }
    }

    private void write(int length) {
        context.write(frames.retainedSlice(position, length), context.voidPromise());
        position = (position + length) % frames.writerIndex();
        bytes += length;
        sent = bytes / frameBytes;
    }
}
