package io.github.dxlcdi.fabric.pki;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** The SHA-1 of a certificate: what a DXL broker knows its owner by. Safe from any thread. */
public final class Thumbprint {
    private Thumbprint() {}

    /** The thumbprint of {@code certificate}: 40 hexadecimal digits, lower case. */
    public static String of(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(sha1(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("The certificate has no encoded form: " + certificate, e);
        }
    }

    static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }
}
