package io.github.dxlcdi.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.config.ProxyAddress;
import io.github.dxlcdi.client.fuzz.Damage;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever a proxy answers: there is a tunnel, or a reason why there is none that is known, and one of them once. A run with a
 * million inputs: {@code -P fuzz}.
 */
class ProxyFuzzTest {
    private static final Pattern KNOWN_REASON = Pattern.compile(
            "the HTTP proxy proxy:3128 (is none: its answer is no HTTP|closed the connection before it opened a tunnel to"
                    + " broker:8883|opened no tunnel to broker:8883: HTTP status \\d+).*");
    private static final int LONGEST_REASON = 300;
    private static final String OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";
    private static final List<String> ANSWERS = List.of(
            OPEN,
            "HTTP/1.0 200 OK\r\nproxy-agent: x\r\ncontent-length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n" + OPEN,
            "HTTP/1.1 407 Login\r\nproxy-authenticate: Digest realm=\"x\"\r\ncontent-length: 0\r\n\r\n" + OPEN,
            "HTTP/1.1 403 \u001b[2J\u0007forged\u0085line\r\ncontent-length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 503 " + "x".repeat(4_000) + "\r\n\r\n",
            "HTTP/1.1 502 Bad Gateway\r\nx: " + "y".repeat(9_000) + "\r\n\r\n");

    @Example
    void a_good_answer_opens_the_tunnel() {
        try (Proxied link = new Proxied()) {
            link.receive(0, OPEN.getBytes(ISO_8859_1));

            assertThat(link.opened).isOne();
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void any_answer_opens_the_tunnel_or_is_refused_for_a_reason_that_is_known(
            @ForAll("answers") String answer, @ForAll("damage") Damage damage, @ForAll int portion) {
        try (Proxied link = new Proxied()) {
            link.receive(portion, damage.of(answer.getBytes(ISO_8859_1)));
        }
    }

    @Provide
    Arbitrary<String> answers() {
        return Arbitraries.of(ANSWERS);
    }

    @Provide
    Arbitrary<Damage> damage() {
        return Damage.any();
    }

    /** Stands behind the tunnel; once closed it has checked what it was told, and that no buffer is left. */
    private static final class Proxied extends ChannelInboundHandlerAdapter implements AutoCloseable {
        private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        private final ChannelDuplexHandler tls = new ChannelDuplexHandler();
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final List<String> failures = new ArrayList<>();
        private int opened;

        Proxied() {
            channel.freezeTime();
            channel.config().setAllocator(allocator);
            channel.pipeline()
                    .addLast(
                            new ProxyTunnel(
                                    new ProxyAddress("proxy", 3128, null, null),
                                    "broker:8883",
                                    Duration.ofSeconds(30),
                                    tls),
                            this);
            channel.pipeline().fireChannelActive();
        }

        /** Lets the bytes arrive in portions of that size. */
        void receive(int portion, byte[] bytes) {
            int size = Math.floorMod(portion, bytes.length + 1) + 1;
            for (int at = 0; at < bytes.length; at += size) {
                byte[] next = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
                channel.writeInbound(allocator.buffer(next.length).writeBytes(next));
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            opened++;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failures.add(cause.getMessage());
        }

        @Override
        public void close() {
            assertThat(channel.pipeline().toMap().containsValue(tls)).isEqualTo(opened == 1);
            channel.close();
            channel.finishAndReleaseAll();
            assertThat(opened + failures.size())
                    .as("opened %d, failed %s", opened, failures)
                    .isOne();
            assertThat(failures)
                    .allSatisfy(reason -> assertThat(reason)
                            .matches(KNOWN_REASON)
                            .doesNotContainPattern(FuzzedLink.OBEYED)
                            .hasSizeLessThan(LONGEST_REASON));
            assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                    .as("bytes in buffers that nobody has released")
                    .isZero();
        }
    }
}
