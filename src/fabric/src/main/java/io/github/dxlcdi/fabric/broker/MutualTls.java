package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.fabric.pki.Identity;
import io.github.dxlcdi.fabric.pki.Thumbprint;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/**
 * The broker's side of TLS: it shows its certificate and demands one of the fabric's authority. Made of the JDK's parts,
 * for Netty's {@code SslContext} reads the JDK's own authorities first, which takes half a second.
 */
final class MutualTls {
    private static final String SIMPLEST_STORE = "JKS";
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;
    private final String[] protocols;
    private final String rootThumbprint;

    MutualTls(Identity broker, X509Certificate authority, List<String> protocols)
            throws GeneralSecurityException, IOException {
        KeyStore own = emptyStore();
        own.setKeyEntry("broker", broker.privateKey(), NO_PASSWORD, new Certificate[] {broker.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        KeyStore authorities = emptyStore();
        authorities.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        this.protocols = protocols.toArray(String[]::new);
        rootThumbprint = Thumbprint.of(authority);
    }

    /** Thumbprint of the authority that every client's certificate is from. */
    String rootThumbprint() {
        return rootThumbprint;
    }

    /** An engine for one connection. */
    SSLEngine newEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        engine.setEnabledProtocols(protocols);
        return engine;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(SIMPLEST_STORE);
        store.load(null, null);
        return store;
    }
}
