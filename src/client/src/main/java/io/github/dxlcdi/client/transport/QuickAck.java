package io.github.dxlcdi.client.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;

/**
 * Has TCP acknowledge at once. DXL brokers send with Nagle's algorithm on: a message waits for the acknowledgement of the
 * one before, and Linux keeps that back for up to 40 ms. The operating system forgets the wish whenever it likes, so it is
 * told again after each read. Runs on the event loop.
 */
final class QuickAck extends ChannelInboundHandlerAdapter {
    private static final String NAME = "TCP_QUICKACK";

    private final ChannelOption<Boolean> option;

    private QuickAck(ChannelOption<Boolean> option) {
        this.option = option;
    }

    /** Does nothing where the operating system doesn't know it. */
    static void addTo(Channel channel) {
        // By name: some servers hide the class that has it as a constant, and Netty's epoll has one of its own.
        for (ChannelOption<?> known : channel.config().getOptions().keySet()) {
            if (known.name().endsWith(NAME)) {
                @SuppressWarnings("unchecked")
                ChannelOption<Boolean> found = (ChannelOption<Boolean>) known;
                channel.pipeline().addLast(new QuickAck(found));
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        try {
            context.channel().config().setOption(option, true);
        } catch (ChannelException e) {
            // The peer was quicker and has closed.
        }
        context.fireChannelReadComplete();
    }
}
