package io.github.dxlcdi.fabric.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The few ASN.1 values of a certificate in DER (ITU-T X.690). The JDK reads certificates but has no public way to write
 * one, and a library that does costs 11 MB and a third of a second at start.
 */
final class Der {
    private static final DateTimeFormatter GENERALIZED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    /** RFC 5280, 4.1.2.5: dates from here on are written with four digits of the year, earlier ones with two. */
    private static final Instant FOUR_DIGIT_YEARS = Instant.parse("2050-01-01T00:00:00Z");

    private static final int CONSTRUCTED_CONTEXT = 0xa0;
    private static final int PRIMITIVE_CONTEXT = 0x80;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] bool(boolean value) {
        return tagged(0x01, new byte[] {(byte) (value ? 0xff : 0)});
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] bitString(byte[] value) {
        return bitString(0, value);
    }

    static byte[] bitString(int unusedBits, byte[] value) {
        return tagged(0x03, new byte[] {(byte) unusedBits}, value);
    }

    static byte[] octetString(byte[] value) {
        return tagged(0x04, value);
    }

    static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            base128(out, Integer.parseInt(arcs[i]));
        }
        return tagged(0x06, out.toByteArray());
    }

    static byte[] time(Instant instant) {
        return instant.isBefore(FOUR_DIGIT_YEARS)
                ? tagged(0x17, ascii(UTC.format(instant)))
                : tagged(0x18, ascii(GENERALIZED.format(instant)));
    }

    /** A value wrapped in the tag {@code [number]}. */
    static byte[] explicit(int number, byte[] value) {
        return tagged(CONSTRUCTED_CONTEXT | number, value);
    }

    /** The content of a simple value under the tag {@code [number]} in place of its own. */
    static byte[] implicit(int number, byte[] content) {
        return tagged(PRIMITIVE_CONTEXT | number, content);
    }

    private static byte[] tagged(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] lengthBytes = BigInteger.valueOf(length).toByteArray();
            int from = lengthBytes[0] == 0 ? 1 : 0;
            out.write(0x80 | lengthBytes.length - from);
            out.write(lengthBytes, from, lengthBytes.length - from);
        }
        for (byte[] content : contents) {
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    private static void base128(ByteArrayOutputStream out, int value) {
        int shift = 28;
        while (shift > 0 && value >>> shift == 0) {
            shift -= 7;
        }
        for (; shift > 0; shift -= 7) {
            out.write(value >>> shift & 0x7f | 0x80);
        }
        out.write(value & 0x7f);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
