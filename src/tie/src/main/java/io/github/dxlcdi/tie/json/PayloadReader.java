package io.github.dxlcdi.tie.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks once through the JSON object in a payload. The caller asks for keys and, after each, for the value in the type
 * that it must have; what is not of that type, and everything that is no JSON, ends in {@link
 * MalformedPayloadException}. A reader belongs to the thread that calls {@link #read}.
 */
public final class PayloadReader {
    private final PayloadParser parser;
    private final JsonParser tokens;

    private PayloadReader(PayloadParser parser) {
        this.parser = parser;
        tokens = parser.tokens();
    }

    /** Takes what it wants from the object that {@code in} has just entered, up to its end. */
    @FunctionalInterface
    public interface Shape<T> {
        /** Calls {@link PayloadReader#nextKey} until it is null; lets the parser's exceptions pass. */
        T read(PayloadReader in) throws IOException;
    }

    /**
     * Reads the one object in {@code payload}: UTF-8, white space around it and NULs after it allowed, nothing else.
     *
     * @param payload from its position to its limit; not changed
     * @throws MalformedPayloadException for whatever is wrong with the payload; nothing else is thrown for it
     */
    public static <T> T read(ByteBuffer payload, Shape<T> shape) {
        ByteBuffer text = PayloadText.of(payload);
        int bad = PayloadText.firstNonUtf8(text);
        if (bad >= 0) {
            String found = String.format("byte 0x%02x at %d of %d", text.get(bad), bad, text.limit());
            throw new MalformedPayloadException("$", found, "UTF-8");
        }
        try (PayloadParser parser = PayloadParser.of(text)) {
            return new PayloadReader(parser).root(shape);
        } catch (IOException e) {
            throw new MalformedPayloadException("$", Excerpt.of(String.valueOf(e.getMessage())), "JSON");
        }
    }

    private <T> T root(Shape<T> shape) throws IOException {
        try {
            if (tokens.nextToken() == null) {
                throw here().noValue();
            }
            enterObject();
            T result = shape.read(this);
            if (!parser.endsHere() && tokens.nextToken() != null) {
                throw here().malformed(here().value() + " after the object", "the end");
            }
            return result;
        } catch (JsonProcessingException e) {
            throw here().noJson(e);
        }
    }

    /** Enters the object that stands here; {@link #nextKey} goes on inside. */
    public void enterObject() {
        require(JsonToken.START_OBJECT, "an object");
    }

    /** Enters the array that stands here; {@link #nextElement} goes on inside. */
    public void enterArray() {
        require(JsonToken.START_ARRAY, "an array");
    }

    /** Goes to the next value of this object and tells its key; null at the end of the object. */
    public String nextKey() throws IOException {
        String key = tokens.nextFieldName();
        if (key != null) {
            tokens.nextToken();
        }
        return key;
    }

    /** Goes to the next value of this array; false at its end. */
    public boolean nextElement() throws IOException {
        return tokens.nextToken() != JsonToken.END_ARRAY;
    }

    /**
     * This, at a value whose key has not stood in its object before; the parser itself doesn't look for that.
     *
     * @param earlier what the key had before, null if it stands here for the first time
     */
    public PayloadReader once(Object earlier) throws IOException {
        if (earlier != null) {
            throw new JsonParseException(tokens, "Duplicate field '" + tokens.currentName() + "'");
        }
        return this;
    }

    /** Whether null stands here. */
    public boolean isNull() {
        return tokens.currentToken() == JsonToken.VALUE_NULL;
    }

    /** The text that stands here. */
    public String text() throws IOException {
        require(JsonToken.VALUE_STRING, "a text");
        return tokens.getText();
    }

    /** The text that stands here; of {@code known} if it is among them, so that nothing new is made. */
    public String text(List<String> known) throws IOException {
        require(JsonToken.VALUE_STRING, "a text");
        CharSequence text = chars();
        for (String each : known) {
            if (each.contentEquals(text)) {
                return each;
            }
        }
        return tokens.getText();
    }

    /** The bytes whose base64, padded or not, stands here. */
    public byte[] base64() throws IOException {
        require(JsonToken.VALUE_STRING, "base64");
        try {
            return Base64.getDecoder().decode(latin1());
        } catch (IllegalArgumentException e) {
            throw unexpected("base64");
        }
    }

    /** The whole number of 32 bits that stands here; {@code 5.0}, {@code 5e0} and {@code "5"} are none. */
    public int int32() throws IOException {
        return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** The whole number from {@code min} to {@code max} that stands here; {@code 5.0}, {@code 5e0} and {@code "5"} are none. */
    public long integer(long min, long max) throws IOException {
        require(JsonToken.VALUE_NUMBER_INT, "a whole number");
        if (tokens.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long number = tokens.getLongValue();
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw unexpected("a whole number from " + min + " to " + max);
    }

    /**
     * Whatever stands here, as {@code String}, {@code Boolean}, {@code Integer}, {@code Long}, {@code BigInteger},
     * {@code BigDecimal}, {@code List}, {@code Map} or null. Lists and maps can't be changed and keep the order of the
     * payload.
     */
    public Object value() throws IOException {
        return switch (tokens.currentToken()) {
            case VALUE_STRING -> tokens.getText();
            case VALUE_NUMBER_INT -> tokens.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case START_ARRAY -> list();
            default -> map();
        };
    }

    /** Puts whatever stands here into {@code fields}, where its key must not be yet. */
    public void value(String key, Map<String, Object> fields) throws IOException {
        once(fields.containsKey(key) ? key : null);
        fields.put(key, value());
    }

    /** Passes over whatever stands here. */
    public void skip() throws IOException {
        if (tokens.currentToken() == JsonToken.START_ARRAY) {
            while (nextElement()) {
                skip();
            }
        } else if (tokens.currentToken() == JsonToken.START_OBJECT) {
            Map<String, String> keys = new HashMap<>();
            for (String key = nextKey(); key != null; key = nextKey()) {
                once(keys.put(key, key)).skip();
            }
        }
    }

    /** What is wrong with the value of {@code key} in the object that was just left. */
    public MalformedPayloadException malformedField(String key, String found, String expected) {
        return here().malformedField(key, found, expected);
    }

    /** {@code value}, or the exception that says that {@code key} is missing in the object that was just left. */
    public <T> T required(String key, T value, String expected) {
        if (value == null) {
            throw malformedField(key, "nothing", expected);
        }
        return value;
    }

    /** The characters of the text that stands here, in the parser's own memory. */
    private CharBuffer chars() throws IOException {
        return CharBuffer.wrap(tokens.getTextCharacters(), tokens.getTextOffset(), tokens.getTextLength());
    }

    /** The text that stands here, with a zero for what is beyond Latin-1. */
    private byte[] latin1() throws IOException {
        char[] text = tokens.getTextCharacters();
        int from = tokens.getTextOffset();
        byte[] bytes = new byte[tokens.getTextLength()];
        for (int i = 0; i < bytes.length; i++) {
            char character = text[from + i];
            bytes[i] = character <= 0xff ? (byte) character : 0;
        }
        return bytes;
    }

    private Object decimal() throws IOException {
        try {
            return tokens.getDecimalValue();
        } catch (NumberFormatException | ArithmeticException e) {
            throw unexpected("a number with a smaller exponent");
        }
    }

    private List<Object> list() throws IOException {
        List<Object> list = new ArrayList<>();
        while (nextElement()) {
            list.add(value());
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, Object> map() throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String key = nextKey(); key != null; key = nextKey()) {
            value(key, map);
        }
        return Collections.unmodifiableMap(map);
    }

    private MalformedPayloadException unexpected(String expected) {
        return here().malformed(here().value(), expected);
    }

    private Place here() {
        return new Place(parser);
    }

    private void require(JsonToken token, String expected) {
        if (tokens.currentToken() != token) {
            throw unexpected(expected);
        }
    }
}
