package io.github.dxlcdi.benchmarks.contender;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificates as key stores, for MQTT clients that know no PEM. */
final class PemFiles {
    private static final char[] PASSWORD = {};

    private PemFiles() {}

    static KeyManagerFactory keys(Endpoint endpoint) throws GeneralSecurityException, IOException {
        KeyStore own = emptyStore();
        own.setKeyEntry(
                "client", privateKey(endpoint.key()), PASSWORD, new Certificate[] {certificate(endpoint.certificate())
                });
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        return keys;
    }

    static TrustManagerFactory trust(Endpoint endpoint) throws GeneralSecurityException, IOException {
        KeyStore authorities = emptyStore();
        authorities.setCertificateEntry("authority", certificate(endpoint.authority()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        return trust;
    }

    static SSLContext context(Endpoint endpoint) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        context.init(keys(endpoint).getKeyManagers(), trust(endpoint).getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
