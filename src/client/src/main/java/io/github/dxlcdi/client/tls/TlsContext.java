package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/** Credentials as a context of Netty's. */
public final class TlsContext {
    /** The certificate authorities are pinned; names in certificates are looked at only on demand. */
    private static final String CHECK_HOST_NAME = "HTTPS";

    private static final String NO_CHECK = "";

    private TlsContext() {}

    /**
     * A client's context. Called on the event loop: it touches Netty. With OpenSSL it holds memory outside
     * of the heap, so it has to be released as anything of Netty's that counts its references.
     *
     * @throws DxlException if OpenSSL is asked for and isn't there
     */
    public static SslContext of(TlsCredentials credentials, TlsRules rules) throws SSLException, DxlException {
        SslContextBuilder context = SslContextBuilder.forClient()
                .sslProvider(rules.provider().here())
                .protocols(rules.protocols())
                .ciphers(rules.suites(), SupportedCipherSuiteFilter.INSTANCE)
                .keyManager(new OwnCertificate(credentials.chain(), credentials.key()))
                .endpointIdentificationAlgorithm(rules.verifyHostname() ? CHECK_HOST_NAME : NO_CHECK);
        if (!rules.verifyExtendedKeyUsage()) {
            return context.trustManager(credentials.trusted().toArray(X509Certificate[]::new))
                    .build();
        }
        try {
            return context.trustManager(ServerAuthTrust.in(credentials.trusted()))
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new SSLException("The certificate authorities can't be used", e);
        }
    }
}
