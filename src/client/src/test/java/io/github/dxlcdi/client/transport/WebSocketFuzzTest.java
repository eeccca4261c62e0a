package io.github.dxlcdi.client.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.fuzz.Damage;
import io.github.dxlcdi.client.wire.Vector;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Whatever answers our wish for a web socket, and whatever comes in its frames: the link goes on, or ends for a reason that
 * is known. A run with a million inputs each: {@code -P fuzz}.
 */
class WebSocketFuzzTest {
    private static final byte[] CONNACK = HexFormat.of().parseHex("20020000");
    private static final byte[] PUBLISH =
            FuzzedLink.publish("/event", Vector.named("event-v3-full").bytes());
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final List<String> ANSWERS = List.of(
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 302 Found\r\nlocation: https://example.org/\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm=\"x\"\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 403 \u001b[2J\u0007forged\u0085line\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: \u001b[2J\u0085\r\nconnection: upgrade\r\n\r\n",
            "HTTP/1.0 503 Service Unavailable\r\n\r\n");

    @Example
    void what_comes_in_good_frames_is_told() {
        try (FuzzedLink link = FuzzedLink.webSocket()) {
            link.receive(0, accepting(link.sent()), frame(0x82, CONNACK), frame(0x82, PUBLISH));

            assertThat(link.told()).hasSize(2).startsWith("accepted");
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void any_answer_to_the_upgrade_is_taken_or_refused(
            @ForAll("answers") String answer, @ForAll("damage") Damage damage, @ForAll int portion) {
        try (FuzzedLink link = FuzzedLink.webSocket()) {
            byte[] good = answer.isEmpty() ? accepting(link.sent()) : answer.getBytes(ISO_8859_1);
            link.receive(portion, damage.of(good), frame(0x82, CONNACK), frame(0x82, PUBLISH));
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void what_was_good_before_damaged_frames_is_told_once_and_in_order(
            @ForAll("frames") List<byte[]> frames, @ForAll("damage") Damage damage, @ForAll int portion) {
        try (FuzzedLink link = FuzzedLink.webSocket()) {
            link.receive(portion, accepting(link.sent()), frame(0x82, CONNACK), frame(0x82, PUBLISH));
            List<String> before = List.copyOf(link.told());
            link.receive(portion, damage.of(FuzzedLink.join(frames.toArray(byte[][]::new))));

            assertThat(before).hasSize(2);
            assertThat(link.told().subList(0, 2)).isEqualTo(before);
        }
    }

    @Provide
    Arbitrary<String> answers() {
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just("")), Tuple.of(1, Arbitraries.of(ANSWERS)));
    }

    @Provide
    Arbitrary<List<byte[]>> frames() {
        return Arbitraries.of(
                        frame(0x82, PUBLISH),
                        frame(0x02, HexFormat.of().parseHex("d0")),
                        frame(0x80, HexFormat.of().parseHex("00")),
                        frame(0x89, "ping".getBytes(US_ASCII)),
                        frame(0x8a, new byte[0]),
                        frame(0x88, HexFormat.of().parseHex("03e8")),
                        frame(0x88, new byte[0]),
                        frame(0x81, "text".getBytes(US_ASCII)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<Damage> damage() {
        return Damage.any();
    }

    /** The answer that opens the web socket that {@code request} asks for (RFC 6455, 4.2.2). */
    static byte[] accepting(byte[] request) {
        Matcher key = KEY.matcher(new String(request, US_ASCII));
        assertThat(key.find()).isTrue();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
            return ("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
                            + "sec-websocket-protocol: mqtt\r\nsec-websocket-accept: "
                            + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                    .getBytes(US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    static byte[] frame(int head, byte[] content) {
        ByteBuffer frame = ByteBuffer.allocate(content.length + 4).put((byte) head);
        if (content.length < 126) {
            frame.put((byte) content.length);
        } else {
            frame.put((byte) 126).putShort((short) content.length);
        }
        frame.put(content).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
