package io.github.dxlcdi.client.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** Stands in the place of TLS where the socket itself speaks it. Runs on the event loop. */
final class AlreadySecured extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.fireChannelActive();
        context.fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
    }
}
