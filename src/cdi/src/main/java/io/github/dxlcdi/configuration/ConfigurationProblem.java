package io.github.dxlcdi.configuration;

/**
 * Something that is wrong with the configuration, in words for whoever has to mend it.
 *
 * @param text key, value, where it came from and what is allowed
 */
public record ConfigurationProblem(String text) {
    static ConfigurationProblem wrongValue(ConfigurationKey<?> key, String value, String source, String why) {
        String reason = why == null || why.isEmpty() ? "" : ": " + why;
        return new ConfigurationProblem(key.name() + " is '" + key.shown(value) + "' (from " + ShownValue.source(source)
                + "), expected " + key.type().allowed() + reason);
    }

    static ConfigurationProblem conflict(ConfigurationKey<?> key, String value, String source, String why) {
        return new ConfigurationProblem(
                key.name() + " is '" + key.shown(value) + "' (from " + ShownValue.source(source) + "), but " + why);
    }

    @Override
    public String toString() {
        return text;
    }
}
