package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.log.TextLogger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where credentials come from, and what was last read there. Safe from any thread; what reads files must not be called on
 * the event loop.
 */
public final class CredentialSource {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.tls");

    private final String caBundle;
    private final String certificate;
    private final String privateKey;
    private final List<CredentialFile> files;
    private volatile TlsCredentials current;

    // Guarded by this
    private char[] password;
    private byte[] seen;

    private CredentialSource(String caBundle, String certificate, String privateKey, char[] password) {
        this.caBundle = caBundle;
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.files = Stream.of(caBundle, certificate, privateKey)
                .filter(source -> source != null && !source.isBlank() && !Pem.isInline(source))
                .map(path -> new CredentialFile("file", path.strip()))
                .toList();
        this.password = password == null ? null : password.clone();
    }

    /**
     * Loads credentials as {@link TlsCredentials#load(String, String, String, char[])} does.
     *
     * @param password copied; the copy is kept until {@link #forget} where the key may have to be read again
     */
    public static CredentialSource load(String caBundle, String certificate, String privateKey, char[] password)
            throws DxlException {
        CredentialSource source = new CredentialSource(caBundle, certificate, privateKey, password);
        try {
            source.read();
        } finally {
            if (!source.readsFiles() || source.current == null) {
                source.forget();
            }
        }
        return source;
    }

    /** Credentials that never change. */
    public static CredentialSource of(TlsCredentials credentials) {
        CredentialSource source = new CredentialSource(null, null, null, null);
        source.current = credentials;
        return source;
    }

    /** What was last read and could be used; never waits. */
    public TlsCredentials current() {
        return current;
    }

    /** Whether any of it comes from a file, and so may change. */
    public boolean readsFiles() {
        return !files.isEmpty();
    }

    /** Reads again if what the files hold has changed. What can't be used is told in the log, and changes nothing. */
    public synchronized void refresh() {
        if (!readsFiles() || Arrays.equals(seen, digest())) {
            return;
        }
        try {
            read();
            LOG.log(Level.INFO, "DXL0225 The certificates have changed and were read again: {0}", current);
        } catch (DxlException | RuntimeException e) {
            // Whatever it is: whoever waits for this goes on to connect.
            tellUnusable(e);
        }
    }

    /** What has been read can't be used. */
    public static void tellUnusable(Exception why) {
        LOG.log(
                Level.WARNING,
                "DXL0224 The certificates have changed and can''t be used; the client goes on with those that it has. {0}",
                why.getMessage());
    }

    /**
     * Reads again, changed or not.
     *
     * @throws DxlException naming what can't be read, and why; nothing has changed then
     */
    public synchronized void reload() throws DxlException {
        if (readsFiles()) {
            read();
        }
    }

    /** Clears the password; nothing is read any more that needs it. */
    public synchronized void forget() {
        if (password != null) {
            Arrays.fill(password, '\0');
            password = null;
        }
    }

    private synchronized void read() throws DxlException {
        seen = digest();
        current = TlsCredentials.load(caBundle, certificate, privateKey, password);
    }

    /** Of all that the files hold: neither their time nor their size tells every change. */
    private byte[] digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (CredentialFile file : files) {
                try {
                    byte[] content = file.read();
                    digest.update(content);
                    // One of them holds the key.
                    Arrays.fill(content, (byte) 0);
                } catch (DxlException e) {
                    digest.update(e.getMessage().getBytes(StandardCharsets.UTF_8));
                }
                digest.update((byte) 0);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
