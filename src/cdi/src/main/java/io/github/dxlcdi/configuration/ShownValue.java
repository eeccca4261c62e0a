package io.github.dxlcdi.configuration;

import io.github.dxlcdi.client.spi.GivenText;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What a problem shows of a value, by the rule of our client. With another one on the class path, nothing long. */
final class ShownValue {
    static final String MASK = "*****";

    private static final int SHORT = 7;

    /** Ten digits are no secret worth the name, and a number out of range has to be seen. */
    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?\\d{1,10}(?:[.,]\\d{1,4})?\\s*(?i:[a-z]|[km]i?b|ms|bytes|millis|milliseconds?|secs?|seconds?|mins?"
                    + "|minutes?|hours?|days?)?");

    /** A property's name, which is no value. */
    private static final Pattern NAME = Pattern.compile("[\\p{Alnum}._\\-\\[\\]]{1,100}");

    private static final Pattern USER_INFO = Pattern.compile("//[^/\\s]*@");

    private ShownValue() {}

    /** A name, an address or a list of them. */
    static String text(String value) {
        return byRuleOfClient(given -> GivenText.shown(given), value);
    }

    /** The path of a file. */
    static String path(String value) {
        return byRuleOfClient(given -> GivenText.shownPath(given), value);
    }

    /** A number, a word or a time, or the expression in place of one; what is longer is none. */
    static String word(String value) {
        if (value.startsWith("${")) {
            return text(value);
        }
        return NUMBER.matcher(value).matches() ? value : ifShort(value);
    }

    /** The name of a property that nothing here knows. */
    static String name(String property) {
        return NAME.matcher(property).matches() ? property : text(property);
    }

    private static String ifShort(String value) {
        return value.length() <= SHORT ? value : MASK;
    }

    /** The name of a configuration source, without the logins of the URLs in it. */
    static String source(String name) {
        return USER_INFO.matcher(String.valueOf(name)).replaceAll("//" + MASK + "@");
    }

    /** The rule is a lambda, as a method reference would look for the class before it is called here. */
    private static String byRuleOfClient(UnaryOperator<String> rule, String value) {
        try {
            return rule.apply(value);
        } catch (NoClassDefFoundError e) {
            return ifShort(value);
        }
    }
}
