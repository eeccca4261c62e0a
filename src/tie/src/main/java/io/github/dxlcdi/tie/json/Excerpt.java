package io.github.dxlcdi.tie.json;

/**
 * Foreign text made fit for a message or a log line: shortened, on one line, nothing in it that a terminal obeys.
 * File names of malware carry line breaks, escape sequences and right-to-left marks on purpose.
 */
public final class Excerpt {
    private static final int MAX_CHARS = 80;

    private Excerpt() {}

    /** {@code text} in double quotes, at most some 80 characters of it. */
    public static String quoted(String text) {
        return '"' + of(text).replace("\"", "\\\"") + '"';
    }

    /** {@code text} without quotes, at most some 80 characters of it. */
    public static String of(String text) {
        return of(text, MAX_CHARS);
    }

    /** {@code text} without quotes, at most some {@code maxChars} characters of it. */
    public static String of(String text, int maxChars) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), maxChars) + 16);
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (shown.length() >= maxChars) {
                return shown.append('…').toString();
            }
            if (isPrintable(character)) {
                shown.appendCodePoint(character);
            } else {
                shown.append(String.format("\\u%04x", character));
            }
            i += Character.charCount(character);
        }
        return shown.toString();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
