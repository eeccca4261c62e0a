package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom we trust and who we are.
 *
 * @param trusted the fabric's certificate authorities; no other is trusted
 * @param chain our certificate, followed by its issuers as far as they are known
 * @param key the key of our certificate
 */
public record TlsCredentials(List<X509Certificate> trusted, List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] PROBE = {'D', 'X', 'L'};
    private static final char[] NO_PASSWORD = {};

    /**
     * Loads them; each argument is a path or a PEM text.
     *
     * @throws DxlException naming what can't be read, and why
     */
    public static TlsCredentials load(String caBundle, String certificate, String privateKey) throws DxlException {
        List<X509Certificate> trusted =
                Pem.load("CA bundle of the fabric", caBundle).certificates();
        List<X509Certificate> own = Pem.load("client certificate", certificate).certificates();
        PrivateKey key = Pem.load("private key", privateKey).privateKey();
        if (!fits(key, own.get(0))) {
            throw new DxlException("The private key does not belong to the client certificate "
                    + own.get(0).getSubjectX500Principal()
                    + "; give the two that were made together");
        }
        checkOrder(own);
        return new TlsCredentials(trusted, withIssuers(own, trusted), key);
    }

    /** All of it as a key store in memory, with an empty password. */
    public KeyStore toKeyStore() throws DxlException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("ca-" + i, trusted.get(i));
            }
            store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new DxlException("The certificates can't be put into a key store", e);
        }
    }

    @Override
    public String toString() {
        return "TlsCredentials[" + chain.get(0).getSubjectX500Principal() + "]";
    }

    /** Brokers refuse a chain with a gap or in another order, and their words seldom say why. */
    private static void checkOrder(List<X509Certificate> chain) throws DxlException {
        for (int next = 1; next < chain.size(); next++) {
            X509Certificate certificate = chain.get(next - 1);
            X509Certificate issuer = chain.get(next);
            if (!issued(issuer, certificate)) {
                throw new DxlException("The client certificate must be followed by its issuers alone, each certificate"
                        + " issued by the next, but number " + next + ", " + certificate.getSubjectX500Principal()
                        + ", is not issued by number " + (next + 1) + ", " + issuer.getSubjectX500Principal()
                        + "; remove what is not among its issuers, and put the rest in order");
            }
        }
    }

    /** Brokers may know only the root, so the issuers in between come from the bundle if the file has none. */
    private static List<X509Certificate> withIssuers(List<X509Certificate> own, List<X509Certificate> bundle) {
        List<X509Certificate> chain = new ArrayList<>(own);
        for (int i = 0; i < bundle.size(); i++) {
            X509Certificate last = chain.get(chain.size() - 1);
            bundle.stream()
                    .filter(candidate -> !chain.contains(candidate) && issued(candidate, last))
                    .findFirst()
                    .ifPresent(chain::add);
        }
        return List.copyOf(chain);
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) {
        String algorithm = certificate.getPublicKey().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(PROBE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
