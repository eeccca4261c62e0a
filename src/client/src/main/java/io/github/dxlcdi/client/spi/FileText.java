package io.github.dxlcdi.client.spi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The text of a file that was written by any editor: UTF-8, UTF-16 as Windows writes it, or Latin-1. */
public final class FileText {
    private static final int BIG = 0xfeff;
    private static final int LITTLE = 0xfffe;

    private FileText() {}

    /** The text of {@code bytes}. Of UTF-8, a byte order mark stays in it; a line that isn't UTF-8 is Latin-1. */
    public static String of(byte[] bytes) {
        if (bytes.length >= 2) {
            int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
            boolean marked = first == BIG || first == LITTLE;
            if (marked || bytes[0] == 0 || bytes[1] == 0) {
                boolean big = first == BIG || bytes[0] == 0;
                Charset utf16 = big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
                int start = marked ? 2 : 0;
                return new String(bytes, start, bytes.length - start, utf16);
            }
        }
        Optional<CharSequence> utf8 = utf8(ByteBuffer.wrap(bytes));
        if (utf8.isPresent()) {
            return utf8.get().toString();
        }
        StringBuilder text = new StringBuilder(bytes.length);
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n' || at == bytes.length - 1) {
                ByteBuffer line = ByteBuffer.wrap(bytes, start, at + 1 - start);
                text.append(utf8(line).orElseGet(() -> StandardCharsets.ISO_8859_1.decode(line)));
                start = at + 1;
            }
        }
        return text.toString();
    }

    private static Optional<CharSequence> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
