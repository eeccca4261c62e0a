package io.github.dxlcdi.client.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/** Credentials as a context of Netty's. */
public final class TlsContext {
    /** The certificate authorities are pinned; names in certificates are looked at only on demand. */
    private static final String CHECK_HOST_NAME = "HTTPS";

    private static final String NO_CHECK = "";

    private TlsContext() {}

    /**
     * A client's context for TLS 1.2 and 1.3 with the JDK's default suites. Called on the event loop: it touches Netty.
     *
     * @param verifyHostname whether the broker's certificate must name its host; default broker certificates do not
     */
    public static SslContext of(TlsCredentials credentials, boolean verifyHostname) throws SSLException {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .trustManager(credentials.trusted().toArray(X509Certificate[]::new))
                .keyManager(new OwnCertificate(credentials.chain(), credentials.key()))
                .endpointIdentificationAlgorithm(verifyHostname ? CHECK_HOST_NAME : NO_CHECK)
                .build();
    }
}
