package io.github.dxlcdi.client.query;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JSON object of a broker. Brokers of different versions tell more or less, so what is missing, of another type, or out
 * of the range of what it should be, is the empty value of its kind.
 */
record Answer(Map<String, ?> fields) {
    private static final long MOST_MINUTES = Long.MAX_VALUE / 60;

    String text(String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    long number(String name) {
        return number(name, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    int integer(String name) {
        return (int) number(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private long number(String name, long least, long most) {
        if (!(fields.get(name) instanceof Number number)) {
            return 0;
        }
        // Of what is longer than a long only the lowest bits would be left.
        long value = number instanceof BigInteger ? 0 : number.longValue();
        return value >= least && value <= most ? value : 0;
    }

    double fraction(String name) {
        return fields.get(name) instanceof Number number && Double.isFinite(number.doubleValue())
                ? number.doubleValue()
                : 0;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    Instant epochSeconds(String name) {
        return Instant.ofEpochSecond(number(name, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
    }

    Duration minutes(String name) {
        return Duration.ofMinutes(number(name, -MOST_MINUTES, MOST_MINUTES));
    }

    List<String> texts(String name) {
        return fields.get(name) instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    Map<String, String> textsByName(String name) {
        if (!(fields.get(name) instanceof Map<?, ?> values)) {
            return Map.of();
        }
        // Not toUnmodifiableMap: its maps are searched one by one where hash codes are alike, and services choose the
        // names.
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return Collections.unmodifiableMap(texts);
    }

    /** The objects below {@code name}, without their keys, which the objects repeat. */
    List<Answer> objects(String name) {
        return fields.get(name) instanceof Map<?, ?> values
                ? values.values().stream().flatMap(Answer::object).toList()
                : List.of();
    }

    private static Stream<Answer> object(Object value) {
        if (!(value instanceof Map<?, ?> object)) {
            return Stream.empty();
        }
        return Stream.of(new Answer(object.entrySet().stream()
                .filter(field -> field.getValue() != null)
                .collect(Collectors.toMap(field -> String.valueOf(field.getKey()), Map.Entry::getValue))));
    }
}
