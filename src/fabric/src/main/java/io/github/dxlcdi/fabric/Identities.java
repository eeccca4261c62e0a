package io.github.dxlcdi.fabric;

import io.github.dxlcdi.fabric.pki.Authority;
import io.github.dxlcdi.fabric.pki.Identity;
import io.github.dxlcdi.fabric.pki.Thumbprint;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;

/** Who is who on one fabric: its authority, its brokers, and the clients. Safe from any thread. */
final class Identities {
    private final Authority authority = new Authority();

    X509Certificate authority() {
        return authority.certificate();
    }

    BrokerCertificates broker(String brokerId, KeyPair key) {
        return new BrokerCertificates(authority, "OpenDxlBroker-" + brokerId, key);
    }

    ClientIdentity client(String commonName, KeyPair key) {
        return forClient(authority.issueClient(commonName, key));
    }

    ClientIdentity client(String commonName) {
        Objects.requireNonNull(commonName, "commonName");
        return client(commonName, Authority.makeKey().join());
    }

    ClientIdentity client(String commonName, Duration validity) {
        Objects.requireNonNull(commonName, "commonName");
        return forClient(authority.issueClient(commonName, Authority.makeKey().join(), validity));
    }

    String certify(String commonName, PublicKey key) {
        return Identity.pem(authority.certifyClient(commonName, key));
    }

    ClientIdentity expiredClient(String commonName) {
        Objects.requireNonNull(commonName, "commonName");
        return forClient(
                authority.issueExpiredClient(commonName, Authority.makeKey().join()));
    }

    private static ClientIdentity forClient(Identity issued) {
        return new ClientIdentity(issued.certificatePem(), issued.privateKeyPem(), Thumbprint.of(issued.certificate()));
    }
}
