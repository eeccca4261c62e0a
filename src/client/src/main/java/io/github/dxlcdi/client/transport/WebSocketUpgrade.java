package io.github.dxlcdi.client.transport;

import io.github.dxlcdi.client.wire.ForeignText;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.URI;

/**
 * Asks for a web socket once TLS stands, and holds the news of TLS back until there is one: whoever comes behind takes that
 * for the sign to begin. Runs on the event loop.
 */
final class WebSocketUpgrade extends ChannelInboundHandlerAdapter {
    static final int LARGEST_ANSWER = 64 * 1024;

    private static final String PATH = "/mqtt";
    private static final String SUB_PROTOCOL = "mqtt";
    private static final boolean NO_EXTENSIONS = false;
    private static final boolean MASKED = true;
    private static final boolean MASKS_OF_BROKER = false;
    private static final long AT_ONCE = 0;
    private static final boolean WHOLE_URL = false;
    private static final boolean WITH_ORIGIN = false;

    private final WebSocketClientHandshaker handshaker;
    private SslHandshakeCompletionEvent secured;
    private ChannelFuture asked;

    /**
     * @param authority host and port as in a URL
     * @param maxFrameBytes longest frame that is read
     */
    WebSocketUpgrade(String authority, int maxFrameBytes) {
        // The host stands in the header: what goes for a host name on a network needn't be one by the rules of URLs.
        HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.HOST, authority);
        handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                URI.create("wss://broker" + PATH),
                WebSocketVersion.V13,
                SUB_PROTOCOL,
                NO_EXTENSIONS,
                headers,
                maxFrameBytes,
                MASKED,
                MASKS_OF_BROKER,
                AT_ONCE,
                WHOLE_URL,
                WITH_ORIGIN);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls && tls.isSuccess()) {
            secured = tls;
            asked = handshaker.handshake(context.channel());
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof FullHttpResponse response)) {
            context.fireChannelRead(message);
            return;
        }
        // A socket that is written by a thread of its own may have the answer before it has told that all is written.
        asked.addListener(written -> answered(context, response));
    }

    private void answered(ChannelHandlerContext context, FullHttpResponse response) {
        try {
            handshaker.finishHandshake(context.channel(), response);
            context.fireUserEventTriggered(secured);
        } catch (WebSocketHandshakeException e) {
            context.fireExceptionCaught(new LinkException(words(response.status(), e)));
        } finally {
            response.release();
        }
    }

    private static String words(HttpResponseStatus status, WebSocketHandshakeException refusal) {
        String remedy = switch (status.code()) {
            case 101 -> " (" + ForeignText.shown(refusal.getMessage()) + "); whoever answered speaks no MQTT";
            case 401, 403 -> "; it, or a gateway before it, does not let us in: its log says more";
            case 502, 503, 504 -> "; a gateway before it doesn't reach it: check that the broker runs";
            default ->
                "; check that host and port are those of the broker's web socket listener, usually 443: a web"
                        + " server answers like that";
        };
        return "the broker did not open a web socket at " + PATH + ": HTTP status "
                + ForeignText.shown(status.toString()) + remedy;
    }
}
