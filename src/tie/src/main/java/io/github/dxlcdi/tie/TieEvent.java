package io.github.dxlcdi.tie;

import java.util.Map;

/**
 * An event of TIE. Observing this type means all of them; {@link TieTopic} lists them. Each is immutable and safe for any
 * thread.
 */
public sealed interface TieEvent permits FileDetection {
    /** Where it came from. */
    Origin origin();

    /**
     * Keys of the payload that this version doesn't know, in the payload's order, with their values as {@code String},
     * {@code Boolean}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code BigDecimal}, {@code List}, {@code Map}
     * or null. Can't be changed, deep down.
     */
    Map<String, Object> unknownFields();

    /**
     * The event as JSON for people and programs: hashes as an object of lower-case hex, all else as on the wire, keys
     * sorted, four spaces a level, lines end with {@code \n}, none after the last.
     */
    String toJson();
}
