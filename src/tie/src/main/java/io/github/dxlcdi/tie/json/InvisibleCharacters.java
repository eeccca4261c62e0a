package io.github.dxlcdi.tie.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;

/**
 * Escapes characters that change what surrounds them and can't be seen: controls (a terminal takes U+009B for the start
 * of a command), formats (U+202E reverses the direction of a file name), and separators of lines and paragraphs.
 */
final class InvisibleCharacters extends CharacterEscapes {
    static final CharacterEscapes ESCAPED = new InvisibleCharacters();

    private static final long serialVersionUID = 1L;
    private static final char DELETE = 0x7F;

    private static final int[] ASCII = standardAsciiEscapesForJSON();

    static {
        ASCII[DELETE] = ESCAPE_STANDARD;
    }

    private InvisibleCharacters() {}

    @Override
    public int[] getEscapeCodesForAscii() {
        return ASCII.clone();
    }

    /** Of one beyond ASCII; null if it is to stay as it is. */
    @Override
    public SerializableString getEscapeSequence(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                new SerializedString(String.format("\\u%04X", character));
            default -> null;
        };
    }
}
