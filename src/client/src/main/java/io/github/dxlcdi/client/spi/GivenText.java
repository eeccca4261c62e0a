package io.github.dxlcdi.client.spi;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a message may show of a configured value. Secrets end up under the wrong key, so a value is shown only if it is
 * short or made of plain words and numbers, as host names, broker lines and paths are. Safe from any thread.
 */
public final class GivenText {
    /** What a message shows in place of a value that could be a secret. */
    public static final String MASK = "*****";

    private static final int SHORT = 7;
    private static final int LONGEST = 200;
    private static final int LONGEST_PATH = 4096;
    private static final Pattern CERTIFICATE =
            Pattern.compile("\\s*(-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----).*", Pattern.DOTALL);
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}+_. \\-/\\\\:;,{}\\[\\]()$%~]*");
    private static final Pattern SEPARATOR = Pattern.compile("[_.\\-/\\\\:;$]");
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i)(\\bpass|passw|\\bpw|pwd|secret|token|key)\\w*\\s*[:;]\\s*[^/\\\\]");
    private static final Pattern UUID = Pattern.compile("\\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b");

    private static final Pattern UUIDS_ALONE = Pattern.compile("(?:\\W*" + UUID.pattern() + "\\W*)+");
    private static final Pattern IPV6 =
            Pattern.compile("(?<![\\w:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![\\w:])");

    /** Parts of a key or of a licence, such as 8F3K2; a name has one or two. */
    private static final Pattern CODE = Pattern.compile("\\b(?=\\w*\\d)(?=\\w*[a-zA-Z])[a-zA-Z0-9]{4,7}\\b");

    private static final Pattern SHAPED = Pattern.compile("[a-zA-Z]+\\d+|\\d+[a-z]+");
    private static final int MOST_CODES = 2;

    /** Bytes written one by one, as hexadecimal or decimal numbers. */
    private static final Pattern BYTES = Pattern.compile("(?<!\\w)(?:\\w{1,3}[^\\w]+){13}");

    private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}+]{4,}");
    private static final Pattern WORD = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{M}]{1,24}\\d{0,20}"
            + "|\\p{Lu}{1,24}\\d{0,6}"
            + "|(?:\\p{Lu}?[\\p{Ll}\\p{M}]{2,24}){1,4}\\d{0,4}"
            + "|\\d{1,20}\\p{Ll}{0,12}"
            + "|[\\p{Ll}\\d]{1,7}"
            + "|[\\p{Lu}\\d]{1,7}");

    private GivenText() {}

    /**
     * A value as a message may show it: the value on one line, the first line of a PEM certificate, or {@link #MASK}.
     *
     * @param value null is shown as such
     */
    public static String shown(String value) {
        if (value == null) {
            return "null";
        }
        Matcher pem = CERTIFICATE.matcher(value);
        if (pem.matches()) {
            return pem.group(1) + "…";
        }
        return isShort(value) || isPlain(value) ? value : MASK;
    }

    /** A part of a value, which may look harmless although the whole does not; shown only if the whole value is. */
    public static String shownPart(String part, String whole) {
        return shown(whole).equals(whole) ? shown(part) : MASK;
    }

    /** The same for a value that is to be the path of a file; one in a folder that exists is no secret. */
    public static String shownPath(String path) {
        return path != null && leadsSomewhere(path) ? path : shown(path);
    }

    private static boolean isShort(String value) {
        return value.length() <= SHORT && value.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isPlain(String value) {
        if (value.length() > LONGEST
                || value.contains("-----")
                || !PLAIN.matcher(value).matches()
                || !SEPARATOR.matcher(value).find()
                || CREDENTIAL.matcher(value).find()) {
            return false;
        }
        String rest = UUID.matcher(value).replaceAll("id");
        return !UUIDS_ALONE.matcher(value).matches()
                && !BYTES.matcher(rest).find()
                && codes(IPV6.matcher(rest).replaceAll("ip")) <= MOST_CODES
                && RUN.matcher(rest)
                        .results()
                        .allMatch(run -> WORD.matcher(run.group()).matches());
    }

    private static long codes(String value) {
        return CODE.matcher(value)
                .results()
                .filter(code -> !SHAPED.matcher(code.group()).matches())
                .count();
    }

    /** Whether there is such a file, or at least the first folder on the way to it. */
    private static boolean leadsSomewhere(String text) {
        if (text.length() > LONGEST_PATH || text.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        try {
            Path path = Path.of(text.strip());
            Path first = path.getNameCount() == 0 ? path : path.getName(0);
            return Files.exists(path)
                    || (path.getNameCount() > 1
                            && Files.isDirectory(
                                    path.isAbsolute() ? path.getRoot().resolve(first) : first));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
