package io.github.dxlcdi.client.tls;

import io.github.dxlcdi.client.log.TextLogger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * When the certificates of a client end.
 *
 * @param own when the client's own does
 * @param authorities when the first of the fabric's authorities does
 */
public record CertificateExpiry(Instant own, Instant authorities) {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.tls");
    private static final Duration NEAR = Duration.ofDays(30);
    private static final Duration VERY_NEAR = Duration.ofDays(7);
    private static final String OWN_REMEDY =
            "No broker takes it afterwards: provision the client again and put the new files in the place of the old";
    private static final String AUTHORITY_REMEDY =
            "Brokers that it has certified are not trusted afterwards: fetch the fabric's CA bundle again";

    /** Of {@code credentials}. */
    public static CertificateExpiry of(TlsCredentials credentials) {
        return new CertificateExpiry(
                end(credentials.chain().get(0)),
                credentials.trusted().stream()
                        .map(CertificateExpiry::end)
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
    }

    /** Writes a line for each certificate that ends within thirty days of {@code now}. */
    public static void report(TlsCredentials credentials, Instant now) {
        for (int i = 0; i < credentials.chain().size(); i++) {
            String what = i == 0 ? "client certificate" : "issuer of the client certificate";
            report(what, credentials.chain().get(i), OWN_REMEDY, now, Level.ERROR);
        }
        for (X509Certificate authority : credentials.trusted()) {
            if (!credentials.chain().contains(authority)) {
                boolean over = end(authority).isBefore(now);
                // A bundle often holds the last authority beside the new one.
                report("certificate authority", authority, AUTHORITY_REMEDY, now, over ? Level.WARNING : Level.ERROR);
            }
        }
    }

    private static void report(String what, X509Certificate certificate, String remedy, Instant now, Level worst) {
        Duration left = Duration.between(now, end(certificate));
        if (left.compareTo(NEAR) > 0) {
            return;
        }
        String when = left.isNegative() ? "has ended" : "ends in " + left.toDays() + " day(s)";
        if (left.compareTo(VERY_NEAR) > 0 || worst == Level.WARNING) {
            LOG.log(
                    Level.WARNING,
                    "DXL0222 The {0} {1} {2}, at {3}. {4}",
                    what,
                    certificate.getSubjectX500Principal(),
                    when,
                    end(certificate),
                    remedy);
        } else {
            LOG.log(
                    Level.ERROR,
                    "DXL0223 The {0} {1} {2}, at {3}. {4}",
                    what,
                    certificate.getSubjectX500Principal(),
                    when,
                    end(certificate),
                    remedy);
        }
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }
}
