package io.github.dxlcdi.configuration;

import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What is set for a key.
 *
 * @param text the value, or what is written where that can't be resolved; never blank
 * @param written the value before expressions were resolved; null where the server does not tell
 * @param source the name of the source that it comes from
 * @param resolved whether {@code text} is the value
 */
record GivenValue(String text, String written, String source, boolean resolved) {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^{}]*}");
    private static final Pattern INNERMOST = Pattern.compile("\\$\\{([^${}:]+)(:\\s*)?}");

    /**
     * Asks the configuration for a property.
     *
     * @return empty if it is not set, or set to nothing
     */
    static Optional<GivenValue> of(Config config, String name) {
        String text = null;
        String written = null;
        String source = null;
        try {
            ConfigValue value = config.getConfigValue(name);
            text = value.getValue();
            written = value.getRawValue();
            source = value.getSourceName();
        } catch (NoSuchElementException | IllegalArgumentException e) {
            // What can't be resolved: servers differ in how they say so.
        }
        if (written == null || source == null) {
            Optional<ConfigSource> first = StreamSupport.stream(
                            config.getConfigSources().spliterator(), false)
                    .filter(one -> one.getValue(name) != null)
                    .findFirst();
            written = written != null
                    ? written
                    : first.map(one -> one.getValue(name)).orElse(null);
            source = source != null ? source : first.map(ConfigSource::getName).orElse(null);
        }
        if (text == null) {
            boolean unresolved = written != null && written.contains("${") && !comesToNothing(config, written);
            return unresolved ? Optional.of(new GivenValue(written.strip(), written, source, false)) : Optional.empty();
        }
        boolean resolved = !(text.equals(written) && EXPRESSION.matcher(text).find() && expressions(config));
        return Optional.of(new GivenValue(text.strip(), written, source, resolved))
                .filter(value -> !value.text().isEmpty());
    }

    /** Whether the value is not what is written, but for a value that is taken from elsewhere as a whole. */
    boolean isChanged() {
        return written != null
                && !written.strip().equals(text)
                && !EXPRESSION.matcher(written.strip()).matches();
    }

    /** Whether all that is written are expressions of empty defaults, or of properties that are set to nothing. */
    private static boolean comesToNothing(Config config, String written) {
        String rest = written;
        Matcher innermost = INNERMOST.matcher(rest);
        while (innermost.find()) {
            if (innermost.group(2) == null && !isEmpty(config, innermost.group(1))) {
                return false;
            }
            rest = rest.substring(0, innermost.start()) + rest.substring(innermost.end());
            innermost = INNERMOST.matcher(rest);
        }
        return rest.isBlank();
    }

    /** Whether a property is set, to nothing. */
    private static boolean isEmpty(Config config, String name) {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .map(source -> source.getValue(name))
                .filter(Objects::nonNull)
                .findFirst()
                .filter(String::isBlank)
                .isPresent();
    }

    private static boolean expressions(Config config) {
        return config.getOptionalValue(Config.PROPERTY_EXPRESSIONS_ENABLED, Boolean.class)
                .orElse(true);
    }
}
