package com.opendxl.client.util;

import java.util.UUID;
import java.util.regex.Pattern;

/** Makes ids in the form that DXL clients use: a random UUID, lower case, in braces. Safe from any thread. */
public class UuidGenerator {
    /** The JDK's own reader takes fewer digits, too. */
    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** For subclasses; every method is static. */
    protected UuidGenerator() {}

    /** A new random id, such as <code>{0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d}</code>. */
    public static String generateIdAsString() {
        return toString(UUID.randomUUID());
    }

    /** {@code uuid} in lower case and in braces. */
    public static String toString(UUID uuid) {
        return "{" + uuid + "}";
    }

    /**
     * The UUID that {@code id} names, with braces or without, in either case, white space around it.
     *
     * @throws IllegalArgumentException if it names none, or is null
     */
    protected static UUID fromString(String id) {
        String text = id == null ? "" : id.strip();
        boolean inBraces = text.startsWith("{") && text.endsWith("}");
        String bare = inBraces ? text.substring(1, text.length() - 1) : text;
        if (!UUID_TEXT.matcher(bare).matches()) {
            throw new IllegalArgumentException("'" + id + "' is no UUID, expected one like "
                    + "{0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d}, with braces or without");
        }
        return UUID.fromString(bare);
    }

    /**
     * The UUID that {@code id} names in the form that DXL clients use: lower case, in braces.
     *
     * @param id a UUID with braces or without, in either case, white space around it
     * @throws IllegalArgumentException if it is none, or null
     */
    public static String normalize(String id) {
        return toString(fromString(id));
    }
}
