package io.github.dxlcdi.fabric.pki;

import static io.github.dxlcdi.fabric.pki.Der.bitString;
import static io.github.dxlcdi.fabric.pki.Der.bool;
import static io.github.dxlcdi.fabric.pki.Der.explicit;
import static io.github.dxlcdi.fabric.pki.Der.implicit;
import static io.github.dxlcdi.fabric.pki.Der.integer;
import static io.github.dxlcdi.fabric.pki.Der.octetString;
import static io.github.dxlcdi.fabric.pki.Der.oid;
import static io.github.dxlcdi.fabric.pki.Der.sequence;
import static io.github.dxlcdi.fabric.pki.Der.time;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** An X.509 certificate (RFC 5280) as it is filled in, until an issuer signs it. Not thread-safe. */
final class CertificateForm {
    private static final Duration VALID_BEFORE = Duration.ofDays(1);
    private static final Duration VALID_AFTER = Duration.ofDays(365);
    private static final Duration EXPIRED_SINCE = Duration.ofHours(1);
    private static final int SERIAL_BITS = 127;

    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));
    private static final String SUBJECT_KEY_ID = "2.5.29.14";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String AUTHORITY_KEY_ID = "2.5.29.35";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private static final byte[] SIGNS_CERTIFICATES = bitString(1, new byte[] {0x06});
    private static final byte[] SIGNS_AND_ENCIPHERS_KEYS = bitString(5, new byte[] {(byte) 0xa0});

    private final X500Principal subject;
    private final PublicKey publicKey;
    private final List<byte[]> extensions = new ArrayList<>();
    private Duration validAfter = VALID_AFTER;

    private CertificateForm(String commonName, PublicKey publicKey) {
        this.subject = new X500Principal("CN=" + Rdn.escapeValue(commonName));
        this.publicKey = publicKey;
        extension(SUBJECT_KEY_ID, false, octetString(keyId(publicKey)));
    }

    static CertificateForm authority(String commonName, PublicKey publicKey) {
        CertificateForm form = new CertificateForm(commonName, publicKey);
        form.extension(BASIC_CONSTRAINTS, true, sequence(bool(true)));
        form.extension(KEY_USAGE, true, SIGNS_CERTIFICATES);
        return form;
    }

    static CertificateForm broker(String commonName, PublicKey publicKey, String dnsName, byte[] address) {
        CertificateForm form = anyBroker(commonName, publicKey, dnsName, address);
        form.extension(EXTENDED_KEY_USAGE, false, sequence(oid(SERVER_AUTH)));
        return form;
    }

    /** A broker's without an extended key usage. */
    static CertificateForm anyBroker(String commonName, PublicKey publicKey, String dnsName, byte[] address) {
        CertificateForm form = endEntity(commonName, publicKey);
        form.extension(
                SUBJECT_ALT_NAME, false, sequence(implicit(2, dnsName.getBytes(US_ASCII)), implicit(7, address)));
        return form;
    }

    static CertificateForm client(String commonName, PublicKey publicKey) {
        CertificateForm form = endEntity(commonName, publicKey);
        form.extension(EXTENDED_KEY_USAGE, false, sequence(oid(CLIENT_AUTH)));
        return form;
    }

    private static CertificateForm endEntity(String commonName, PublicKey publicKey) {
        CertificateForm form = new CertificateForm(commonName, publicKey);
        form.extension(BASIC_CONSTRAINTS, true, sequence());
        form.extension(KEY_USAGE, true, SIGNS_AND_ENCIPHERS_KEYS);
        return form;
    }

    CertificateForm expired() {
        return validFor(EXPIRED_SINCE.negated());
    }

    CertificateForm validFor(Duration validity) {
        validAfter = validity;
        return this;
    }

    X509Certificate signedByItself(PrivateKey key) throws GeneralSecurityException {
        return sign(subject, key);
    }

    X509Certificate signedBy(X509Certificate issuer, PrivateKey issuerKey) throws GeneralSecurityException {
        extension(AUTHORITY_KEY_ID, false, sequence(implicit(0, keyId(issuer.getPublicKey()))));
        return sign(issuer.getSubjectX500Principal(), issuerKey);
    }

    private X509Certificate sign(X500Principal issuer, PrivateKey issuerKey) throws GeneralSecurityException {
        Instant now = Instant.now();
        byte[] toBeSigned = sequence(
                explicit(0, integer(BigInteger.TWO)),
                integer(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE)),
                ECDSA_WITH_SHA256,
                issuer.getEncoded(),
                sequence(time(now.minus(VALID_BEFORE)), time(now.plus(validAfter))),
                subject.getEncoded(),
                publicKey.getEncoded(),
                explicit(3, sequence(extensions.toArray(byte[][]::new))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKey);
        signature.update(toBeSigned);
        byte[] certificate = sequence(toBeSigned, ECDSA_WITH_SHA256, bitString(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private void extension(String id, boolean critical, byte[] value) {
        extensions.add(
                critical ? sequence(oid(id), bool(true), octetString(value)) : sequence(oid(id), octetString(value)));
    }

    private static byte[] keyId(PublicKey key) {
        return Thumbprint.sha1(key.getEncoded());
    }
}
