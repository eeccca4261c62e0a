package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The INI dialect of {@code dxlclient.config}: comments only on lines of their own ({@code #} or {@code ;}, so a semicolon
 * inside a value is safe), the first {@code =} or {@code :} splits, an indented line continues the value, section names
 * count in their case and keys in any.
 */
final class IniFile {
    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    private IniFile() {}

    static IniFile parse(List<String> lines) throws DxlException {
        IniFile file = new IniFile();
        Map<String, String> section = null;
        String key = null;
        int number = 0;
        for (String line : lines) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                continue;
            }
            if (text.startsWith("[") && text.endsWith("]")) {
                section = file.open(text.substring(1, text.length() - 1).strip(), number);
                key = null;
            } else if (section == null) {
                throw new DxlException("Line " + number + " stands before the first [section]");
            } else if (Character.isWhitespace(line.charAt(0)) && key != null) {
                section.merge(key, text, (before, more) -> before + "\n" + more);
            } else {
                key = add(section, text, number);
            }
        }
        return file;
    }

    Optional<String> value(String section, String key) {
        return Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(key.toLowerCase(Locale.ROOT)))
                .filter(value -> !value.isBlank());
    }

    Collection<String> values(String section) {
        return sections.getOrDefault(section, Map.of()).values();
    }

    private Map<String, String> open(String name, int number) throws DxlException {
        Map<String, String> section = new LinkedHashMap<>();
        if (sections.put(name, section) != null) {
            throw new DxlException("Line " + number + ": section [" + name + "] stands there twice");
        }
        return section;
    }

    private static String add(Map<String, String> section, String text, int number) throws DxlException {
        int split = 0;
        while (split < text.length() && text.charAt(split) != '=' && text.charAt(split) != ':') {
            split++;
        }
        if (split == 0 || split == text.length()) {
            throw new DxlException("Line " + number + " is no 'key = value'");
        }
        String key = text.substring(0, split).strip().toLowerCase(Locale.ROOT);
        if (section.put(key, text.substring(split + 1).strip()) != null) {
            throw new DxlException("Line " + number + ": the key '" + key + "' stands there twice in its section");
        }
        return key;
    }
}
