package io.github.dxlcdi.client.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * TCP to one host. Of its addresses one after the other is tried, but without waiting long for the one before, and the two
 * families in turn (RFC 8305); the first that answers is taken, the others are hung up. Runs on the event loop.
 */
public final class Dial {
    private static final int SMALLEST_READ = 64;
    private static final int FIRST_READ = 2 * 1024;

    /** Twice Netty's, and reached under load alone: what is left of a TLS record at the end of a read is copied. */
    private static final int LARGEST_READ = 128 * 1024;

    private static final long HEAD_START_MILLIS = 250;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final Deque<InetSocketAddress> untried;
    private final List<Channel> ringing = new ArrayList<>();
    private final CompletableFuture<Line> result = new CompletableFuture<>();
    private Throwable failure;
    private ScheduledFuture<?> headStart;

    private Dial(EventLoop loop, List<InetSocketAddress> addresses, Duration timeout, boolean quickAck) {
        this.loop = loop;
        this.untried = inTurn(addresses);
        bootstrap = new Bootstrap()
                .group(loop.group())
                .channel(loop.socketKind().channel())
                // Its end would be told by Netty's global thread, and the addresses are looked up already.
                .disableResolver()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(SMALLEST_READ, FIRST_READ, LARGEST_READ))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, timeout.toMillis()))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (quickAck) {
                            QuickAck.addTo(channel);
                        }
                    }
                });
        result.whenComplete((line, failed) -> hangUp(line));
    }

    /**
     * Starts to connect.
     *
     * @param addresses at least one, the preferred one first
     * @param timeout how long each may take
     * @param quickAck whether what comes is acknowledged at once, where the operating system can do that
     * @return the line; fails as the first address did, with what became of the others as suppressed ones. Cancel it when
     *     the line is no longer wanted
     */
    public static CompletableFuture<Line> start(
            EventLoop loop, List<InetSocketAddress> addresses, Duration timeout, boolean quickAck) {
        Dial dial = new Dial(loop, addresses, timeout, quickAck);
        dial.next();
        return dial.result;
    }

    private void next() {
        if (untried.isEmpty()) {
            return;
        }
        ChannelFuture connecting = bootstrap.connect(untried.poll());
        ringing.add(connecting.channel());
        // A socket that could not even be made is told on another thread of Netty's.
        connecting.addListener(done -> loop.execute(() -> answered(connecting)));
        if (!untried.isEmpty()) {
            headStart = loop.group().schedule(this::next, HEAD_START_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void answered(ChannelFuture connecting) {
        ringing.remove(connecting.channel());
        if (connecting.isSuccess()) {
            Line line = new Line(connecting.channel(), false);
            if (!result.complete(line)) {
                line.close();
            }
            return;
        }
        if (failure == null) {
            failure = connecting.cause();
        } else {
            failure.addSuppressed(connecting.cause());
        }
        if (!untried.isEmpty()) {
            headStart.cancel(false);
            next();
        } else if (ringing.isEmpty()) {
            result.completeExceptionally(failure);
        }
    }

    private void hangUp(Line taken) {
        untried.clear();
        if (headStart != null) {
            headStart.cancel(false);
        }
        ringing.forEach(Channel::close);
    }

    static Deque<InetSocketAddress> inTurn(List<InetSocketAddress> addresses) {
        Class<? extends InetAddress> preferred = addresses.get(0).getAddress().getClass();
        Deque<InetSocketAddress> others = new ArrayDeque<>();
        Deque<InetSocketAddress> first = new ArrayDeque<>();
        addresses.forEach(address -> (preferred.isInstance(address.getAddress()) ? first : others).add(address));
        Deque<InetSocketAddress> turns = new ArrayDeque<>();
        while (!first.isEmpty() || !others.isEmpty()) {
            if (!first.isEmpty()) {
                turns.add(first.poll());
            }
            if (!others.isEmpty()) {
                turns.add(others.poll());
            }
        }
        return turns;
    }
}
