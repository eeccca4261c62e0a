package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A key store of the kind PKCS#12 (RFC 7292) with one key and its certificates.
 *
 * @param chain the key's certificate and its issuers, as far as they are there
 * @param key the key
 */
record KeyStoreFile(List<X509Certificate> chain, PrivateKey key) {
    private static final char[] NO_PASSWORD = {};

    /** Whether {@code source} is the path of one, by its name. */
    static boolean isOne(String source) {
        String name = source == null ? "" : source.strip().toLowerCase(Locale.ROOT);
        return !Pem.isInline(name) && (name.endsWith(".p12") || name.endsWith(".pfx"));
    }

    /** @param password null: there is none */
    static KeyStoreFile load(CredentialFile file, char[] password) throws DxlException {
        char[] opener = password == null ? NO_PASSWORD : password;
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file.read()), opener);
            String alias = alias(store, file.what());
            if (!(store.getKey(alias, opener) instanceof PrivateKey key)) {
                throw new DxlException(file.what() + " holds no private key");
            }
            return new KeyStoreFile(
                    Stream.of(store.getCertificateChain(alias))
                            .map(X509Certificate.class::cast)
                            .toList(),
                    key);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw wrongPassword(file, password);
            }
            throw new DxlException(file.what() + " is no key store of the kind PKCS#12, or it is damaged");
        } catch (UnrecoverableKeyException e) {
            throw wrongPassword(file, password);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new DxlException(file.what() + " can't be read", e);
        }
    }

    /** Leaves the key out: some print themselves. */
    @Override
    public String toString() {
        return "KeyStoreFile[" + chain.get(0).getSubjectX500Principal() + "]";
    }

    private static DxlException wrongPassword(CredentialFile file, char[] password) {
        if (isRefusedByJvm(password)) {
            return new DxlException(
                    file.what() + " can't be opened: this JVM takes passwords of ASCII characters only for"
                            + " key stores; give it another password, or give certificate and key as PEM");
        }
        return new DxlException(file.what() + " can't be opened: "
                + (password == null
                        ? "there is no password for it; give it as dxl.tls.private-key-password, or to"
                                + " DxlClientConfig.setPrivateKeyPassword"
                        : "the password is wrong, or the file is damaged"));
    }

    /** JDK 17 says of such a password only that it is wrong. */
    private static boolean isRefusedByJvm(char[] password) {
        if (password == null) {
            return false;
        }
        try {
            SecretKeyFactory.getInstance("PBE").generateSecret(new PBEKeySpec(password));
            return false;
        } catch (GeneralSecurityException e) {
            return true;
        }
    }

    private static String alias(KeyStore store, String what) throws GeneralSecurityException, DxlException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificateChain(alias) != null) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new DxlException(what + " holds "
                    + (keys.isEmpty() ? "no private key with its certificate" : "more than one private key, " + keys)
                    + "; expected exactly one");
        }
        return keys.get(0);
    }
}
