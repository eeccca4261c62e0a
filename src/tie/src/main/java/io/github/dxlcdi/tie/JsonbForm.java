package io.github.dxlcdi.tie;

import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import java.time.Instant;

/**
 * How JSON-B writes the types of this package: in the form for users. Loaded by JSON-B alone; where that API is absent,
 * so are the annotations that name this class.
 */
public final class JsonbForm implements JsonbSerializer<Object> {
    /** Called by JSON-B. */
    public JsonbForm() {}

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
        context.serialize(form(value), generator);
    }

    private static Object form(Object value) {
        if (value instanceof FileDetection detection) {
            return FileDetectionJson.userForm(detection);
        }
        if (value instanceof Hashes hashes) {
            return hashes.all();
        }
        if (value instanceof TrustLevel level) {
            return level.value();
        }
        if (value instanceof Instant time) {
            return time.getEpochSecond();
        }
        return ((Origin) value).userForm();
    }
}
