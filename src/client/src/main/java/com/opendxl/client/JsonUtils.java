package com.opendxl.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.opendxl.client.exception.DxlException;

/**
 * Objects to JSON texts and back, by Jackson's data binding. It is not brought by this library: whoever calls these
 * methods adds {@code com.fasterxml.jackson.core:jackson-databind} to the class path. Safe from any thread.
 */
public class JsonUtils {
    /** For subclasses; every method is static. */
    protected JsonUtils() {}

    /**
     * The JSON text of an object.
     *
     * @throws DxlException if Jackson can't write it
     * @throws IllegalStateException if jackson-databind is not on the class path
     */
    public static String toString(Object value) throws DxlException {
        return bound(() -> Mapper.SHARED.writeValueAsString(value));
    }

    /**
     * The object of a JSON text; what the class doesn't know is read over.
     *
     * @throws DxlException if the text is no JSON, or doesn't fit the class
     * @throws IllegalStateException if jackson-databind is not on the class path
     */
    public static <T> T fromString(String json, Class<T> type) throws DxlException {
        return bound(() -> Mapper.SHARED.readValue(json, type));
    }

    /** As {@link #fromString(String, Class)}, for a type with type arguments. */
    public static <T> T fromString(String json, TypeReference<T> type) throws DxlException {
        return bound(() -> Mapper.SHARED.readValue(json, type));
    }

    private static <T> T bound(Binding<T> binding) throws DxlException {
        try {
            return binding.run();
        } catch (JsonProcessingException e) {
            // The location quotes the text, which may be secret, up to Jackson 2.15.
            e.clearLocation();
            throw new DxlException("The JSON text and the object do not fit", e);
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
