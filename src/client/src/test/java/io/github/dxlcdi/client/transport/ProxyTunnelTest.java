package io.github.dxlcdi.client.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.config.ProxyAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a proxy answers to CONNECT; {@code ProxyTest} asks a real one. */
class ProxyTunnelTest {
    private final ChannelDuplexHandler tls = new ChannelDuplexHandler();
    private final Rest rest = new Rest();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new ProxyTunnel(new ProxyAddress("proxy", 3128, null, null), "broker:8883", Duration.ofSeconds(30), tls),
            rest);

    /** Stands behind the tunnel. */
    private static final class Rest extends ChannelInboundHandlerAdapter {
        private final List<String> failures = new ArrayList<>();
        private int opened;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            opened++;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failures.add(cause.getMessage());
        }
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void an_accepted_tunnel_makes_room_for_tls() {
        answer("HTTP/1.1 200 Connection established\r\n\r\n");

        assertThat(channel.pipeline().toMap().values()).containsExactly(tls, rest);
        assertThat(rest.opened).isOne();
        assertThat(rest.failures).isEmpty();
    }

    @Test
    void what_comes_after_a_refusal_opens_no_tunnel() {
        answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        answer("HTTP/1.1 200 Connection established\r\n\r\n");
        channel.close();

        assertThat(channel.pipeline().toMap().values()).doesNotContain(tls);
        assertThat(rest.opened).isZero();
        assertThat(rest.failures)
                .singleElement()
                .asString()
                .startsWith("the HTTP proxy proxy:3128 opened no tunnel to broker:8883: HTTP status 403 Forbidden");
    }

    private void answer(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text, US_ASCII);
        channel.writeInbound(bytes);
    }
}
