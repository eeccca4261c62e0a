package io.github.dxlcdi.tie.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The text in a payload: UTF-8. NUL bytes at its end, which TIE servers send, are not part of it. */
public final class PayloadText {
    /** The bit in each of eight bytes that ASCII leaves free. */
    private static final long NOT_ASCII = 0x8080808080808080L;

    private PayloadText() {}

    /** The text of {@code payload}; what is no UTF-8 becomes U+FFFD. Null counts as empty. */
    public static String of(byte[] payload) {
        return payload == null ? "" : new String(payload, 0, length(payload), UTF_8);
    }

    /** Number of bytes without the NULs at the end. */
    static int length(byte[] payload) {
        int length = payload.length;
        while (length > 0 && payload[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /**
     * Position of the first byte that is no UTF-8, -1 if there is none. Asked before parsing, as the parser lets
     * overlong forms and lone surrogates pass.
     */
    static int firstNonUtf8(byte[] payload, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(payload, 0, length);
        int ascii = 0;
        while (ascii <= length - Long.BYTES && (bytes.getLong(ascii) & NOT_ASCII) == 0) {
            ascii += Long.BYTES;
        }
        while (ascii < length && payload[ascii] >= 0) {
            ascii++;
        }
        return ascii == length ? -1 : decode(bytes);
    }

    private static int decode(ByteBuffer bytes) {
        try {
            UTF_8.newDecoder().decode(bytes);
            return -1;
        } catch (CharacterCodingException e) {
            return bytes.position();
        }
    }
}
