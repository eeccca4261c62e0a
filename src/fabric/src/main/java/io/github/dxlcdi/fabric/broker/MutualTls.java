package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.fabric.pki.Identity;
import io.github.dxlcdi.fabric.pki.Thumbprint;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The broker's side of TLS: it shows its certificate and demands one of the fabric's authority. Made of the JDK's parts,
 * for Netty's {@code SslContext} reads the JDK's own authorities first, which takes half a second.
 */
final class MutualTls {
    private static final String SIMPLEST_STORE = "JKS";
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;
    private final String[] protocols;
    private final String[] suites;
    private final String rootThumbprint;

    /** Null where the JDK's TLS does. */
    private final SslContext openSsl;

    /** Lets clients of {@code authority} in; with the JDK's own cipher suites. */
    MutualTls(Identity broker, X509Certificate authority, List<String> protocols)
            throws GeneralSecurityException, IOException {
        this(broker, authority, protocols, List.of(), new Revocations());
    }

    /** Lets clients of {@code authority} in, but for those that are revoked; with {@code suites}, or the JDK's own if it is empty. */
    MutualTls(
            Identity broker,
            X509Certificate authority,
            List<String> protocols,
            List<String> suites,
            Revocations revocations)
            throws GeneralSecurityException, IOException {
        this(broker, authority, protocols, suites, revocations.guard(trustIn(authority)));
    }

    private MutualTls(
            Identity broker,
            X509Certificate authority,
            List<String> protocols,
            List<String> suites,
            TrustManager[] trust)
            throws GeneralSecurityException, IOException {
        KeyStore own = emptyStore();
        own.setKeyEntry("broker", broker.privateKey(), NO_PASSWORD, new Certificate[] {broker.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust, null);
        this.protocols = protocols.toArray(String[]::new);
        this.suites = known(suites);
        openSsl = suites.isEmpty() || this.suites.length > 0 ? null : openSsl(broker, protocols, suites, trust[0]);
        rootThumbprint = Thumbprint.of(authority);
    }

    /** Asks for a certificate of {@code authority}, and refuses whatever is shown. */
    static MutualTls refusingAll(
            Identity broker, X509Certificate authority, List<String> protocols, List<String> suites)
            throws GeneralSecurityException, IOException {
        return new MutualTls(broker, authority, protocols, suites, new TrustManager[] {new NobodyTrusted(authority)});
    }

    /** Thumbprint of the authority that every client's certificate is from. */
    String rootThumbprint() {
        return rootThumbprint;
    }

    /** An engine for one connection. */
    SSLEngine newEngine(ByteBufAllocator memory) {
        if (openSsl != null) {
            return openSsl.newEngine(memory);
        }
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        engine.setEnabledProtocols(protocols);
        if (suites.length > 0) {
            engine.setEnabledCipherSuites(suites);
        }
        return engine;
    }

    /** Gives back what is held outside of the heap; connections that are there keep what they need. */
    void release() {
        ReferenceCountUtil.release(openSsl);
    }

    /** Those that the JDK has, in their order. */
    private String[] known(List<String> wanted) {
        Set<String> supported = Set.of(context.createSSLEngine().getSupportedCipherSuites());
        return wanted.stream().filter(supported::contains).toArray(String[]::new);
    }

    /** For suites that the JDK has forbidden. */
    private static SslContext openSsl(Identity broker, List<String> protocols, List<String> suites, TrustManager trust)
            throws GeneralSecurityException, IOException {
        if (!OpenSsl.isAvailable()) {
            throw new GeneralSecurityException("The TLS of this JVM has none of the cipher suites " + suites
                    + "; add the dependency io.netty:netty-tcnative-boringssl-static for the platform of this machine");
        }
        return SslContextBuilder.forServer(broker.privateKey(), broker.certificate())
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .protocols(protocols)
                .ciphers(suites, SupportedCipherSuiteFilter.INSTANCE)
                .trustManager(trust)
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }

    private static TrustManager[] trustIn(X509Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore authorities = emptyStore();
        authorities.setCertificateEntry("authority", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        return trust.getTrustManagers();
    }

    private record NobodyTrusted(X509Certificate authority) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
            throw new CertificateException("Every client is refused");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
            throw new CertificateException("A broker is no client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {authority};
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(SIMPLEST_STORE);
        store.load(null, null);
        return store;
    }
}
