package com.opendxl.client.util;

import java.util.Locale;
import java.util.UUID;

/** Makes ids in the form that DXL clients use: a random UUID, lower case, in braces. Safe from any thread. */
public final class UuidGenerator {
    private UuidGenerator() {}

    /** A new random id, such as <code>{0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d}</code>. */
    public static String generateIdAsString() {
        return toString(UUID.randomUUID());
    }

    /** {@code uuid} in lower case and in braces. */
    public static String toString(UUID uuid) {
        return "{" + uuid + "}";
    }

    /** {@code id} without white space around it, in lower case; null stays null. */
    public static String normalize(String id) {
        return id == null ? null : id.trim().toLowerCase(Locale.ROOT);
    }
}
