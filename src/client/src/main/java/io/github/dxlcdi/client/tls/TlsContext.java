package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;

/** Credentials as a context of Netty's. */
public final class TlsContext {
    /** The certificate authorities are pinned; names in certificates are looked at only on demand. */
    private static final String CHECK_HOST_NAME = "HTTPS";

    private static final String NO_CHECK = "";

    /**
     * What we offer, as far as the provider knows it: those with forward secrecy first, then what brokers before 6.1.1 speak.
     * Netty's own list leaves some of these out, and among them the one that these brokers prefer.
     */
    private static final List<String> SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA");

    private TlsContext() {}

    /**
     * A client's context for TLS 1.2 and 1.3. Called on the event loop: it touches Netty. With OpenSSL it holds memory outside
     * of the heap, so it has to be released as anything of Netty's that counts its references.
     *
     * @param verifyHostname whether the broker's certificate must name its host; default broker certificates do not
     * @throws DxlException if OpenSSL is asked for and isn't there
     */
    public static SslContext of(TlsCredentials credentials, boolean verifyHostname, TlsProvider provider)
            throws SSLException, DxlException {
        return SslContextBuilder.forClient()
                .sslProvider(provider.here())
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(SUITES, SupportedCipherSuiteFilter.INSTANCE)
                .trustManager(credentials.trusted().toArray(X509Certificate[]::new))
                .keyManager(new OwnCertificate(credentials.chain(), credentials.key()))
                .endpointIdentificationAlgorithm(verifyHostname ? CHECK_HOST_NAME : NO_CHECK)
                .build();
    }
}
