package io.github.dxlcdi.client.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.spec.InvalidKeySpecException;
import java.util.HexFormat;

/** Wraps the older forms of a private key as PKCS#8 (RFC 5958), the one that the JDK reads. The key itself stays as it is. */
final class Pkcs8 {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int CURVE = 0xa0;
    private static final int OBJECT_IDENTIFIER = 0x06;

    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Pkcs8() {}

    /** An RSA key in the form of PKCS#1 (RFC 8017). */
    static byte[] ofPkcs1(byte[] key) {
        return tagged(SEQUENCE, VERSION, RSA, tagged(OCTET_STRING, key));
    }

    /** A key of an elliptic curve in the form of SEC 1 (RFC 5915). */
    static byte[] ofSec1(byte[] key) throws InvalidKeySpecException {
        return tagged(SEQUENCE, VERSION, tagged(SEQUENCE, EC, curve(key)), tagged(OCTET_STRING, key));
    }

    /** The name of the curve, which PKCS#8 wants outside of the key. */
    private static byte[] curve(byte[] key) throws InvalidKeySpecException {
        try {
            ByteBuffer fields = content(ByteBuffer.wrap(key), SEQUENCE);
            content(fields, INTEGER);
            content(fields, OCTET_STRING);
            ByteBuffer name = content(content(fields, CURVE), OBJECT_IDENTIFIER);
            byte[] bytes = new byte[name.remaining()];
            name.get(bytes);
            return tagged(OBJECT_IDENTIFIER, bytes);
        } catch (BufferUnderflowException e) {
            throw new InvalidKeySpecException("it does not name its curve", e);
        }
    }

    /** The content of the next value, which is skipped. */
    private static ByteBuffer content(ByteBuffer from, int tag) throws InvalidKeySpecException {
        if ((from.get() & 0xff) != tag) {
            throw new InvalidKeySpecException("it does not name its curve");
        }
        int length = from.get() & 0xff;
        if (length > 0x80) {
            int digits = length & 0x7f;
            length = 0;
            for (int i = 0; i < digits && length <= from.capacity(); i++) {
                length = length << 8 | from.get() & 0xff;
            }
        }
        if (length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer content = from.slice(from.position(), length);
        from.position(from.position() + length);
        return content;
    }

    private static byte[] tagged(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
        out.write(tag);
        if (length > 0xff) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length > 0x7f) {
            out.write(0x81);
        }
        out.write(length);
        for (byte[] content : contents) {
            out.writeBytes(content);
        }
        return out.toByteArray();
    }
}
