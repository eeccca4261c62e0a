package io.github.dxlcdi.tie.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fields to JSON text, keys sorted at every depth: the same fields give the same text. Takes the values that {@link
 * PayloadReader#value} gives. Texts stay as they are but for what JSON demands to be escaped and for {@linkplain
 * InvisibleCharacters characters that can't be seen}; lone surrogates, which UTF-8 can't carry, make the whole text
 * ASCII.
 */
public final class PayloadWriter {
    private static final DefaultIndenter FOUR_SPACES = new DefaultIndenter("    ", "\n");
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(FOUR_SPACES)
            .withArrayIndenter(FOUR_SPACES);

    private PayloadWriter() {}

    /** Many lines, four spaces a level, {@code "key": value}, lines end with {@code \n}, none after the last. */
    public static String pretty(Map<String, ?> fields) {
        return text(fields, true);
    }

    /** One line, no white space between values. */
    public static String compact(Map<String, ?> fields) {
        return text(fields, false);
    }

    private static String text(Map<String, ?> fields, boolean pretty) {
        String text = text(fields, pretty, false);
        return UTF_8.newEncoder().canEncode(text) ? text : text(fields, pretty, true);
    }

    private static String text(Map<String, ?> fields, boolean pretty, boolean ascii) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
            out.setCharacterEscapes(InvisibleCharacters.ESCAPED);
            if (ascii) {
                out.setHighestNonEscapedChar(127);
            }
            if (pretty) {
                // Printers count the depth: each text has its own.
                out.setPrettyPrinter(PRETTY.createInstance());
            }
            write(out, fields);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't happen: writes to memory", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, Object value) throws IOException {
        if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Integer number) {
            out.writeNumber(number);
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            out.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value == null) {
            out.writeNull();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(out, element);
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> field : new TreeMap<>(map).entrySet()) {
                out.writeFieldName((String) field.getKey());
                write(out, field.getValue());
            }
            out.writeEndObject();
        } else {
            throw new IllegalArgumentException(
                    "No JSON value: " + value.getClass().getName());
        }
    }
}
