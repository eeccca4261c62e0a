package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;

/** Throws away what comes, not even decrypted: shows what the sender can do. It counts bytes of TLS, so a few events too many. */
public final class Sink extends BareNettyBytes {
    @Override
    void subscribed(ChannelHandlerContext context, Endpoint endpoint, Tally tally) {
        super.subscribed(context, endpoint, tally);
        context.pipeline().remove(SslHandler.class);
    }
}
