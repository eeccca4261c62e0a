package com.opendxl.client.util;

/** Takes the wildcard topics that {@link DxlUtils#iterateWildcards} finds. */
@FunctionalInterface
public interface WildcardCallback {
    /** Takes one; runs on the thread of the caller. */
    void onNextWildcard(String wildcard);
}
