package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.exception.DxlException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How loading credentials went: they are there, or it is told in words what is wrong. Either way it has not taken long.
 *
 * @param words what was told, with all causes; empty: they are there
 */
record LoadOutcome(String words) {
    /** Of one processor. Five million iterations take this long. */
    private static final long MOST_NANOS = 20_000_000_000L;

    private static final String PASSPHRASE = "secret";
    private static final int ONE_IN = 10;
    private static final int TELLING = 24;
    private static final Pattern MAY_BE_SECRET = Pattern.compile("[A-Za-z0-9+/=]{" + TELLING + ",}");
    private static final ThreadMXBean TIME = ManagementFactory.getThreadMXBean();

    private static final Map<String, Optional<PrivateKey>> GOOD = new ConcurrentHashMap<>();

    private interface Loading {
        void load() throws DxlException;
    }

    static char[] passphrase() {
        return PASSPHRASE.toCharArray();
    }

    /** Of a key: alone, and now and then with its certificate if it was read and is not the one of {@code good}. */
    static LoadOutcome ofKey(String certificate, String key, String good) {
        return of(() -> {
            PrivateKey read = Pem.load("private key", key).privateKey(passphrase());
            boolean other = !read.equals(
                    GOOD.computeIfAbsent(good, LoadOutcome::goodKey).orElse(null));
            if (other && isChosen(read)) {
                TlsCredentials.load(certificate, certificate, key, passphrase());
            }
        });
    }

    /** Of certificates: alone, and now and then as those of the fabric and as ours if they are not the one of {@code good}. */
    static LoadOutcome ofCertificates(String certificates, String good, String key) {
        return of(() -> {
            List<X509Certificate> read =
                    Pem.load("client certificate", certificates).certificates();
            if (!read.equals(Pem.load("client certificate", good).certificates()) && isChosen(read)) {
                TlsCredentials.load(certificates, good, key, passphrase());
                TlsCredentials.load(good, certificates, key, passphrase());
            }
        });
    }

    /** Of a key store. */
    static LoadOutcome ofStore(Path file) {
        return of(() -> KeyStoreFile.load(new CredentialFile("private key", file.toString()), passphrase()));
    }

    /** A signature takes ten times as long as all the reading. */
    private static boolean isChosen(Object read) {
        return Math.floorMod(read.hashCode(), ONE_IN) == 0;
    }

    private static LoadOutcome of(Loading loading) {
        long before = TIME.getCurrentThreadCpuTime();
        StringBuilder words = new StringBuilder();
        try {
            loading.load();
        } catch (DxlException e) {
            assertThat(e.getMessage()).startsWith("The ").doesNotContain("null");
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                words.append(cause).append('\n');
            }
        }
        assertThat(TIME.getCurrentThreadCpuTime() - before).isLessThan(MOST_NANOS);
        assertThat(words).doesNotContain(PASSPHRASE);
        return new LoadOutcome(words.toString());
    }

    private static Optional<PrivateKey> goodKey(String pem) {
        try {
            return Optional.of(Pem.load("private key", pem).privateKey(passphrase()));
        } catch (DxlException e) {
            return Optional.empty();
        }
    }

    /** No part of the key that is worth a guess, be it as base64 or in hexadecimal digits. */
    void tellsNothingOf(String pem) {
        String base64 = pem.replaceAll("-----[^-]*-----|.*:.*|\\s", "");
        Matcher mayBe = MAY_BE_SECRET.matcher(words);
        while (mayBe.find()) {
            String told = mayBe.group();
            String hex = HexFormat.of().formatHex(Base64.getMimeDecoder().decode(base64));
            for (int at = 0; at + TELLING <= told.length(); at++) {
                String part = told.substring(at, at + TELLING);
                assertThat(base64.contains(part)).as(words).isFalse();
                assertThat(hex.contains(part.toLowerCase(Locale.ROOT)))
                        .as(words)
                        .isFalse();
            }
        }
    }
}
