package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.GivenText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The INI dialect of {@code dxlclient.config}, as the page of this package describes it. Immutable; {@link IniText} changes
 * a file.
 */
final class IniFile {
    /** More than the longest line that means anything: a broker's with some hundred hosts. */
    static final int MAX_LINE = 16_384;

    private static final Pattern SECTION = Pattern.compile("\\[(.*?)]\\s*(?:[#;].*)?");
    private static final Pattern QUOTED_KEY = Pattern.compile("(?:\"(.+?)\"|'(.+?)')\\s*=");
    private static final Pattern QUOTED_VALUE =
            Pattern.compile("(?:\"\"\"(.*?)\"\"\"|'''(.*?)'''|\"(.*?)\"|'(.*?)')\\s*(?:#.*)?");

    /** Before these a colon may stand in place of the equals sign; elsewhere it may be a part of the key. */
    private static final Set<String> KNOWN_KEYS = Set.of(
            "usewebsockets",
            "clientid",
            "tlsminversion",
            "verifyhostname",
            "tlsciphers",
            "connectretries",
            "brokercertchain",
            "certfile",
            "privatekey",
            "address",
            "port",
            "user",
            "password");

    private final Map<String, Map<String, IniEntry>> sections = new LinkedHashMap<>();

    private IniFile() {}

    /**
     * Reads a file.
     *
     * @throws DxlException naming the line that can't be read
     */
    static IniFile parse(List<String> lines) throws DxlException {
        Findings findings = new Findings();
        IniFile file = parse(lines, findings);
        findings.throwAll();
        return file;
    }

    /** Reads a file, as far as that is possible; notes the lines that can't be read. */
    static IniFile parse(List<String> lines, Findings findings) throws DxlException {
        IniFile file = new IniFile();
        String section = null;
        IniEntry last = null;
        int number = 0;
        for (String line : lines) {
            number++;
            if (line.length() > MAX_LINE) {
                throw new DxlException("Line " + number + " has " + line.length() + " characters, expected at most "
                        + MAX_LINE + "; is this a dxlclient.config?");
            }
            String text = line.strip();
            if (isRemark(text)) {
                continue;
            }
            Optional<String> header = header(text);
            try {
                if (header.isPresent()) {
                    last = null;
                    section = header.get();
                    file.open(section, number);
                } else if (section == null) {
                    section = "";
                    throw new DxlException("Line " + number + " stands before the first [section]; move it below one");
                } else if (last != null && continues(line)) {
                    last = file.put(continued(last, text));
                } else {
                    last = file.add(entry(section, text, number));
                }
            } catch (DxlException e) {
                findings.add(e);
            }
        }
        return file;
    }

    /** A section whose name is nearly the one that is missing, in words; empty: there is none. */
    String sectionLike(String... names) {
        return sections.keySet().stream()
                .filter(section -> Stream.of(names).map(IniFile::letters).anyMatch(letters(section)::equals))
                .filter(section -> !List.of(names).contains(section))
                .findFirst()
                .map(section -> "; there is a section [" + section + "], whose name is not read")
                .orElse("");
    }

    /** Of a name what remains when its case and its plurals do not count. */
    private static String letters(String name) {
        return lower(name).replaceAll("[^a-rt-z]", "");
    }

    /** The value of a key in any case; empty too if nothing is written there. */
    Optional<IniEntry> entry(String section, String key) {
        return Optional.ofNullable(section(section).get(lower(key)))
                .filter(entry -> !entry.words().isBlank());
    }

    /** The same as a text, of which a comment is no part. */
    Optional<String> value(String section, String key) {
        return entry(section, key).map(IniEntry::words);
    }

    /** All of a section, in the order of the file. */
    Collection<IniEntry> entries(String section) {
        return section(section).values();
    }

    static boolean isRemark(String text) {
        return text.isEmpty() || text.startsWith("#") || text.startsWith(";");
    }

    /** The name of the section that begins in this line. */
    static Optional<String> header(String text) {
        Matcher header = SECTION.matcher(text);
        return header.matches() ? Optional.of(unquoted(header.group(1).strip())) : Optional.empty();
    }

