package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttDecoder;

/** Netty's TLS, and a count of the bytes that come out of it. */
public class BareNettyBytes extends BareNetty {
    @Override
    void subscribed(ChannelHandlerContext context, Endpoint endpoint, Tally tally) {
        context.pipeline().addBefore(context.name(), null, new Bytes(endpoint.frameBytes(), tally));
        context.pipeline().remove(MqttDecoder.class);
    }

    private static final class Bytes extends ChannelInboundHandlerAdapter {
        private final int frameBytes;
        private final Tally tally;
        private long bytes;

        Bytes(int frameBytes, Tally tally) {
            this.frameBytes = frameBytes;
            this.tally = tally;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf part = (ByteBuf) message;
            bytes += part.readableBytes();
            part.release();
            tally.arrivedInAll(bytes / frameBytes);
        }
    }
}
