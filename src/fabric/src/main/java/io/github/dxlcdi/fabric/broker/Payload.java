package io.github.dxlcdi.fabric.broker;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The JSON objects that brokers and their clients send each other as payloads. */
final class Payload {
    private static final JSON READER_AND_WRITER = JSON.std;

    private Payload() {}

    /** Empty if the bytes are no JSON object. */
    static Optional<Map<String, Object>> read(byte[] payload) {
        try {
            return Optional.ofNullable(READER_AND_WRITER.mapFrom(payload));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static byte[] write(Object json) {
        try {
            return READER_AND_WRITER.asBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
    }

    /** The text under {@code name}; empty if there is none. */
    static Optional<String> text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The text under {@code name}; an empty one counts as none. */
    static Optional<String> nonEmptyText(Map<String, Object> object, String name) {
        return text(object, name).filter(text -> !text.isEmpty());
    }
}
