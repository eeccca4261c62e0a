package io.github.dxlcdi.client.spi;

import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM text (RFC 7468), one after the other; what is between them does not matter. Its lines may end
 * with blanks, with nothing, or with {@code \n} spelled out, as values of a configuration do. Reads each character a
 * fixed number of times, whatever the text holds. Used by one thread.
 */
public final class PemText {
    /** How each block begins. */
    public static final String BEGIN = "-----BEGIN ";

    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final Pattern LABEL = Pattern.compile("[A-Z0-9 ]{0,64}");
    private static final Pattern SPELLED_OUT = Pattern.compile("\\\\[rn]");
    private static final Pattern HEADERS_ON_ONE_LINE =
            Pattern.compile("\\s*(Proc-Type:[ \\t]*\\S{1,64})[ \\t]+(DEK-Info:[ \\t]*\\S{1,256})[ \\t]+");

    /** White space, and what editors, Windows and quoting leave in a text: byte order mark, Ctrl-Z, quotes. */
    private static final Pattern NOT_CONTENT = Pattern.compile("[\\s\\\\\"'\\x1a\\ufeff]|\\u00ef\\u00bb\\u00bf");

    private static final Pattern HEADER = Pattern.compile("(?m)^([A-Za-z-]{1,64}):[ \\t]*(.{0,256})$");

    private final String text;
    private int at;

    /** Reads {@code text} from its beginning. */
    public PemText(String text) {
        this.text = text.indexOf('\\') < 0
                ? text
                : SPELLED_OUT.matcher(text).replaceAll(end -> end.group().equals("\\n") ? "\n" : "");
    }

    /**
     * One block.
     *
     * @param label what follows BEGIN in its first line
     * @param content the lines between the first and the last
     * @param isCutOff whether the last line is missing
     */
    public record Block(String label, String content, boolean isCutOff) {
        /** A header of old, before the base64 of the block. */
        public Optional<String> header(String name) {
            Matcher header = HEADER.matcher(content);
            while (header.find()) {
                if (header.group(1).equalsIgnoreCase(name)) {
                    return Optional.of(header.group(2).strip());
                }
            }
            return Optional.empty();
        }

        /** Leaves the content out, which may be a private key. */
        @Override
        public String toString() {
            return BEGIN + label + DASHES;
        }

        /** Its bytes; IllegalArgumentException if it isn't base64. */
        public byte[] bytes() {
            String base64 = content.replace("\r", "");
            int headersEnd = header("Proc-Type").isPresent() ? base64.indexOf("\n\n") : -1;
            return Base64.getDecoder()
                    .decode(NOT_CONTENT
                            .matcher(base64.substring(headersEnd + 1))
                            .replaceAll(""));
        }
    }

    /** The next block whose label is wanted. */
    public Optional<Block> next(Predicate<String> wanted) {
        while (true) {
            int begin = text.indexOf(BEGIN, at);
            int content = begin < 0 ? -1 : text.indexOf(DASHES, begin + BEGIN.length());
            if (content < 0) {
                at = text.length();
                return Optional.empty();
            }
            String label = text.substring(begin + BEGIN.length(), Math.min(content, begin + BEGIN.length() + 65));
            at = content;
            if (!LABEL.matcher(label).matches() || !wanted.test(label)) {
                continue;
            }
            content += DASHES.length();
            int end = text.indexOf(END, content);
            int after = end < 0 ? -1 : text.indexOf(DASHES, end + END.length());
            if (after < 0) {
                at = text.length();
                return Optional.of(new Block(label, text.substring(content), true));
            }
            at = after + DASHES.length();
            return Optional.of(new Block(label, withHeaderLines(text.substring(content, end)), false));
        }
    }

    private static String withHeaderLines(String content) {
        Matcher headers = HEADERS_ON_ONE_LINE.matcher(content);
        return headers.lookingAt()
                ? headers.group(1) + "\n" + headers.group(2) + "\n\n" + content.substring(headers.end())
                : content;
    }
}
