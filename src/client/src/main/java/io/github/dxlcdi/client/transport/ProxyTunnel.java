package io.github.dxlcdi.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dxlcdi.client.config.ProxyAddress;
import io.github.dxlcdi.client.wire.ForeignText;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks an HTTP proxy for a tunnel (CONNECT), and when there is one makes room for TLS. The proxy gets the broker's name as
 * it stands in the configuration: it may be one that only the proxy can look up. Runs on the event loop.
 */
final class ProxyTunnel extends ChannelInboundHandlerAdapter {
    private static final int OPEN = 200;

    private final ProxyAddress proxy;
    private final String authority;
    private final Duration timeout;
    private final ChannelHandler tls;
    private HttpClientCodec codec;
    private ScheduledFuture<?> deadline;
    private HttpResponse answer;
    private boolean decided;

    /**
     * @param authority the broker's host and port as in a URL
     * @param timeout how long the proxy may take
     * @param tls what is put in this one's place when the tunnel is open
     */
    ProxyTunnel(ProxyAddress proxy, String authority, Duration timeout, ChannelHandler tls) {
        this.proxy = proxy;
        this.authority = authority;
        this.timeout = timeout;
        this.tls = tls;
    }

    /** Those behind hear of it when the tunnel is open. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        codec = new HttpClientCodec();
        context.pipeline().addBefore(context.name(), null, codec);
        deadline = context.executor()
                .schedule(
                        () -> fail(
                                context,
                                "did not open a tunnel to " + authority + " within " + timeout.toMillis()
                                        + " ms; check that it reaches the broker"),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        context.writeAndFlush(request());
    }

    private FullHttpRequest request() {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority, Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, authority);
        if (proxy.user() != null) {
            request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, "Basic " + login());
        }
        return request;
    }

    private String login() {
        char[] password = proxy.password() == null ? new char[0] : proxy.password();
        CharBuffer both = CharBuffer.allocate(proxy.user().length() + 1 + password.length);
        both.put(proxy.user()).put(':').put(password).flip();
        ByteBuffer bytes = UTF_8.encode(both);
        try {
            byte[] login = new byte[bytes.remaining()];
            bytes.get(login);
            String encoded = Base64.getEncoder().encodeToString(login);
            Arrays.fill(login, (byte) 0);
            return encoded;
        } finally {
            Arrays.fill(both.array(), '\0');
            Arrays.fill(bytes.array(), (byte) 0);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (decided) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpResponse head) {
            answer = head;
            if (head.decoderResult().isFailure()) {
                fail(context, "is none: its answer is no HTTP; check its address and port");
            } else if (head.status().code() != OPEN) {
                fail(context, refusal(head));
            }
        } else if (message instanceof LastHttpContent && answer.status().code() == OPEN) {
            open(context);
        }
        ReferenceCountUtil.release(message);
    }

    private void open(ChannelHandlerContext context) {
        decided = true;
        deadline.cancel(false);
        context.pipeline().remove(codec);
        context.pipeline().addAfter(context.name(), null, tls);
        context.fireChannelActive();
        context.pipeline().remove(this);
    }

    private String refusal(HttpResponse head) {
        String what = "opened no tunnel to " + authority + ": HTTP status "
                + ForeignText.shown(head.status().toString());
        return switch (head.status().code()) {
            case 407 -> what + loginRemedy(head);
            case 403, 405 -> what + "; it has to allow CONNECT to the broker's port, many allow port 443 only";
            case 502, 503, 504 -> what + "; it can't reach the broker: check the broker's name as the proxy knows it";
            default -> what + "; its log says more";
        };
    }

    private String loginRemedy(HttpResponse head) {
        List<String> asks = head.headers().getAll(HttpHeaderNames.PROXY_AUTHENTICATE);
        boolean takesBasic = asks.isEmpty()
                || asks.stream().anyMatch(scheme -> scheme.regionMatches(true, 0, "Basic", 0, "Basic".length()));
        if (!takesBasic) {
            return "; it wants a login by another scheme than Basic, the only one that we speak";
        }
        return proxy.user() == null
                ? "; it wants a login: configure user and password of the proxy"
                : "; it does not accept the login of '" + proxy.user() + "': check user and password of the proxy";
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(
                context,
                "broke the connection before it opened a tunnel to " + authority + ": " + LinkException.message(cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, "closed the connection before it opened a tunnel to " + authority + "; its log says more");
        context.fireChannelInactive();
    }

    private void fail(ChannelHandlerContext context, String what) {
        if (decided) {
            return;
        }
        decided = true;
        deadline.cancel(false);
        context.fireExceptionCaught(new LinkException("the HTTP proxy " + proxy + " " + what));
    }
}
