package io.github.dxlcdi.fabric;

import io.github.dxlcdi.fabric.pki.Authority;
import io.github.dxlcdi.fabric.pki.Identity;
import java.security.KeyPair;
import java.security.cert.X509Certificate;

/** What one broker may show its clients: a good certificate, or a bad one. Safe from any thread. */
final class BrokerCertificates {
    private final Authority authority;
    private final String name;
    private final KeyPair key;
    private final Identity good;

    BrokerCertificates(Authority authority, String name, KeyPair key) {
        this.authority = authority;
        this.name = name;
        this.key = key;
        good = authority.issueBroker(name, key);
    }

    X509Certificate authority() {
        return authority.certificate();
    }

    Identity good() {
        return good;
    }

    Identity expired() {
        return authority.issueExpiredBroker(name, key);
    }

    /** Without an extended key usage. */
    Identity withoutUsage() {
        return authority.issueBrokerWithoutUsage(name, key);
    }

    /** Certified by an authority that nobody knows. */
    Identity foreign() {
        return new Authority().issueBroker(name, key);
    }
}
