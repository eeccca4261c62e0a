package io.github.dxlcdi.client.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a web socket begins; {@code WebSocketTest} asks a real broker. */
class WebSocketUpgradeTest {
    private final LateNews lateNews = new LateNews();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            lateNews,
            new HttpClientCodec(),
            new HttpObjectAggregator(WebSocketUpgrade.LARGEST_ANSWER),
            new WebSocketUpgrade("broker:443", 1_000),
            new BinaryFrames(),
            new FirstWord());

    /** Writes at once, and tells later that it has. */
    private static final class LateNews extends ChannelOutboundHandlerAdapter {
        private final Deque<ChannelPromise> written = new ArrayDeque<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            written.add(promise);
            context.write(message);
        }

        void tell() {
            while (!written.isEmpty()) {
                written.poll().setSuccess();
            }
        }
    }

    /** Speaks when it hears of TLS, as MQTT does. */
    private static final class FirstWord extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.writeAndFlush(Unpooled.copiedBuffer("first", US_ASCII));
        }
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void an_answer_that_is_there_before_the_news_that_all_is_written_loses_no_word() {
        channel.pipeline().fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
        byte[] request = sent();

        channel.writeInbound(Unpooled.wrappedBuffer(WebSocketFuzzTest.accepting(request)));
        assertThat(sent()).isEmpty();
        lateNews.tell();

        byte[] frame = sent();
        assertThat(frame).hasSize(2 + 4 + "first".length()).startsWith(0x82, 0x80 | "first".length());
    }

    private byte[] sent() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.writeBytes(bytes);
            bytes.release();
        }
        byte[] copy = new byte[all.readableBytes()];
        all.readBytes(copy);
        return copy;
    }
}
