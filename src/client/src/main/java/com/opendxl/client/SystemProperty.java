package com.opendxl.client;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * System properties that give a configuration its defaults, read anew each time. What can't be read or is out of range
 * counts as not set: a program must not fail because of a property that is meant for others.
 */
final class SystemProperty {
    private SystemProperty() {}

    static int integer(String name, int otherwise, int least) {
        return read(name, otherwise, Integer::valueOf, value -> value >= least);
    }

    static long longInteger(String name, long otherwise, long least) {
        return read(name, otherwise, Long::valueOf, value -> value >= least);
    }

    static float fraction(String name, float otherwise) {
        return read(name, otherwise, Float::valueOf, value -> value >= 0 && value <= 1);
    }

    private static <T> T read(String name, T otherwise, Function<String, T> reader, Predicate<T> allowed) {
        String text = System.getProperty(name);
        if (text == null) {
            return otherwise;
        }
        try {
            T value = reader.apply(text.strip());
            return allowed.test(value) ? value : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
