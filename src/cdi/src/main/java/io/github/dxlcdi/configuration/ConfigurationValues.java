package io.github.dxlcdi.configuration;

import io.github.dxlcdi.configuration.ValueType.UnreadableValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** The values of all keys as MicroProfile Config gives them, each checked for itself. */
final class ConfigurationValues {
    private final Map<ConfigurationKey<?>, Object> values = new HashMap<>();
    private final Map<ConfigurationKey<?>, GivenValue> given = new HashMap<>();
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private final List<String> unknown;

    ConfigurationValues(Config config) {
        ConfigurationKey.ALL.forEach(key -> read(config, key));
        unknown = UnknownKeys.of(config);
    }

    /** The value of a key: what was set, else the default, else null; null too if what was set can't be read. */
    @SuppressWarnings("unchecked")
    <T> T get(ConfigurationKey<T> key) {
        // Put there by read, which takes both from the same key.
        return (T) values.get(key);
    }

    /** Whether a key is set, to something that can be read or not. */
    boolean isSet(ConfigurationKey<?> key) {
        return given.containsKey(key);
    }

    /** The text that was set for a key; null: none. */
    String text(ConfigurationKey<?> key) {
        return isSet(key) ? given.get(key).text() : null;
    }

    /** What is wrong, key by key; more may be added. */
    List<ConfigurationProblem> problems() {
        return problems;
    }

    /** A problem with a value that can be read and yet does not do. */
    ConfigurationProblem problem(ConfigurationKey<?> key, String why) {
        return ConfigurationProblem.wrongValue(key, given.get(key), why);
    }

    /** A problem with a value that is good in itself. */
    ConfigurationProblem conflict(ConfigurationKey<?> key, String why) {
        return ConfigurationProblem.conflict(key, given.get(key), why);
    }

    /** What may be behind a passphrase that opens nothing; empty: it is what was written. */
    String changedSecret(ConfigurationKey<?> key) {
        return isSet(key) && given.get(key).isChanged()
                ? "; the value of " + key.name() + " (from "
                        + ShownValue.source(given.get(key).source())
                        + ") is not what is written there, because MicroProfile Config gives $$, \\$ and ${ a meaning:"
                        + " write $$ for each $"
                : "";
    }

    /** Keys with our prefix that are none, in words. */
    List<String> unknown() {
        return unknown;
    }

    private <T> void read(Config config, ConfigurationKey<T> key) {
        key.given(config).ifPresent(value -> given.put(key, value));
        if (isSet(key) && !given.get(key).resolved()) {
            problems.add(conflict(
                    key,
                    "the expression in it can't be resolved: set what it names, give it a default (${NAME:default};"
                            + " ${NAME:} counts as not set), or write $$ for each $ that begins none"));
            return;
        }
        String text = isSet(key) ? text(key) : key.defaultText();
        if (text == null) {
            return;
        }
        try {
            values.put(key, key.type().reader().read(text));
        } catch (UnreadableValue e) {
            problems.add(problem(key, e.getMessage()));
        }
    }
}
