package io.github.dxlcdi.configuration;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Properties with our prefix that are no keys: a slip of the pen, most likely. */
final class UnknownKeys {
    /** Of a key's characters, as many may differ as this part of them. */
    private static final int NEAR = 3;

    private UnknownKeys() {}

    /** Each of them in words: its name, where it comes from, and the key that is probably meant. */
    static List<String> of(Config config) {
        Set<String> known =
                ConfigurationKey.ALL.stream().map(key -> dotted(key.name())).collect(Collectors.toSet());
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(ConfigurationKey.PREFIX))
                .filter(name -> !known.contains(dotted(name)) && !ConfigurationKey.BROKERS.isElement(name))
                .distinct()
                .sorted()
                .map(name -> ShownValue.name(name) + " is set" + from(config, name) + ", but there is no such key"
                        + nearest(name)
                                .map(key -> "; did you mean " + key + "?")
                                .orElse(""))
                .toList();
    }

    private static String from(Config config, String name) {
        return GivenValue.of(config, name)
                .map(value -> " (from " + ShownValue.source(value.source()) + ")")
                .orElse("");
    }

    private static Optional<String> nearest(String name) {
        return ConfigurationKey.ALL.stream()
                .map(ConfigurationKey::name)
                .min(Comparator.comparingInt(key -> distance(name, key)))
                .filter(key -> distance(name, key) <= key.length() / NEAR);
    }

    /** Characters that have to be inserted, removed or replaced (Levenshtein); an abbreviation costs nothing. */
    private static int distance(String name, String key) {
        if (name.length() > 2 * key.length()) {
            return Integer.MAX_VALUE;
        }
        String one = dotted(name);
        String other = dotted(key);
        if (one.length() > ConfigurationKey.PREFIX.length() && other.startsWith(one)) {
            return 0;
        }
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }

    /** Names made from environment variables have dots where our keys have dashes. */
    private static String dotted(String name) {
        return name.replace('-', '.');
    }
}
