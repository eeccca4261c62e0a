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

    /** {@link #load(String, String, String, char[])} with a key that is not encrypted. */
    public static TlsCredentials load(String caBundle, String certificate, String privateKey) throws DxlException {
        return load(caBundle, certificate, privateKey, null);
    }

    /**
     * Loads them; each of the first three is a path or a PEM text. Files are read, so never on the event loop.
     *
     * @param certificate may be the path of a key store, {@code .p12} or {@code .pfx}, which holds the issuers as well
     * @param privateKey PKCS#8, PKCS#1 or SEC 1, encrypted or not; or the path of a key store; blank: that of the certificate
     * @param password opens the key or the key store; only read; null: there is none
     * @throws DxlException naming what can't be read, and why
     */
    public static TlsCredentials load(String caBundle, String certificate, String privateKey, char[] password)
            throws DxlException {
        List<X509Certificate> trusted =
                Pem.load("CA bundle of the fabric", caBundle).certificates();
        boolean stored = KeyStoreFile.isOne(certificate);
        List<X509Certificate> own = stored
                ? KeyStoreFile.load(new CredentialFile("client certificate", certificate.strip()), password)
                        .chain()
                : Pem.load("client certificate", certificate).certificates();
        boolean together = stored && (privateKey == null || privateKey.isBlank());
        PrivateKey key = privateKey(together ? certificate : privateKey, password);
        if (!fits(key, own.get(0))) {
            throw new DxlException("The private key does not belong to the client certificate "
                    + own.get(0).getSubjectX500Principal()
                    + "; give the two that were made together");
        }
        checkOrder(own);
        return new TlsCredentials(trusted, withIssuers(own, trusted), key);
    }

    /**
     * The same as a key store in memory: our key as {@code client}, without a password, and the authorities as {@code
     * broker-ca-1} and so on.
     */
    public KeyStore toKeyStore() throws DxlException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("broker-ca-" + (i + 1), trusted.get(i));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new DxlException("This JVM can't make a key store of the kind PKCS#12", e);
        }
    }

    @Override
    public String toString() {
        return "TlsCredentials[" + chain.get(0).getSubjectX500Principal() + "]";
    }

    private static PrivateKey privateKey(String source, char[] password) throws DxlException {
        boolean stored = KeyStoreFile.isOne(source);
        CredentialFile file = new CredentialFile("private key", stored ? source.strip() : source);
        PrivateKey key = stored
                ? KeyStoreFile.load(file, password).key()
                : Pem.load(file.role(), source).privateKey(password);
        if (!Pem.isInline(source)) {
            file.warnIfOpenToOthers();
        }
        return key;
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
