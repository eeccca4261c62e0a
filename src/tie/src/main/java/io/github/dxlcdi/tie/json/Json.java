package io.github.dxlcdi.tie.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/** The one factory of parsers and generators, safe for any thread, and the limits of what is read. */
final class Json {
    /** Objects and arrays in one another; TIE's own messages have eight. Bounds the stack of whoever walks a value. */
    static final int MAX_DEPTH = 64;

    private static final int MAX_KEY_CHARS = 1_000;
    private static final int MAX_NUMBER_DIGITS = 1_000;
    /** Far above any field of TIE; messages as such are bounded by the client. */
    private static final int MAX_TEXT_CHARS = 10_000_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_KEY_CHARS)
                    .maxNumberLength(MAX_NUMBER_DIGITS)
                    .maxStringLength(MAX_TEXT_CHARS)
                    .build())
            // Payloads are UTF-8: UTF-16 must not pass by guessing.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // Keys come from the network: they have no place in the JVM's table of interned strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Jackson's default binds buffers to threads: on a server's threads they would outlive the application.
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();

    private Json() {}
}
