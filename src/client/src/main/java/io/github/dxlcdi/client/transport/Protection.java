package io.github.dxlcdi.client.transport;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCounted;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/**
 * How a link is protected.
 *
 * @param version of TLS, by its JDK name
 * @param suite the cipher suite, by its JDK name
 * @param provider whose TLS is spoken
 */
public record Protection(String version, String suite, String provider) {
    static final String RSA_KEY_EXCHANGE = "TLS_RSA_";

    /** Of a link whose handshake is over; empty if TLS is not spoken here. */
    static Optional<Protection> of(ChannelPipeline pipeline) {
        SslHandler tls = pipeline.get(SslHandler.class);
        if (tls == null) {
            return Optional.empty();
        }
        SSLEngine engine = tls.engine();
        SSLSession session = engine.getSession();
        return Optional.of(new Protection(
                session.getProtocol(),
                session.getCipherSuite(),
                engine instanceof ReferenceCounted ? "OpenSSL" : "JDK"));
    }

    /** Whether what passes stays secret when the broker's key becomes known one day. */
    public boolean hasForwardSecrecy() {
        return !suite.startsWith(RSA_KEY_EXCHANGE);
    }

    @Override
    public String toString() {
        return version + " " + suite + " (" + provider + ")";
    }
}
