package io.github.dxlcdi.tie;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.dxlcdi.tie.json.Excerpt;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The hashes of one file, by type: any subset of {@code md5}, {@code sha1} and {@code sha256}, in any order; types
 * beyond these are kept as they are. Types are told apart by case, as on the wire. What an entry of the wire's list
 * holds beyond type and value is not kept (the raw JSON has it). Two are equal if they hold the same hashes in whatever
 * order. Jackson and JSON-B write them as {@link #all()} has them; JSON-B only where they are the declared type, so put
 * {@link #all()} itself into a map of your own.
 */
@JsonbTypeSerializer(JsonbForm.class)
public final class Hashes {
    /** The types that TIE has, the strongest last. */
    static final List<String> KNOWN_TYPES = List.of("md5", "sha1", "sha256");

    private static final HexFormat HEX = HexFormat.of();

    private final String[] types;
    private final byte[][] values;

    /** Takes the arrays as they are: as long as each other, each type once, its value of the length that it must have. */
    Hashes(String[] types, byte[][] values) {
        this.types = types;
        this.values = values;
    }

    /**
     * Hashes from hex, upper or lower case: 32 digits for {@code md5}, 40 for {@code sha1}, 64 for {@code sha256}, an
     * even number for other types. The order of the map is kept.
     *
     * @throws IllegalArgumentException naming type, value and what is expected, if a value is no such hex
     */
    public static Hashes of(Map<String, String> hexByType) {
        String[] types = new String[hexByType.size()];
        byte[][] values = new byte[types.length][];
        int count = 0;
        for (Map.Entry<String, String> hash : hexByType.entrySet()) {
            types[count] = checkedType(hash.getKey());
            values[count++] = checkedValue(hash.getKey(), hash.getValue());
        }
        return new Hashes(types, values);
    }

    /** MD5 as 32 lower-case hex digits. */
    public Optional<String> md5() {
        return hex("md5");
    }

    /** SHA-1 as 40 lower-case hex digits. */
    public Optional<String> sha1() {
        return hex("sha1");
    }

    /** SHA-256 as 64 lower-case hex digits. */
    public Optional<String> sha256() {
        return hex("sha256");
    }

    /** The hash of {@code type} as lower-case hex. */
    public Optional<String> hex(String type) {
        int index = indexOf(type);
        return index < 0 ? Optional.empty() : Optional.of(HEX.formatHex(values[index]));
    }

    /** A copy of the bytes of the hash of {@code type}. */
    public Optional<byte[]> bytes(String type) {
        int index = indexOf(type);
        return index < 0 ? Optional.empty() : Optional.of(values[index].clone());
    }

    /** All of them, type to lower-case hex, in the order of the wire. Can't be changed. */
    @JsonValue
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        forEach((type, value) -> all.put(type, HEX.formatHex(value)));
        return Collections.unmodifiableMap(all);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return types.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hashes hashes && all().equals(hashes.all());
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (int i = 0; i < types.length; i++) {
            sum += types[i].hashCode() ^ Arrays.hashCode(values[i]);
        }
        return sum;
    }

    /** Types and hex on one line, shortened. */
    @Override
    public String toString() {
        return Excerpt.of(all().toString(), 250);
    }

    /** The strongest of the known ones, for messages. */
    String label() {
        for (String type : new String[] {"sha256", "sha1", "md5"}) {
            int index = indexOf(type);
            if (index >= 0) {
                return type + " " + HEX.formatHex(values[index]);
            }
        }
        return "no hash";
    }

    /** Type and bytes of each, in the order of the wire; the bytes are not copied and must not be changed. */
    void forEach(BiConsumer<String, byte[]> action) {
        for (int i = 0; i < types.length; i++) {
            action.accept(types[i], values[i]);
        }
    }

    private int indexOf(String type) {
        for (int i = 0; i < types.length; i++) {
            if (types[i].equals(type)) {
                return i;
            }
        }
        return -1;
    }

    /** Number of bytes of a known type, -1 for others. */
    static int lengthOf(String type) {
        return switch (type) {
            case "md5" -> 16;
            case "sha1" -> 20;
            case "sha256" -> 32;
            default -> -1;
        };
    }

    private static String checkedType(String type) {
        if (type == null) {
            throw new IllegalArgumentException("The type of a hash is null, expected md5, sha1 or sha256");
        }
        return type;
    }

    private static byte[] checkedValue(String type, String hex) {
        int expected = lengthOf(type);
        try {
            byte[] value = hex == null ? null : HEX.parseHex(hex);
            if (value != null && (expected < 0 || value.length == expected)) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // Told below, with type and length.
        }
        String digits = expected < 0 ? "an even number of" : String.valueOf(2 * expected);
        throw new IllegalArgumentException("Hash " + Excerpt.of(type) + " is "
                + (hex == null ? "null" : Excerpt.quoted(hex)) + ", expected " + digits + " hex digits");
    }
}
