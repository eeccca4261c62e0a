package io.github.dxlcdi.configuration;

import io.github.dxlcdi.configuration.ValueType.UnreadableValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** The values of all keys as MicroProfile Config gives them, each checked for itself. */
final class ConfigurationValues {
    private final Map<ConfigurationKey<?>, Object> values = new HashMap<>();
    private final Map<ConfigurationKey<?>, ConfigValue> given = new HashMap<>();
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private final Set<String> unknown;

    ConfigurationValues(Config config) {
        ConfigurationKey.ALL.forEach(key -> read(config, key));
        unknown = unknownKeys(config);
    }

    /** The value of a key: what was set, else the default, else null. */
    @SuppressWarnings("unchecked")
    <T> T get(ConfigurationKey<T> key) {
        // Put there by read, which takes both from the same key.
        return (T) values.get(key);
    }

    boolean isSet(ConfigurationKey<?> key) {
        return given.containsKey(key);
    }

    /** The text that was set for a key; null: none. */
    String text(ConfigurationKey<?> key) {
        return isSet(key) ? given.get(key).getValue() : null;
    }

    /** What is wrong, key by key; more may be added. */
    List<ConfigurationProblem> problems() {
        return problems;
    }

    /** A problem with a value that can be read and yet does not do. */
    ConfigurationProblem problem(ConfigurationKey<?> key, String why) {
        ConfigValue value = given.get(key);
        return ConfigurationProblem.wrongValue(key, value.getValue(), value.getSourceName(), why);
    }

    /** A problem with a value that is good in itself. */
    ConfigurationProblem conflict(ConfigurationKey<?> key, String why) {
        ConfigValue value = given.get(key);
        return ConfigurationProblem.conflict(key, value.getValue(), value.getSourceName(), why);
    }

    /** Keys with our prefix that are none: a slip of the pen, most likely. */
    Set<String> unknown() {
        return unknown;
    }

    private <T> void read(Config config, ConfigurationKey<T> key) {
        ConfigValue value = config.getConfigValue(key.name());
        String text = value.getValue() == null ? "" : value.getValue().strip();
        if (!text.isEmpty()) {
            given.put(key, value);
        } else if (key.defaultText() != null) {
            text = key.defaultText();
        } else {
            return;
        }
        try {
            values.put(key, key.type().reader().read(text));
        } catch (UnreadableValue e) {
            problems.add(problem(key, e.getMessage()));
        }
    }

    private static Set<String> unknownKeys(Config config) {
        Set<String> known =
                ConfigurationKey.ALL.stream().map(key -> dotted(key.name())).collect(Collectors.toSet());
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(ConfigurationKey.PREFIX) && !known.contains(dotted(name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names made from environment variables have dots in the place of our dashes. */
    private static String dotted(String name) {
        return name.replace('-', '.');
    }
}
