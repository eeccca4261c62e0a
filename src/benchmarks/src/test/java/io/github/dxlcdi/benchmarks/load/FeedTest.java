package io.github.dxlcdi.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final int FRAME_BYTES = 700;
    private static final byte OF_AN_EVENT = 1;
    private static final byte OF_AN_ANSWER = 2;

    @Test
    void an_answer_comes_between_two_events() throws Exception {
        ByteBuf frames = Unpooled.buffer(1_000 * FRAME_BYTES);
        while (frames.isWritable()) {
            frames.writeByte(OF_AN_EVENT);
        }
        Feed feed = new Feed(frames, FRAME_BYTES);
        SslHandler tls = new SslHandler(SSLContext.getDefault().createSSLEngine());
        // TLS stands where it encrypts nothing.
        EmbeddedChannel channel = new EmbeddedChannel(feed, tls);
        try {
            feed.allow(300);
            feed.start(Shape.BULK);
            channel.runPendingTasks();
            channel.pipeline().context(tls).writeAndFlush(Unpooled.wrappedBuffer(new byte[] {OF_AN_ANSWER}));

            ByteBuf sent = sent(channel);
            int answer = sent.indexOf(0, sent.writerIndex(), OF_AN_ANSWER);
            assertThat(answer).isGreaterThan(300 * FRAME_BYTES).isEqualTo(sent.writerIndex() - 1);
            assertThat(answer % FRAME_BYTES).as("of an event before the answer").isZero();
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static ByteBuf sent(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return all;
    }
}
