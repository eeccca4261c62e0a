package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.fabric.registry.RegistrySettings;
import java.util.List;

/**
 * What a broker is started with.
 *
 * @param brokerId its id on the fabric, a UUID without braces
 * @param port port on 127.0.0.1; 0 for a free one
 * @param tlsProtocols versions of TLS that it speaks, by their JDK names
 * @param messageSizeLimit longest MQTT packet in bytes; a longer one ends the connection that it came on
 * @param pendingBytesLimit bytes that may wait for one slow client; beyond it, messages to that client vanish
 * @param registry when registrations of services end
 * @param ownServices whether it has the registry of services and answers queries; without them it is a plain MQTT broker
 * @param announceClients whether it publishes an event when a client comes or goes
 * @param connectionLimit most clients that may be connected; 0: any number
 * @param webSockets whether it listens for web sockets too, on a free port
 * @param ipv6 whether it listens on ::1 too, on the same ports
 * @param cipherSuites those that it speaks, by their JDK names, as far as they are known here; empty: the JDK's own
 */
public record BrokerSettings(
        String brokerId,
        int port,
        List<String> tlsProtocols,
        int messageSizeLimit,
        int pendingBytesLimit,
        RegistrySettings registry,
        boolean ownServices,
        boolean announceClients,
        int connectionLimit,
        boolean webSockets,
        boolean ipv6,
        List<String> cipherSuites) {

    /** Settings with the defaults of a DXL broker, on one port, with the JDK's own cipher suites. */
    public BrokerSettings(
            String brokerId, int port, List<String> tlsProtocols, int messageSizeLimit, int pendingBytesLimit) {
        this(
                brokerId,
                port,
                tlsProtocols,
                messageSizeLimit,
                pendingBytesLimit,
                RegistrySettings.DEFAULT,
                true,
                false,
                0,
                false,
                false,
                List.of());
    }
}