    /** Whether an indented line goes on with the value before it; one that is indented as a whole has its own key. */
    static boolean continues(String line) {
        return !line.isEmpty() && Character.isWhitespace(line.charAt(0)) && line.indexOf('=') < 0;
    }

    /** Where the key ends: index of the first {@code =}, or of the {@code :} in its place; -1: the line has no key. */
    static int split(String text) {
        Matcher quoted = QUOTED_KEY.matcher(text);
        if (quoted.lookingAt()) {
            return quoted.end() - 1;
        }
        int equals = text.indexOf('=');
        int colon = text.indexOf(':');
        boolean atColon = colon >= 0
                && (equals < 0
                        || (colon < equals
                                && KNOWN_KEYS.contains(
                                        lower(text.substring(0, colon).strip()))));
        return atColon ? colon : equals;
    }

    static String unquoted(String text) {
        Matcher quoted = QUOTED_VALUE.matcher(text);
        return quoted.matches() ? inside(quoted) : text;
    }

    /** Number of characters of what follows the equals sign that are the value, with its quotes. */
    static int lengthOfValue(String rest) {
        Matcher quoted = QUOTED_VALUE.matcher(rest);
        if (!quoted.matches()) {
            return IniEntry.lengthWithoutComment(rest);
        }
        for (int group = 1; group <= quoted.groupCount(); group++) {
            if (quoted.group(group) != null) {
                return quoted.end(group) + quoted.start(group);
            }
        }
        return 0;
    }

    private static IniEntry entry(String section, String text, int number) throws DxlException {
        int split = split(text);
        if (split <= 0) {
            throw new DxlException("Line " + number + " is no 'key = value'; complete it or put a # before it");
        }
        String key = unquoted(text.substring(0, split).strip());
        String value = text.substring(split + 1).strip();
        Matcher quoted = QUOTED_VALUE.matcher(value);
        return quoted.matches()
                ? new IniEntry(section, key, inside(quoted), true, number)
                : new IniEntry(section, key, value, false, number);
    }

    /** Bounded as a line is, or a file of short lines would be copied again for each of them. */
    private static IniEntry continued(IniEntry entry, String text) throws DxlException {
        String whole = entry.whole() + "\n" + text;
        if (whole.length() > MAX_LINE) {
            throw entry.wrong("the value has more than " + MAX_LINE + " characters; is this a dxlclient.config?");
        }
        return new IniEntry(entry.section(), entry.key(), whole, false, entry.line());
    }

    private static String inside(Matcher quoted) {
        for (int group = 1; group <= quoted.groupCount(); group++) {
            if (quoted.group(group) != null) {
                return quoted.group(group).replace("\\\"", "\"");
            }
        }
        return "";
    }

    private Map<String, IniEntry> section(String name) {
        return sections.getOrDefault(name, Map.of());
    }

    private void open(String name, int number) throws DxlException {
        if (sections.putIfAbsent(name, new LinkedHashMap<>()) != null) {
            throw new DxlException("Line " + number + ": section [" + GivenText.shown(name)
                    + "] stands there twice; put their lines under one");
        }
    }

    private IniEntry add(IniEntry entry) throws DxlException {
        if (section(entry.section()).containsKey(lower(entry.key()))) {
            throw new DxlException("Line " + entry.line() + ": the key '" + lower(shownKey(entry.key()))
                    + "' stands there twice in its section; remove one of them");
        }
        return put(entry);
    }

    private IniEntry put(IniEntry entry) {
        sections.computeIfAbsent(entry.section(), name -> new LinkedHashMap<>()).put(lower(entry.key()), entry);
        return entry;
    }

    /** A key as messages show it: a line of a PEM text may look like one. */
    static String shownKey(String key) {
        boolean base64 = key.contains("/") || key.contains("+");
        return KNOWN_KEYS.contains(lower(key)) ? key : base64 ? GivenText.MASK : GivenText.shown(key);
    }

    private static String lower(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
