package io.github.dxlcdi.client.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the broker's registry of services is told, JSON in UTF-8. */
public final class RegistryText {
    /** Where a service is registered. */
    public static final String REGISTER = "/mcafee/service/dxl/svcregistry/register";

    /** Where that is taken back. */
    public static final String UNREGISTER = "/mcafee/service/dxl/svcregistry/unregister";

    private RegistryText() {}

    /**
     * The payload for {@link #REGISTER}; topics and metadata are left out when there are none.
     *
     * @param minutes how long the registration holds
     */
    public static byte[] register(
            String type, String id, Collection<String> topics, Map<String, String> metadata, long minutes) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("serviceType", type);
        fields.put("serviceGuid", id);
        if (!topics.isEmpty()) {
            fields.put("requestChannels", topics);
        }
        if (!metadata.isEmpty()) {
            fields.put("metaData", metadata);
        }
        fields.put("ttlMins", minutes);
        return text(fields);
    }

    /** The payload for {@link #UNREGISTER}. */
    public static byte[] unregister(String id) {
        return text(Map.of("serviceGuid", id));
    }

    private static byte[] text(Map<String, Object> fields) {
        try {
            return JSON.std.asString(fields).getBytes(UTF_8);
        } catch (IOException e) {
            // Texts and numbers can always be written to memory.
            throw new UncheckedIOException(e);
        }
    }
}
