package io.github.dxlcdi.tie.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** The text in a payload: UTF-8. NUL bytes at its end, which TIE servers send, are not part of it. */
public final class PayloadText {
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
        for (int i = 0; i < length; i++) {
            if (payload[i] < 0) {
                return decode(ByteBuffer.wrap(payload, 0, length));
            }
        }
        return -1;
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
