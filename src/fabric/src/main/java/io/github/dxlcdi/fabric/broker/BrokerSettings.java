package io.github.dxlcdi.fabric.broker;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a broker is started with.
 *
 * @param brokerId its id on the fabric, a UUID without braces
 * @param port port on 127.0.0.1; 0 for a free one
 * @param certificate its certificate, issued by {@code authority}
 * @param privateKey the certificate's key
 * @param authority the authority whose client certificates it accepts
 * @param tlsProtocols versions of TLS that it speaks, by their JDK names
 * @param messageSizeLimit longest body of a message in bytes; a longer one vanishes
 * @param pendingBytesLimit bytes that may wait for one slow client; beyond it, messages to that client vanish
 */
public record BrokerSettings(
        String brokerId,
        int port,
        X509Certificate certificate,
        PrivateKey privateKey,
        X509Certificate authority,
        List<String> tlsProtocols,
        int messageSizeLimit,
        int pendingBytesLimit) {}
