package io.github.dxlcdi.tie;

import io.github.dxlcdi.tie.json.Excerpt;
import io.github.dxlcdi.tie.json.PayloadReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hashes as the wire has them: a list of objects with {@code type} and, in base64, {@code value}. */
final class HashesJson {
    private static final String TYPE = "type";
    private static final String VALUE = "value";

    private HashesJson() {}

    /** The list that stands at {@code in}; other keys of an entry are passed over. */
    static Hashes read(PayloadReader in) throws IOException {
        String[] types = new String[Hashes.KNOWN_TYPES.size()];
        byte[][] values = new byte[types.length][];
        Set<String> seen = Set.of();
        int count = 0;
        in.enterArray();
        while (in.nextElement()) {
            if (count == types.length) {
                // A few are searched sooner than hashed; a payload of 1 MB has room for 40,000.
                seen = new HashSet<>(Arrays.asList(types));
                types = Arrays.copyOf(types, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            in.enterObject();
            String type = null;
            byte[] value = null;
            Map<String, String> others = Map.of();
            for (String key = in.nextKey(); key != null; key = in.nextKey()) {
                switch (key) {
                    case TYPE -> type = in.once(type).text(Hashes.KNOWN_TYPES);
                    case VALUE -> value = in.once(value).base64();
                    default -> {
                        others = others.isEmpty() ? new HashMap<>() : others;
                        in.once(others.put(key, key)).skip();
                    }
                }
            }
            in.required(TYPE, type, "the type of a hash");
            in.required(VALUE, value, "a hash in base64");
            boolean again = seen.isEmpty() ? Arrays.asList(types).contains(type) : !seen.add(type);
            if (again) {
                throw in.malformedField(TYPE, Excerpt.quoted(type) + " again", "each type once");
            }
            int expected = Hashes.lengthOf(type);
            if (expected >= 0 && value.length != expected) {
                throw in.malformedField(VALUE, value.length + " bytes", expected + " bytes for " + type);
            }
            types[count] = type;
            values[count++] = value;
        }
        return count == types.length
                ? new Hashes(types, values)
                : new Hashes(Arrays.copyOf(types, count), Arrays.copyOf(values, count));
    }

    static List<Map<String, String>> wireForm(Hashes hashes) {
        Base64.Encoder base64 = Base64.getEncoder();
        List<Map<String, String>> list = new ArrayList<>();
        hashes.forEach((type, value) -> list.add(Map.of(TYPE, type, VALUE, base64.encodeToString(value))));
        return list;
    }
}
