package com.opendxl.client;

import com.opendxl.client.exception.DxlException;

/** Small things that programs for the OpenDXL Java client use. Without state, safe from any thread. */
public class DxlUtils {
    private static final String WILDCARD = "#";

    /** For subclasses; every method is static. */
    protected DxlUtils() {}

    /**
     * Throws what a fabric's user expects: {@code cause} itself if it is a {@link DxlException}, otherwise one around it.
     *
     * @param message what failed; used only for one around another cause
     */
    public static void throwWrappedException(String message, Exception cause) throws DxlException {
        if (cause instanceof DxlException failure) {
            throw failure;
        }
        throw new DxlException(message, cause);
    }

    /**
     * Calls back with the wildcards that a callback for {@code topic} may stand under, from the nearest outwards: for
     * {@code /foo/bar} these are {@code /foo/#}, {@code /#} and {@code #}; for a topic that ends in {@code #} none.
     */
    public static void iterateWildcards(WildcardCallback callback, String topic) {
        if (topic.endsWith(WILDCARD)) {
            return;
        }
        for (int slash = topic.lastIndexOf('/'); slash >= 0; slash = topic.lastIndexOf('/', slash - 1)) {
            callback.onNextWildcard(topic.substring(0, slash + 1) + WILDCARD);
        }
        callback.onNextWildcard(WILDCARD);
    }

    /** Takes the wildcard topics that {@link DxlUtils#iterateWildcards} finds. */
    @FunctionalInterface
    public interface WildcardCallback {
        /** Takes one; runs on the thread of the caller. */
        void onNextWildcard(String wildcard);
    }
}
