package io.github.dxlcdi.fabric.broker;

import java.util.List;

/**
 * What a broker is started with.
 *
 * @param brokerId its id on the fabric, a UUID without braces
 * @param port port on 127.0.0.1; 0 for a free one
 * @param tlsProtocols versions of TLS that it speaks, by their JDK names
 * @param messageSizeLimit longest body of a message in bytes; a longer one vanishes
 * @param pendingBytesLimit bytes that may wait for one slow client; beyond it, messages to that client vanish
 * @param cipherSuites those that it speaks, by their JDK names, as far as they are known here; empty: the JDK's own
 */
public record BrokerSettings(
        String brokerId,
        int port,
        List<String> tlsProtocols,
        int messageSizeLimit,
        int pendingBytesLimit,
        List<String> cipherSuites) {

    /** With the JDK's own cipher suites. */
    public BrokerSettings(
            String brokerId, int port, List<String> tlsProtocols, int messageSizeLimit, int pendingBytesLimit) {
        this(brokerId, port, tlsProtocols, messageSizeLimit, pendingBytesLimit, List.of());
    }
}
