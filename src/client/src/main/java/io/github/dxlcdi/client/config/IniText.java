package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The text of a {@code dxlclient.config} while it is changed: comments, unknown keys, order, line ends and the spelling of
 * keys stay as they are. Used by one thread.
 */
final class IniText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final List<String> lines;
    private final String lineEnd;
    private final String mark;

    IniText(String text) {
        mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        lines = new ArrayList<>(lines(text));
    }

    /** The lines of a text; editors on Windows begin it with a byte order mark, which is none of them. */
    static List<String> lines(String text) {
        return text.substring(text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0)
                .lines()
                .toList();
    }

    IniFile parse() throws DxlException {
        return IniFile.parse(lines);
    }

    /** Gives a key its value; empty: removes it. */
    void set(String section, String key, Optional<String> value) throws DxlException {
        Optional<IniEntry> before = parse().entries(section).stream()
                .filter(entry -> entry.key().equalsIgnoreCase(key))
                .findFirst();
        if (value.isEmpty()) {
            before.ifPresent(entry -> remove(List.of(entry)));
        } else if (before.isEmpty()) {
            add(section, Map.of(key, value.get()));
        } else {
            int line = before.get().line() - 1;
            removeContinuations(line);
            lines.set(line, withValue(lines.get(line), written(key, value.get())));
        }
    }

    /** Removes some of the entries that {@link #parse()} found. */
    void remove(Collection<IniEntry> entries) {
        entries.stream().map(IniEntry::line).sorted((one, other) -> other - one).forEach(number -> {
            removeContinuations(number - 1);
            lines.remove(number - 1);
        });
    }

    /** Adds lines at the end of a section, which is made if it isn't there. */
    void add(String section, Map<String, String> values) throws DxlException {
        List<String> added = new ArrayList<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            added.add(value.getKey() + "=" + written(value.getKey(), value.getValue()));
        }
        lines.addAll(endOf(section), added);
    }

    @Override
    public String toString() {
        return mark + String.join(lineEnd, lines) + lineEnd;
    }

    private int endOf(String section) {
        int header = IntStream.range(0, lines.size())
                .filter(line -> isHeader(lines.get(line), section))
                .findFirst()
                .orElse(-1);
        if (header < 0) {
            if (!lines.isEmpty() && !lines.get(lines.size() - 1).isBlank()) {
                lines.add("");
            }
            lines.add("[" + section + "]");
            return lines.size();
        }
        int end = header + 1;
        while (end < lines.size() && IniFile.header(lines.get(end).strip()).isEmpty()) {
            end++;
        }
        while (lines.get(end - 1).isBlank()) {
            end--;
        }
        return end;
    }

    private static boolean isHeader(String line, String section) {
        return IniFile.header(line.strip()).filter(section::equals).isPresent();
    }

    private void removeContinuations(int line) {
        int next = line + 1;
        while (next < lines.size()) {
            String text = lines.get(next).strip();
            if (IniFile.isRemark(text)) {
                next++;
            } else if (IniFile.header(text).isEmpty() && IniFile.continues(lines.get(next))) {
                lines.remove(next);
            } else {
                return;
            }
        }
    }

    /** A line with another value; what stands before and behind the value stays. */
    private static String withValue(String line, String value) {
        int indent = line.length() - line.stripLeading().length();
        int start = indent + IniFile.split(line.strip()) + 1;
        while (start < line.length() && Character.isWhitespace(line.charAt(start))) {
            start++;
        }
        String rest = line.substring(start);
        return line.substring(0, start) + value + rest.substring(IniFile.lengthOfValue(rest));
    }

    /**
     * A value as all clients read it, as far as that is possible. Those in Python take a comma for a list unless the value
     * stands in quotes; so it does, although the ones in Java take them for a part of it. A number sign that is read
     * by the ones in Java and JavaScript only without quotes, and by those in Python only with them, goes without.
     */
    private static String written(String key, String value) throws DxlException {
        boolean outside =
                !value.strip().equals(value) || value.matches("(?s)[\"'\\[].*|(.*\\s)?#(\\s.*)?|.*\\s#(\\s.*)?");
        String text = value;
        if (!value.isEmpty() && (outside || value.contains(",") && !value.contains("#"))) {
            // The ones in JavaScript read escapes within double quotes.
            text = value.contains("\"") || value.contains("\\") ? "'" + value + "'" : "\"" + value + "\"";
        }
        IniFile read = value.lines().count() > 1 ? null : IniFile.parse(List.of("[section]", "key=" + text));
        if (read == null || !value.equals(read.value("section", "key").orElse(""))) {
            throw new DxlException("The value of " + key + " can't be written to a dxlclient.config, because of its"
                    + " line breaks, quotes or number signs");
        }
        return text;
    }
}
