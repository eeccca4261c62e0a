package com.opendxl.client.util;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Objects to JSON texts and back, by Jackson's data binding. It is not brought by this library: whoever calls these
 * methods adds {@code com.fasterxml.jackson.core:jackson-databind} to the class path. Safe from any thread.
 */
public final class JsonUtils {
    private JsonUtils() {}

    /**
     * The JSON text of an object.
     *
     * @throws IllegalArgumentException if Jackson can't write it
     * @throws IllegalStateException if jackson-databind is not on the class path
     */
    public static String toString(Object value) {
        return bound(() -> Mapper.SHARED.writeValueAsString(value));
    }

    /**
     * The object of a JSON text; what the class doesn't know is read over.
     *
     * @throws IllegalArgumentException if the text is no JSON, or doesn't fit the class
     * @throws IllegalStateException if jackson-databind is not on the class path
     */
    public static <T> T fromString(String json, Class<T> type) {
        return bound(() -> Mapper.SHARED.readValue(json, type));
    }

    /** As {@link #fromString(String, Class)}, for a type with type arguments. */
    public static <T> T fromString(String json, TypeReference<T> type) {
        return bound(() -> Mapper.SHARED.readValue(json, type));
    }

    private static <T> T bound(Binding<T> binding) {
        try {
            return binding.run();
        } catch (JsonProcessingException e) {
            // Its message without the text itself, which may be secret.
            throw new IllegalArgumentException("The JSON text and the object do not fit: " + e.getOriginalMessage(), e);
        } catch (NoClassDefFoundError e) {
            if (String.valueOf(e.getMessage()).contains("jackson/databind")
                    || String.valueOf(e.getMessage()).contains("JsonUtils$Mapper")) {
                throw new IllegalStateException(
                        "JsonUtils needs Jackson's data binding, which is not on the class path; add the dependency"
                                + " com.fasterxml.jackson.core:jackson-databind",
                        e);
            }
            throw e;
        }
    }

    private interface Binding<T> {
        T run() throws JsonProcessingException;
    }

    /** Loaded when it is first used, for programs that have no jackson-databind. */
    private static final class Mapper {
        static final ObjectMapper SHARED =
                new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }
}
