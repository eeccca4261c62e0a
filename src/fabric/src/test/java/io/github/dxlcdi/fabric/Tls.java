package io.github.dxlcdi.fabric;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What a client that knows nothing of this project makes of the fabric's PEM texts. */
public final class Tls {
    private static final char[] PASSWORD = "test".toCharArray();

    private Tls() {}

    /** With a client certificate. */
    public static SSLContext context(String caPem, ClientIdentity identity) throws Exception {
        KeyStore own = emptyStore();
        own.setKeyEntry("client", privateKey(identity.privateKeyPem()), PASSWORD, new X509Certificate[] {
            certificate(identity.certificatePem())
        });
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust(caPem).getTrustManagers(), null);
        return context;
    }

    /** Without one. */
    public static SSLContext anonymousContext(String caPem) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(caPem).getTrustManagers(), null);
        return context;
    }

    public static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    }

    public static PrivateKey privateKey(String pem) throws Exception {
        String base64 = pem.replace("-----BEGIN PRIVATE KEY-----", "").replace("-----END PRIVATE KEY-----", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    private static TrustManagerFactory trust(String caPem) throws Exception {
        KeyStore authorities = emptyStore();
        authorities.setCertificateEntry("ca", certificate(caPem));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        return trust;
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
