package io.github.dxlcdi.tie.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.regex.Pattern;

/** Where a parser stands in a payload, and what is wrong there, in words. */
final class Place {
    private static final int LONGEST_REST = 40;
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,39}");

    private final PayloadParser parser;
    private final JsonParser tokens;
    private final int length;

    Place(PayloadParser parser) {
        this.parser = parser;
        tokens = parser.tokens();
        length = parser.payload().limit();
    }

    /** What is wrong with the value that stands here. */
    MalformedPayloadException malformed(String found, String expected) {
        return new MalformedPayloadException(path(), found, expected);
    }

    /** What is wrong with the value of {@code key} in the object that was just left. */
    MalformedPayloadException malformedField(String key, String found, String expected) {
        return new MalformedPayloadException(path() + step(key), found, expected);
    }

    /** The payload holds no value at all. */
    MalformedPayloadException noValue() {
        return malformed(length == 0 ? "an empty payload" : "white space alone", "an object");
    }

    /** Without the parser's exception as cause: its text holds raw excerpts of the payload. */
    MalformedPayloadException noJson(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return malformed("the end at byte " + length, "the rest of the JSON");
        }
        int at = Math.max(0, Math.min(length, parser.position() - 1));
        byte[] rest = new byte[Math.min(length - at, LONGEST_REST)];
        parser.payload().get(at, rest);
        String why = Excerpt.of(e.getOriginalMessage(), 160);
        return malformed(
                Excerpt.quoted(PayloadText.of(rest)) + " at byte " + at + " of " + length, "valid JSON (" + why + ")");
    }

    /** The value that stands here; of an object or an array only that it is one. */
    String value() {
        try {
            return switch (tokens.currentToken()) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "an array";
                case VALUE_STRING -> Excerpt.quoted(tokens.getText());
                default -> Excerpt.of(tokens.getText());
            };
        } catch (IOException e) {
            return "a broken text";
        }
    }

    private String path() {
        JsonStreamContext at = tokens.getParsingContext();
        if (tokens.currentToken() != null && tokens.currentToken().isStructStart()) {
            // The object or array that stands here is at fault, not something in it.
            at = at.getParent();
        }
        StringBuilder path = new StringBuilder();
        for (; at != null; at = at.getParent()) {
            if (at.inArray()) {
                path.insert(0, "[" + Math.max(0, at.getCurrentIndex()) + "]");
            } else if (at.inObject() && at.getCurrentName() != null) {
                path.insert(0, step(at.getCurrentName()));
            }
        }
        return path.insert(0, '$').toString();
    }

    private static String step(String key) {
        return PLAIN_KEY.matcher(key).matches()
                ? "." + key
                : "['" + Excerpt.of(key, 40).replace("'", "\\'") + "']";
    }
}
