package io.github.dxlcdi.client.tls;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM text (RFC 7468), one after the other. Reads each character a fixed number of times, whatever the text
 * holds.
 */
final class PemText {
    static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final Pattern LABEL = Pattern.compile("[A-Z0-9 ]{0,64}");
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s");
    private static final Pattern HEADER = Pattern.compile("(?m)^([A-Za-z-]{1,64}):[ \\t]*(.{0,256})$");

    private final String text;
    private int at;

    PemText(String text) {
        this.text = text;
    }

    /**
     * One block.
     *
     * @param label what stands in its first line after BEGIN
     * @param content the lines between the first and the last
     * @param whole its text with both; for one that has no last line, null
     */
    record Block(String label, String content, String whole) {
        boolean isCutOff() {
            return whole == null;
        }

        /** A header of old, before the base64 of the block. */
        Optional<String> header(String name) {
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
        byte[] bytes() {
            String base64 = content.replace("\r", "");
            int headersEnd = header("Proc-Type").isPresent() ? base64.indexOf("\n\n") : -1;
            return Base64.getDecoder()
                    .decode(WHITE_SPACE
                            .matcher(base64.substring(headersEnd + 1))
                            .replaceAll(""));
        }
    }

    /** The next block whose label is wanted. */
    Optional<Block> next(Predicate<String> wanted) {
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
                return Optional.of(new Block(label, text.substring(content), null));
            }
            at = after + DASHES.length();
            return Optional.of(new Block(label, text.substring(content, end), text.substring(begin, at)));
        }
    }

    /** Bytes of hexadecimal digits; none if they are something else. */
    static byte[] hex(String digits) {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
