package io.github.dxlcdi.fabric.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A certificate authority for one fabric. Its own key is an EC one, which is made at once; those it certifies are RSA,
 * which every DXL client can use. Safe from any thread.
 */
public final class Authority {
    private static final String COMMON_NAME = "DXL Fabric CA (development only)";
    private static final int RSA_BITS = 2048;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final KeyPair keyPair;
    private final X509Certificate certificate;

    /** Makes a new authority with a key of its own. */
    public Authority() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keyPair = generator.generateKeyPair();
            certificate =
                    CertificateForm.authority(COMMON_NAME, keyPair.getPublic()).signedByItself(keyPair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw withoutAlgorithms(e);
        }
    }

    /** The authority's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Certifies a broker on the loopback interface, as {@code localhost} and {@code 127.0.0.1}. */
    public Identity issueBroker(String commonName, KeyPair key) {
        return issue(CertificateForm.broker(commonName, key.getPublic(), "localhost", LOOPBACK), key);
    }

    /** Certifies a client. */
    public Identity issueClient(String commonName, KeyPair key) {
        return issue(CertificateForm.client(commonName, key.getPublic()), key);
    }

    /** As {@link #issueClient(String, KeyPair)}, but the certificate ends after {@code validity}. */
    public Identity issueClient(String commonName, KeyPair key, Duration validity) {
        return issue(CertificateForm.client(commonName, key.getPublic()).validFor(validity), key);
    }

    /** Certifies a client that keeps its key, RSA or EC, to itself. */
    public X509Certificate certifyClient(String commonName, PublicKey key) {
        try {
            return CertificateForm.client(commonName, key).signedBy(certificate, keyPair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw withoutAlgorithms(e);
        }
    }

    /** As {@link #issueBroker}, but the certificate has expired an hour ago. */
    public Identity issueExpiredBroker(String commonName, KeyPair key) {
        return issue(
                CertificateForm.broker(commonName, key.getPublic(), "localhost", LOOPBACK)
                        .expired(),
                key);
    }

    /** As {@link #issueBroker}, but the certificate has no extended key usage. */
    public Identity issueBrokerWithoutUsage(String commonName, KeyPair key) {
        return issue(CertificateForm.anyBroker(commonName, key.getPublic(), "localhost", LOOPBACK), key);
    }

    /** As {@link #issueClient}, but the certificate has expired an hour ago. */
    public Identity issueExpiredClient(String commonName, KeyPair key) {
        return issue(CertificateForm.client(commonName, key.getPublic()).expired(), key);
    }

    private Identity issue(CertificateForm form, KeyPair key) {
        try {
            return new Identity(form.signedBy(certificate, keyPair.getPrivate()), key.getPrivate());
        } catch (GeneralSecurityException e) {
            throw withoutAlgorithms(e);
        }
    }

    /**
     * Makes an RSA key of 2048 bits on a thread of its own, which ends with it: some 300 ms, so several are made side by
     * side.
     */
    public static CompletableFuture<KeyPair> makeKey() {
        CompletableFuture<KeyPair> made = new CompletableFuture<>();
        Thread maker = new Thread(
                () -> {
                    try {
                        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                        generator.initialize(RSA_BITS);
                        made.complete(generator.generateKeyPair());
                    } catch (Throwable e) {
                        made.completeExceptionally(e);
                    }
                },
                "dxl-fabric-key");
        maker.setDaemon(true);
        maker.start();
        return made;
    }

    private static IllegalStateException withoutAlgorithms(GeneralSecurityException e) {
        return new IllegalStateException(
                "This JVM can't make certificates (RSA, EC P-256, SHA-256): " + e.getMessage(), e);
    }
}
