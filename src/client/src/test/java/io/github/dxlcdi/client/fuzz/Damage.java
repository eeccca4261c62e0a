package io.github.dxlcdi.client.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * What may befall bytes on their way, or in the hands of an attacker: one to four changes, each at any place.
 *
 * @param changes in the order in which they happen
 */
public record Damage(List<Change> changes) {
    private static final int MOST_CHANGES = 4;
    private static final int FAR = 1_000_000;
    private static final int LONGEST_PIECE = 64;

    /** Numbers that stand at the edge of some length, and the heads of msgpack, MQTT, DER and web socket frames. */
    private static final byte[] TELLING = HexFormat.of()
            .parseHex("00010203040609303132405062707f8081828384888a90a0a1bfc0c1c4c6cacdcfd0d4d9dadbdcdddedfe0f0feff");

    /** What one change does at its place. */
    public enum Kind {
        FLIP,
        PUT,
        REMOVE,
        INSERT,
        CUT,
        REPEAT,
        LENGTH
    }

    /**
     * One change.
     *
     * @param place counted from the beginning and, beyond the end, from the beginning again
     * @param value whatever {@code kind} takes it for
     */
    public record Change(Kind kind, int place, int value) {
        private byte[] of(byte[] bytes) {
            int at = place % (bytes.length + 1);
            int piece = Math.floorMod(value, LONGEST_PIECE) + 1;
            byte telling = TELLING[Math.floorMod(value, TELLING.length)];
            return switch (kind) {
                case FLIP -> over(bytes, at, at < bytes.length ? (byte) (bytes[at] ^ 1 << (value & 7)) : telling);
                case PUT -> over(bytes, at, telling);
                case REMOVE -> spliced(bytes, at, Math.min(bytes.length, at + piece));
                case INSERT -> spliced(bytes, at, at, telling, (byte) (value >> 8));
                case CUT -> Arrays.copyOf(bytes, at);
                case REPEAT -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, Math.max(0, at - piece), at));
                case LENGTH ->
                    over(bytes, at, ByteBuffer.allocate(4).putInt(value).array());
            };
        }
    }

    /** Any damage to anything. */
    public static Arbitrary<Damage> any() {
        // Half of the places are anywhere, the others rather in front, where the lengths and the names of kinds are.
        Arbitrary<Integer> place = Arbitraries.oneOf(
                Arbitraries.integers().between(0, FAR).withDistribution(RandomDistribution.uniform()),
                Arbitraries.integers().between(0, 255).withDistribution(RandomDistribution.uniform()));
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        place,
                        Arbitraries.integers().withDistribution(RandomDistribution.uniform()))
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_CHANGES)
                .map(Damage::new);
    }

    /** A damaged copy. */
    public byte[] of(byte[] bytes) {
        byte[] damaged = bytes.clone();
        for (Change change : changes) {
            damaged = change.of(damaged);
        }
        return damaged;
    }

    private static byte[] over(byte[] bytes, int at, byte... news) {
        return spliced(bytes, at, Math.min(bytes.length, at + news.length), news);
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte... news) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(bytes.length + news.length);
        all.write(bytes, 0, from);
        all.writeBytes(news);
        all.write(bytes, to, bytes.length - to);
        return all.toByteArray();
    }
}
