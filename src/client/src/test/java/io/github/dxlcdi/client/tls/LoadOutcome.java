package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.exception.DxlException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
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
    private static final int TELLING = 16;
    private static final Pattern MAY_BE_SECRET = Pattern.compile("[A-Za-z0-9+/=]{" + TELLING + ",}");
    private static final ThreadMXBean TIME = ManagementFactory.getThreadMXBean();

    static char[] passphrase() {
        return PASSPHRASE.toCharArray();
    }

    static LoadOutcome of(String caBundle, String certificate, String privateKey) {
        long before = TIME.getCurrentThreadCpuTime();
        StringBuilder words = new StringBuilder();
        try {
            TlsCredentials loaded = TlsCredentials.load(caBundle, certificate, privateKey, passphrase());
            assertThat(loaded.key()).isNotNull();
            assertThat(loaded.chain()).isNotEmpty();
            assertThat(loaded.trusted()).isNotEmpty();
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
