package io.github.dxlcdi.client.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client's end: what comes is not masked, what goes is not looked at but for its form. */
class BinaryFramesTest {
    private static final int BINARY = 2;
    private static final int CONTINUATION = 0;
    private static final int LAST = 0x80;
    private static final int LIMIT = 1_000;

    private final EmbeddedChannel channel = new EmbeddedChannel(
            new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                    .expectMaskedFrames(false)
                    .maxFramePayloadLength(LIMIT)
                    .build()),
            new WebSocket13FrameEncoder(false),
            new BinaryFrames(),
            new MqttDecoder(LIMIT));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void several_packets_in_one_frame_are_several_packets() {
        receive(frame(LAST | BINARY, join(publish("/a"), publish("/b"), publish("/c"))));

        assertThat(topics()).containsExactly("/a", "/b", "/c");
    }

    @Test
    void one_packet_may_be_spread_over_frames_and_fragments_in_any_way() {
        byte[] all = join(publish("/a"), publish("/b"));
        for (int cut = 1; cut < all.length - 1; cut++) {
            byte[] first = Arrays.copyOfRange(all, 0, cut);
            byte[] second = Arrays.copyOfRange(all, cut, cut + 1);
            byte[] third = Arrays.copyOfRange(all, cut + 1, all.length);
            receive(frame(LAST | BINARY, first), frame(LAST | BINARY, second), frame(LAST | BINARY, third));
            assertThat(topics()).containsExactly("/a", "/b");

            // A control frame may stand between the fragments of a message.
            receive(
                    frame(BINARY, first),
                    frame(LAST | 10, new byte[0]),
                    frame(CONTINUATION, second),
                    frame(LAST | CONTINUATION, third));
            assertThat(topics()).containsExactly("/a", "/b");
        }
    }

    @Test
    void a_ping_is_answered_with_its_own_words() {
        receive(frame(LAST | 9, "abc".getBytes(US_ASCII)));

        assertThat(sent()).isEqualTo("8a03616263");
    }

    @Test
    void the_peers_good_bye_is_told_with_its_status_and_reason() {
        byte[] reason = "try later".getBytes(UTF_8);
        byte[] goodBye = frame(LAST | 8, join(new byte[] {0x03, (byte) 0xf5}, reason));

        assertThatThrownBy(() -> receive(goodBye))
                .isInstanceOf(LinkException.class)
                .hasMessage("the peer closed the web socket with status 1013 (try later)");
    }

    @Test
    void text_is_refused() {
        assertThatThrownBy(() -> receive(frame(LAST | 1, "text".getBytes(US_ASCII))))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("frame of text");
    }

    @Test
    void a_frame_above_the_limit_is_refused_by_its_length_alone() {
        byte[] head = HexFormat.of().parseHex("827f0000000040000000");

        assertThatThrownBy(() -> receive(head)).isInstanceOf(CorruptedWebSocketFrameException.class);
    }

    @Test
    void bytes_leave_in_binary_frames_and_closing_says_good_bye_once() {
        channel.writeOutbound(Unpooled.wrappedBuffer(new byte[] {(byte) 0xc0, 0}));
        assertThat(sent()).isEqualTo("8202c000");

        channel.close();
        channel.close();

        assertThat(sent()).isEqualTo("880503e8427965");
        assertThat(channel.isOpen()).isFalse();
    }

    private void receive(byte[]... frames) {
        channel.writeInbound(Unpooled.wrappedBuffer(join(frames)));
    }

    private List<String> topics() {
        List<String> topics = new ArrayList<>();
        for (Object packet = channel.readInbound(); packet != null; packet = channel.readInbound()) {
            topics.add(((MqttPublishMessage) packet).variableHeader().topicName());
            ReferenceCountUtil.release(packet);
        }
        return topics;
    }

    private String sent() {
        StringBuilder hex = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            bytes.release();
            hex.append(HexFormat.of().formatHex(copy));
        }
        return hex.toString();
    }

    private static byte[] publish(String topic) {
        return join(
                new byte[] {0x30, (byte) (topic.length() + 4), 0, (byte) topic.length()},
                topic.getBytes(US_ASCII),
                new byte[] {1, 2});
    }

    private static byte[] frame(int head, byte[] content) {
        return join(new byte[] {(byte) head, (byte) content.length}, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
