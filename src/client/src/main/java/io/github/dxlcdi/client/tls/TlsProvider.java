package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.GivenText;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.Locale;

/** Whose TLS is spoken. */
public enum TlsProvider {
    /** OpenSSL's where it is on the class path and runs here, else the JDK's. */
    AUTO,
    /** The JDK's. */
    JDK,
    /** That of OpenSSL's offspring BoringSSL, which still speaks RSA key exchange; or no connection at all. */
    OPENSSL;

    /** What an application adds to have OpenSSL. */
    public static final String OPENSSL_DEPENDENCY = "io.netty:netty-tcnative-boringssl-static";

    /**
     * The one that is called {@code name}, in any case.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TlsProvider named(String name) {
        try {
            return valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The TLS provider is '" + GivenText.shown(name) + "', expected auto, jdk or openssl");
        }
    }

    /** What it means here and now. Called on the event loop: it touches Netty. */
    SslProvider here() throws DxlException {
        if (this == JDK || (this == AUTO && !OpenSsl.isAvailable())) {
            return SslProvider.JDK;
        }
        if (!OpenSsl.isAvailable()) {
            throw new DxlException(
                    "TLS is to be OpenSSL's (dxl.tls.provider, or dxlClient.tlsProvider), which is not there; add the"
                            + " dependency " + OPENSSL_DEPENDENCY
                            + " to the application, for the platform of this machine",
                    OpenSsl.unavailabilityCause());
        }
        // Memory outside of the heap that we give back ourselves: the other kind has a finalizer call Netty.
        return SslProvider.OPENSSL_REFCNT;
    }
}
