package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.fabric.pki.Thumbprint;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The certificates of clients that a fabric has revoked, for good. Safe from any thread. */
final class Revocations {
    private final Set<String> thumbprints = new ConcurrentSkipListSet<>();

    void add(String thumbprint) {
        thumbprints.add(thumbprint);
    }

    List<String> thumbprints() {
        return List.copyOf(thumbprints);
    }

    boolean contains(String thumbprint) {
        return thumbprints.contains(thumbprint);
    }

    /** {@code trust}, but for what has been revoked at the time of a handshake. */
    TrustManager[] guard(TrustManager[] trust) {
        TrustManager[] guarded = new TrustManager[trust.length];
        for (int i = 0; i < trust.length; i++) {
            guarded[i] = trust[i] instanceof X509TrustManager authorities ? new Guard(authorities, this) : trust[i];
        }
        return guarded;
    }

    private record Guard(X509TrustManager authorities, Revocations revocations) implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
            authorities.checkClientTrusted(chain, keyType);
            String thumbprint = Thumbprint.of(chain[0]);
            if (revocations.contains(thumbprint)) {
                throw new CertificateException("The certificate " + thumbprint + " is revoked");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
            authorities.checkServerTrusted(chain, keyType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authorities.getAcceptedIssuers();
        }
    }
}
