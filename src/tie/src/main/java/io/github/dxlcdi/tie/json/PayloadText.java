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
        return payload == null
                ? ""
                : new String(payload, 0, of(ByteBuffer.wrap(payload)).limit(), UTF_8);
    }

    /** The bytes without the NULs at the end; not copied, and its indices begin at 0. */
    static ByteBuffer of(ByteBuffer payload) {
        int end = payload.limit();
        while (end > payload.position() && payload.get(end - 1) == 0) {
            end--;
        }
        return payload.slice(payload.position(), end - payload.position());
    }

    /**
     * Position of the first byte that is no UTF-8, -1 if there is none. Asked before parsing, as the parser lets
     * overlong forms and lone surrogates pass.
     */
    static int firstNonUtf8(ByteBuffer text) {
        int length = text.limit();
        int ascii = 0;
        while (ascii <= length - Long.BYTES && (text.getLong(ascii) & NOT_ASCII) == 0) {
            ascii += Long.BYTES;
        }
        while (ascii < length && text.get(ascii) >= 0) {
            ascii++;
        }
        return ascii == length ? -1 : decode(text.duplicate());
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
