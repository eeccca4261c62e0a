package io.github.dxlcdi.configuration;

/**
 * Something that is wrong with the configuration, in words for whoever has to mend it.
 *
 * @param text key, value, where it came from and what is allowed
 */
public record ConfigurationProblem(String text) {
    private static final int LONGEST_VALUE = 120;
    private static final String MASK = "*****";

    static ConfigurationProblem wrongValue(ConfigurationKey<?> key, String value, String source, String why) {
        String reason = why == null || why.isEmpty() ? "" : ": " + why;
        return new ConfigurationProblem(key.name() + " is '" + shown(key, value) + "' (from " + source + "), expected "
                + key.type().allowed() + reason);
    }

    static ConfigurationProblem conflict(ConfigurationKey<?> key, String value, String source, String why) {
        return new ConfigurationProblem(
                key.name() + " is '" + shown(key, value) + "' (from " + source + "), but " + why);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String shown(ConfigurationKey<?> key, String value) {
        if (key.hides(value)) {
            return MASK;
        }
        String line = value.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "…";
    }
}
