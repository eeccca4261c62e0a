package io.github.dxlcdi.tie;

import io.github.dxlcdi.tie.json.Excerpt;
import io.github.dxlcdi.tie.json.PayloadReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hashes as the wire has them: a list of objects with {@code type} and, in base64, {@code value}. */
final class HashesJson {
    private static final String TYPE = "type";
    private static final String VALUE = "value";

    private HashesJson() {}

    /** The list that stands at {@code in}; other keys of an entry are passed over. */
    static Hashes read(PayloadReader in) throws IOException {
        List<String> types = new ArrayList<>(3);
        List<byte[]> values = new ArrayList<>(3);
        in.enterArray();
        while (in.nextElement()) {
            in.enterObject();
            String type = null;
            byte[] value = null;
            Map<String, String> others = Map.of();
            for (String key = in.nextKey(); key != null; key = in.nextKey()) {
                switch (key) {
                    case TYPE -> type = in.once(type).text();
                    case VALUE -> value = in.once(value).base64();
                    default -> {
                        others = others.isEmpty() ? new HashMap<>() : others;
                        in.once(others.put(key, key)).skip();
                    }
                }
            }
            in.required(TYPE, type, "the type of a hash");
            in.required(VALUE, value, "a hash in base64");
            if (types.contains(type)) {
                throw in.malformedField(TYPE, Excerpt.quoted(type) + " again", "each type once");
            }
            int expected = Hashes.lengthOf(type);
            if (expected >= 0 && value.length != expected) {
                throw in.malformedField(VALUE, value.length + " bytes", expected + " bytes for " + type);
            }
            types.add(type);
            values.add(value);
        }
        return new Hashes(types.toArray(String[]::new), values.toArray(byte[][]::new));
    }

    static List<Map<String, String>> wireForm(Hashes hashes) {
        Base64.Encoder base64 = Base64.getEncoder();
        List<Map<String, String>> list = new ArrayList<>();
        for (String type : hashes.types()) {
            byte[] value = hashes.bytes(type).orElseThrow();
            list.add(Map.of(TYPE, type, VALUE, base64.encodeToString(value)));
        }
        return list;
    }
}
