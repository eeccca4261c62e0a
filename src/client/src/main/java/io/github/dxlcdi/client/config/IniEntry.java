package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.GivenText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code key = value} of an {@link IniFile}.
 *
 * @param section the section that it stands in
 * @param key its key as it is written
 * @param whole the value with all that follows it on the line, without the quotes around it
 * @param quoted whether the value stood in quotes: what would begin a comment is then a part of it
 * @param line number of its first line, from 1
 */
record IniEntry(String section, String key, String whole, boolean quoted, int line) {
    /** Words may hold a number sign, so that only one between spaces begins a comment behind them. */
    private static final Pattern COMMENT_BEHIND_WORDS = Pattern.compile("(^|\\s)#(\\s|$)");

    private static final Pattern COMMENT = Pattern.compile("(?<!\\\\)#");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([;#])");

    /** A value in which any character may stand, such as a password. */
    String words() {
        return without(COMMENT_BEHIND_WORDS);
    }

    /** A value in which neither number signs nor backslashes stand, such as a number or a broker's line. */
    String plain() {
        return ESCAPED.matcher(without(COMMENT)).replaceAll("$1");
    }

    /** {@code why}, with the place of this entry. */
    DxlException wrong(String why) {
        return new DxlException(place() + why);
    }

    /** {@code cause}, with the place of this entry. */
    DxlException wrong(DxlException cause) {
        return new DxlException(place() + cause.getMessage(), cause);
    }

    /** Number of characters of {@code value} in front of a comment that may follow it. */
    static int lengthWithoutComment(String value) {
        Matcher comment = COMMENT_BEHIND_WORDS.matcher(value);
        return (comment.find() ? value.substring(0, comment.start()) : value)
                .stripTrailing()
                .length();
    }

    /** Leaves the value out, which may be a password. */
    @Override
    public String toString() {
        return place() + GivenText.MASK;
    }

    private String without(Pattern comment) {
        if (quoted) {
            return whole;
        }
        Matcher found = comment.matcher(whole);
        return (found.find() ? whole.substring(0, found.start()) : whole).strip();
    }

    private String place() {
        return "line " + line + ", [" + section + "] " + IniFile.shownKey(key) + ": ";
    }
}
