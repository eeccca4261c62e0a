package io.github.dxlcdi.client.wire;

import java.util.regex.Pattern;

/** Text of somebody else in a line of ours. */
public final class ForeignText {
    private static final Pattern OBEYED = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final int LONGEST = 100;

    private ForeignText() {}

    /**
     * A sender's text, which must neither fill a log nor forge a line of it, nor steer the terminal that shows it: what is
     * neither letter, sign nor space is a question mark, and what comes after 100 characters is left out.
     */
    public static String shown(String foreign) {
        String line = OBEYED.matcher(foreign).replaceAll("?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
