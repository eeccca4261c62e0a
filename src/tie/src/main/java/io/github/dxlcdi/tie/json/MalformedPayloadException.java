package io.github.dxlcdi.tie.json;

/**
 * A payload that is not what its topic promises. It is the only exception that reading a payload throws, whatever the
 * bytes are. Its message names the place, what stood there and what was expected, in one line of printable characters:
 * excerpts of the payload are shortened, and control characters in them are written as escapes.
 */
public final class MalformedPayloadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String found;
    private final String expected;

    MalformedPayloadException(String path, String found, String expected) {
        super(Excerpt.of(path, 200) + ": found " + found + ", expected " + expected);
        this.path = path;
        this.found = found;
        this.expected = expected;
    }

    /** JSON path of the value at fault, such as {@code $.hashes[1].value}; {@code $} is the payload as a whole. */
    public String path() {
        return path;
    }

    /** What stood there, shortened to some 80 characters; {@code nothing} for what is missing. */
    public String found() {
        return found;
    }

    /** What should have stood there, in words. */
    public String expected() {
        return expected;
    }
}
