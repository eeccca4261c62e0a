package io.github.dxlcdi.tie.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of JSON as plain Java objects: the ones that {@link PayloadReader#value} gives. */
public final class JsonValues {
    private JsonValues() {}

    /**
     * A copy of {@code fields} that can't be changed, deep down, in the same order.
     *
     * @throws IllegalArgumentException if a value, at any depth, is none that {@link PayloadReader#value} gives, or lies
     *     deeper than a payload may be
     */
    public static Map<String, Object> copyOf(Map<String, ?> fields) {
        return fields.isEmpty() ? Map.of() : copy(fields, 1);
    }

    private static Object copy(String key, Object value, int depth) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
                || value instanceof BigDecimal) {
            return value;
        }
        if (depth > Json.MAX_DEPTH) {
            throw new IllegalArgumentException("Field '" + key + "' is deeper than " + Json.MAX_DEPTH);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object element : list) {
                copy.add(copy(key, element, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            return copy(map, depth + 1);
        }
        throw new IllegalArgumentException("Field '" + key + "' has a value that JSON has not: "
                + value.getClass().getName());
    }

    private static Map<String, Object> copy(Map<?, ?> fields, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("A key of JSON is a text, not " + key);
            }
            copy.put(name, copy(name, value, depth));
        });
        return Collections.unmodifiableMap(copy);
    }
}
