package io.github.dxlcdi.client.transport;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** The words for a failure of TLS: whose certificate is at fault, and what is to be done where. */
final class TlsFailure {
    // Keys of the layer above are named here: who reads this has a configuration before him, not our classes.
    private static final List<String> CERTIFICATE_ALERTS =
            List.of("bad_certificate", "certificate_", "unsupported_certificate", "unknown_ca", "access_denied");
    private static final List<String> NO_COMMON_VERSION = List.of(
            "protocol_version",
            "no appropriate protocol",
            "is not accepted by client preferences",
            "unsupported_protocol");
    private static final String ILLEGAL_NAME = "Illegal given domain name: ";
    private static final Pattern LATER_JDK = Pattern.compile("^\\([a-z_]+\\) ");
    private static final Pattern OPENSSL_ALERT = Pattern.compile("(?:SSLV3|TLSV1)_(?:ALERT_)?([A-Z_]+)");
    private static final String CHECK_LISTENER =
            "; check that host and port are those of the broker's TLS listener, and the broker's log";

    private TlsFailure() {}

    /** @param context what we offered; null: nothing is known of it */
    static String words(SSLException tls, Throwable cause, X509Certificate ours, SslContext context) {
        String brokers = ofBrokersCertificate(cause);
        if (brokers != null) {
            return brokers;
        }
        String said = said(tls);
        String alert = said.toLowerCase(Locale.ROOT);
        if (NO_COMMON_VERSION.stream().anyMatch(alert::contains)) {
            return "TLS failed with " + said + ": there is no common version or cipher suite; we speak TLS 1.3 and 1.2,"
                    + " where jdk.tls.disabledAlgorithms does not take one out";
        }
        if (alert.contains("handshake_failure") || alert.contains("insufficient_security")) {
            return "TLS failed with " + said + ": there is no common version or cipher suite, or the broker does not"
                    + " accept our certificate" + facts(ours) + RsaKeyExchange.advice(context);
        }
        if (CERTIFICATE_ALERTS.stream().anyMatch(alert::contains)) {
            return "the broker refused our certificate (" + said + ")" + remedy(alert, ours);
        }
        if (tls instanceof NotSslRecordException) {
            // Its message holds the bytes that came.
            return "TLS failed: not an SSL/TLS record" + CHECK_LISTENER;
        }
        boolean noAnswer = tls instanceof SslHandshakeTimeoutException || alert.startsWith("connection closed while");
        return "TLS failed: " + said + (noAnswer ? CHECK_LISTENER : "");
    }

    /** As JDK 17 says it: later ones put the alert in front as well, and OpenSSL has names of its own. */
    private static String said(SSLException tls) {
        String said = LATER_JDK.matcher(String.valueOf(tls.getMessage())).replaceFirst("");
        Matcher alert = OPENSSL_ALERT.matcher(said);
        return alert.find() ? "Received fatal alert: " + alert.group(1).toLowerCase(Locale.ROOT) : said;
    }

    private static String ofBrokersCertificate(Throwable cause) {
        if (LinkException.find(CertificateExpiredException.class, cause) != null) {
            return "the broker's certificate has expired: " + LinkException.message(cause)
                    + "; have it renewed at the broker, unless it is the clock of this machine that is wrong";
        }
        if (LinkException.find(CertificateNotYetValidException.class, cause) != null) {
            return "the broker's certificate is not valid yet: " + LinkException.message(cause)
                    + "; check the clock of this machine";
        }
        CertPathValidatorException invalid = LinkException.find(CertPathValidatorException.class, cause);
        if (LinkException.find(CertPathBuilderException.class, cause) != null
                || (invalid != null && invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR)) {
            return "the broker's certificate is not issued by a configured certificate authority; check that the CA"
                    + " bundle is this fabric's (dxl.tls.ca, or BrokerCertChain in dxlclient.config)";
        }
        if (LinkException.find(CertificateException.class, cause) == null) {
            return null;
        }
        Optional<String> uncheckable = nameThatCannotBeChecked(cause);
        if (uncheckable.isPresent()) {
            return "the broker's certificate can't be compared with the host name '" + uncheckable.get()
                    + "', which has an underscore or another sign that host names in certificates can't have; reach the"
                    + " broker by its address or another name, or turn the check of host names off"
                    + " (dxl.tls.verify-hostname)";
        }
        String why = LinkException.message(cause);
        boolean otherName = why.startsWith("No name matching") || why.startsWith("No subject alternative");
        return "the broker's certificate is not accepted: " + why
                + (otherName
                        ? "; name the broker as its certificate does, or turn the check of host names off"
                                + " (dxl.tls.verify-hostname)"
                        : "; the broker needs another one");
    }

    /** The JDK complains of "non-LDH ASCII characters" and does not say what these are. */
    private static Optional<String> nameThatCannotBeChecked(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            String said = String.valueOf(at.getMessage());
            if (at instanceof CertificateException && said.startsWith(ILLEGAL_NAME)) {
                return Optional.of(said.substring(ILLEGAL_NAME.length()));
            }
        }
        return Optional.empty();
    }

    private static String remedy(String alert, X509Certificate ours) {
        if (ours != null && ours.getNotAfter().toInstant().isBefore(Instant.now())) {
            return ": it has expired" + facts(ours) + "; get a new one from this fabric (for dxl.tls.certificate and"
                    + " dxl.tls.private-key, or CertFile and PrivateKey in dxlclient.config)";
        }
        if (alert.contains("unknown_ca")) {
            return ": the broker does not know who issued it" + facts(ours)
                    + "; use a certificate of this fabric, or have its authority imported there";
        }
        return "; check that it is issued for this fabric and still valid" + facts(ours);
    }

    /** What is to be known of our certificate, in brackets. */
    static String facts(X509Certificate ours) {
        return ours == null
                ? ""
                : " (" + ours.getSubjectX500Principal() + ", issued by " + ours.getIssuerX500Principal()
                        + ", valid until " + ours.getNotAfter().toInstant() + ")";
    }
}
