package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.config.ProxyAddress;
import io.github.dxlcdi.client.tls.CredentialSource;
import io.github.dxlcdi.client.tls.TlsRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that a connection needs to know.
 *
 * @param clientId the client's unique id
 * @param brokers of several, the first that answers is taken; they are tried as listed where there is a proxy between
 * @param proxy the HTTP proxy on the way to all of them
 * @param credentials where our certificate and the trusted ones come from
 * @param tls how TLS is spoken
 * @param keepAlive how long the broker may be silent; zero: for ever
 * @param connectTimeout how long each of the three steps of an attempt may take: TCP; TLS and CONNACK together; the
 *     confirmation of the subscriptions
 * @param patience how long a broker may take that is compared with others
 * @param operationTimeout how long the broker's answer to a later SUBSCRIBE is awaited
 * @param disconnectTimeout how long a broker may take to read what was sent, before it is left
 * @param backOff the pauses between passes over the brokers
 */
public record ConnectionSettings(
        String clientId,
        List<BrokerAddress> brokers,
        Optional<ProxyAddress> proxy,
        CredentialSource credentials,
        TlsRules tls,
        Duration keepAlive,
        Duration connectTimeout,
        Duration patience,
        Duration operationTimeout,
        Duration disconnectTimeout,
        BackOff.Settings backOff) {}
