package io.github.dxlcdi.liberty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/**
 * A detection as it travels and as a user sees it.
 *
 * @param topic where it is published
 * @param wire its payload
 * @param transformed the same in the user-facing form
 */
record Vector(String topic, JsonNode wire, JsonNode transformed) {
    static Vector fileDetection() throws IOException {
        try (InputStream in = Vector.class.getResourceAsStream("/event-file-detection.json")) {
            JsonNode vector = new ObjectMapper().readTree(in);
            return new Vector(vector.path("topic").asText(), vector.get("wire"), vector.get("transformed"));
        }
    }
}
