package io.github.dxlcdi.client.transport;

import io.github.dxlcdi.client.wire.ForeignText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;

/**
 * A stream of bytes in the binary frames of a web socket, for either end of it. Where a frame begins means nothing (MQTT
 * 3.1.1, 6.0): one may hold several packets or part of one. Runs on the event loop.
 */
public final class BinaryFrames extends ChannelDuplexHandler {
    private boolean closing;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
            context.fireChannelRead(((WebSocketFrame) message).content());
        } else if (message instanceof WebSocketFrame frame) {
            try {
                control(context, frame);
            } finally {
                frame.release();
            }
        } else {
            context.fireChannelRead(message);
        }
    }

    private void control(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame) {
            context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            String reason = close.reasonText().isEmpty() ? "" : " (" + ForeignText.shown(close.reasonText()) + ")";
            context.fireExceptionCaught(
                    new LinkException("the peer closed the web socket with status " + close.statusCode() + reason));
        } else if (!(frame instanceof PongWebSocketFrame)) {
            context.fireExceptionCaught(
                    new LinkException("the peer sent a web socket frame of text; MQTT has binary ones only"));
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message, promise);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        boolean isWebSocket = context.pipeline().context(WebSocketFrameEncoder.class) != null;
        if (isWebSocket && !closing) {
            closing = true;
            context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        }
        context.close(promise);
    }
}
