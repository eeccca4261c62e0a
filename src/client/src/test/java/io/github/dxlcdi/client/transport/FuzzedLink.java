package io.github.dxlcdi.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.config.ProxyAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A link over which anything may come. Once closed it has checked that nobody was told of an end without a known reason,
 * that the end was told once and as the last, and that no buffer is left.
 */
final class FuzzedLink implements AutoCloseable, MqttLink.Listener {
    static final int LARGEST_FRAME = 100_000;

    private static final String PEER = "broker.example.org:8883";
    private static final int MOST_PORTIONS = 1_000;

    /** The words of docs/troubleshooting.md; an exception's name among them would be one that nobody thought of. */
    private static final Pattern KNOWN_REASON =
            Pattern.compile(Pattern.quote(PEER) + ": the (broker|peer|HTTP proxy) .*", Pattern.DOTALL);

    private static final Pattern NAME_OF_AN_EXCEPTION = Pattern.compile("(Exception|Error)\\b");

    /** What a log or a terminal would take for more than text. */
    static final Pattern OBEYED = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> told = new ArrayList<>();
    private String end;

    private FuzzedLink(boolean webSocket) {
        channel.freezeTime();
        channel.config().setAllocator(allocator);
        MqttLink.Settings settings = new MqttLink.Settings(
                null, null, "{client}", Duration.ofSeconds(60), Duration.ofSeconds(10), LARGEST_FRAME);
        Optional<ProxyAddress> noProxy = Optional.empty();
        MqttLink.open(
                new Line(channel, true),
                new MqttLink.Target("broker.example.org", 8883, webSocket, noProxy),
                settings,
                this);
    }

    static FuzzedLink mqtt() {
        return new FuzzedLink(false);
    }

    static FuzzedLink webSocket() {
        return new FuzzedLink(true);
    }

    /** Lets the bytes arrive in portions of that size. */
    void receive(int portion, byte[]... parts) {
        byte[] bytes = join(parts);
        int size = Math.max(Math.floorMod(portion, bytes.length + 1), bytes.length / MOST_PORTIONS + 1);
        for (int at = 0; at < bytes.length && channel.isOpen(); at += size) {
            byte[] next = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
            channel.writeInbound(allocator.buffer(next.length).writeBytes(next));
        }
        check();
    }

    /** What the client has sent since this was last asked. */
    byte[] sent() {
        return sent(channel);
    }

    /** What has been sent on a channel since this was last asked. */
    static byte[] sent(EmbeddedChannel channel) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            byte[] copy = new byte[bytes.readableBytes()];
            bytes.readBytes(copy);
            bytes.release();
            sent.writeBytes(copy);
        }
        return sent.toByteArray();
    }

    List<String> told() {
        return told;
    }

    static String told(String topic, byte... body) {
        return "published " + topic + " " + body.length + " " + Arrays.hashCode(body);
    }

    static byte[] publish(String topic, byte[] body) {
        byte[] name = topic.getBytes(UTF_8);
        int length = 2 + name.length + body.length;
        ByteArrayOutputStream packet = new ByteArrayOutputStream(length + 4);
        packet.write(0x30);
        for (int left = length; ; left >>= 7) {
            packet.write(left > 0x7f ? left & 0x7f | 0x80 : left);
            if (left <= 0x7f) {
                break;
            }
        }
        packet.write(name.length >> 8);
        packet.write(name.length);
        packet.writeBytes(name);
        packet.writeBytes(body);
        return packet.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public void accepted() {
        tell("accepted");
    }

    @Override
    public void published(String topic, byte[] body) {
        tell(told(topic, body));
    }

    @Override
    public void readAll() {}

    @Override
    public void subscribed(int packetId, boolean granted) {
        tell("subscribed " + packetId + " " + granted);
    }

    @Override
    public void unsubscribed(int packetId) {
        tell("unsubscribed " + packetId);
    }

    @Override
    public void closed(LinkException reason) {
        if (end == null) {
            end = reason.getMessage();
        } else {
            told.add("closed again: " + reason.getMessage());
        }
    }

    /** Must not throw: what a listener throws, the pipeline takes for a failure of the link. */
    private void tell(String what) {
        told.add(end == null ? what : what + " after the end");
    }

    private void check() {
        assertThat(channel.isOpen()).as("open, told %s", told).isEqualTo(end == null);
        assertThat(told)
                .noneMatch(what -> what.endsWith(" after the end"))
                .noneMatch(what -> what.startsWith("closed again"));
        if (end != null) {
            assertThat(end)
                    .matches(KNOWN_REASON)
                    .doesNotContainPattern(NAME_OF_AN_EXCEPTION)
                    .doesNotContainPattern(OBEYED);
        }
    }

    @Override
    public void close() {
        channel.close();
        channel.checkException();
        check();
        assertThat(end).as("the end is told").isNotNull();
        channel.finishAndReleaseAll();
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .as("bytes in buffers that nobody has released")
                .isZero();
    }
}
