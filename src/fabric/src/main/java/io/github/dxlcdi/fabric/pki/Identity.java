package io.github.dxlcdi.fabric.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A certificate that the fabric's authority issued, and its key. Immutable.
 *
 * @param certificate the certificate; its issuer is the authority itself, with nothing in between
 * @param privateKey its RSA key of 2048 bits
 */
public record Identity(X509Certificate certificate, PrivateKey privateKey) {

    /** The certificate, PEM. */
    public String certificatePem() {
        return pem(certificate);
    }

    /** The key, unencrypted PKCS#8 PEM: the one form that every DXL client reads. */
    public String privateKeyPem() {
        return pem("PRIVATE KEY", privateKey.getEncoded());
    }

    /** {@code certificate}, PEM. */
    public static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("The certificate has no encoded form: " + certificate, e);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    /** Names the owner; the key never gets into a log by way of this. */
    @Override
    public String toString() {
        return "Identity[" + certificate.getSubjectX500Principal() + "]";
    }
}
