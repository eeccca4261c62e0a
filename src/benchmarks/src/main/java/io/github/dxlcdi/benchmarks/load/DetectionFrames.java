package io.github.dxlcdi.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.dxlcdi.tie.FileDetection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/**
 * MQTT packets of detections as a real broker forwards them, made after one that was captured: all as long as that one, but each with
 * an id, an endpoint, a time, a file and hashes of its own. The same at every run.
 */
public final class DetectionFrames {
    private static final String CAPTURED = "/real-java-arrived.hex";
    private static final String MESSAGE_ID = "b50598ec-2746-41ab-9d8a-20684e91dd74";
    private static final String CLIENT = "430b51dd48fdd7b17aa8087e7ea19c908fd8ebef";
    private static final String TENANT = "f5898f93-d5a9-4b4f-8b55-82c9474d5cb3";
    private static final String AGENT = "68125cd6-a5d8-11e6-348e-000c29663178";
    private static final String TIME = "1481301038";
    private static final String MD5 = "614rncUYF6CG17l+tSQQqw==";
    private static final String SHA1 = "Q139Rw9ydDfHy08Hy6H5ofQnJlY=";
    private static final String SHA256 = "QUuxaxDs4tsthEjLnzE/gMt3wxDKDBnuA8c8ugwW/ts=";
    private static final String NAME = "TEST_MALWARE_JAVA.EXE";

    private final byte[][] frames;

    private DetectionFrames(byte[][] frames) {
        this.frames = frames;
    }

    /** {@code count} different ones. */
    public static DetectionFrames make(int count) {
        String captured = captured();
        Random random = new Random(count);
        byte[][] frames = new byte[count][];
        for (int i = 0; i < count; i++) {
            frames[i] = publish(another(captured, i, random).getBytes(ISO_8859_1));
        }
        return new DetectionFrames(frames);
    }

    /** How many there are. */
    public int count() {
        return frames.length;
    }

    /** Bytes of each. */
    public int frameBytes() {
        return frames[0].length;
    }

    /** The MQTT packet of one; not to be changed. */
    public byte[] frame(int index) {
        return frames[index];
    }

    /** All of them, one after the other, outside of the heap. */
    ByteBuf concatenated() {
        ByteBuf all = Unpooled.directBuffer(frames.length * frameBytes());
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all;
    }

    private static String captured() {
        try (InputStream in = DetectionFrames.class.getResourceAsStream(CAPTURED)) {
            String hex = new String(in.readAllBytes(), US_ASCII).strip();
            return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each value gives way to one that is as long, so that the lengths before them stay right. */
    private static String another(String captured, int index, Random random) {
        return captured.replace(MESSAGE_ID, uuid(random))
                .replace(CLIENT, HexFormat.of().formatHex(bytes(20, random)))
                .replace(TENANT, uuid(random))
                .replace(AGENT, uuid(random))
                .replace(TIME, String.valueOf(Long.parseLong(TIME) + index))
                .replace(MD5, base64(16, random))
                .replace(SHA1, base64(20, random))
                .replace(SHA256, base64(32, random))
                .replace(NAME, String.format("SAMPLE_%010d.EXE", random.nextInt(Integer.MAX_VALUE)));
    }

    private static byte[] publish(byte[] body) {
        EmbeddedChannel encoder = new EmbeddedChannel(MqttEncoder.INSTANCE);
        encoder.writeOutbound(MqttMessageBuilders.publish()
                .topicName(FileDetection.TOPIC)
                .qos(MqttQoS.AT_MOST_ONCE)
                .retained(false)
                .payload(Unpooled.wrappedBuffer(body))
                .build());
        ByteBuf frame = Unpooled.buffer();
        for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
            frame.writeBytes(part);
            part.release();
        }
        encoder.finishAndReleaseAll();
        return ByteBufUtil.getBytes(frame);
    }

    private static String uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static String base64(int length, Random random) {
        return Base64.getEncoder().encodeToString(bytes(length, random));
    }

    private static byte[] bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
