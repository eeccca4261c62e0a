package io.github.dxlcdi.configuration;

/**
 * Something that is wrong with the configuration, in words for whoever has to mend it.
 *
 * @param text key, value, where it came from and what is allowed
 */
public record ConfigurationProblem(String text) {
    static ConfigurationProblem wrongValue(ConfigurationKey<?> key, GivenValue value, String why) {
        // Another client than ours repeats the value in what it says.
        String shown = key.shown(value.text());
        String reason = why == null || why.isEmpty() ? "" : ": " + why.replace(value.text(), shown);
        return new ConfigurationProblem(
                given(key, value) + ", expected " + key.type().allowed() + reason);
    }

    static ConfigurationProblem conflict(ConfigurationKey<?> key, GivenValue value, String why) {
        return new ConfigurationProblem(given(key, value) + ", but " + why);
    }

    private static String given(ConfigurationKey<?> key, GivenValue value) {
        return key.name() + " is '" + key.shown(value.text()) + "' (from " + ShownValue.source(value.source()) + ")";
    }

    @Override
    public String toString() {
        return text;
    }
}
