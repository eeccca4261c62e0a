package io.github.dxlcdi.client.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.PKIXReason;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why a link could not be made or has ended, in words for the person who has to mend it. */
public final class LinkException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final List<String> CERTIFICATE_ALERTS =
            List.of("bad_certificate", "certificate_", "unsupported_certificate", "unknown_ca", "access_denied");

    /** The link ended for {@code reason}. */
    public LinkException(String reason) {
        super(reason);
    }

    LinkException(String reason, Throwable cause) {
        super(reason + (cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"), cause);
    }

    /** {@code cause} in words; what is one already gets the peer's name only. */
    static LinkException of(String peer, Throwable cause, boolean accepted) {
        return new LinkException(peer + ": " + words(cause, accepted), cause, true);
    }

    private LinkException(String text, Throwable cause, boolean complete) {
        super(text, cause);
    }

    private static String words(Throwable cause, boolean accepted) {
        LinkException known = find(LinkException.class, cause);
        if (known != null) {
            return known.getMessage();
        }
        SSLException tls = find(SSLException.class, cause);
        if (tls != null) {
            return tlsWords(tls, cause);
        }
        if (find(ConnectException.class, cause) != null) {
            return "no connection: " + message(cause) + "; check that the broker runs and that the port is open";
        }
        if (find(SocketException.class, cause) != null) {
            return "the connection was lost: " + message(cause);
        }
        return accepted ? "the connection was lost: " + cause : "no connection: " + cause;
    }

    private static String tlsWords(SSLException tls, Throwable cause) {
        if (find(CertificateExpiredException.class, cause) != null) {
            return "the broker's certificate has expired: " + message(cause);
        }
        CertPathValidatorException invalid = find(CertPathValidatorException.class, cause);
        if (find(CertPathBuilderException.class, cause) != null
                || (invalid != null && invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR)) {
            return "the broker's certificate is not issued by a configured certificate authority; check that the CA"
                    + " bundle is this fabric's";
        }
        if (find(CertificateException.class, cause) != null) {
            return "the broker's certificate is not accepted: " + message(cause);
        }
        String text = String.valueOf(tls.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("handshake_failure")
                || text.contains("protocol_version")
                || text.contains("no appropriate protocol")) {
            return "TLS failed with " + tls.getMessage() + ": there is no common version or cipher suite (a broker that"
                    + " offers only TLS_RSA_* suites needs them allowed in jdk.tls.disabledAlgorithms), or the broker"
                    + " does not accept our certificate";
        }
        if (CERTIFICATE_ALERTS.stream().anyMatch(text::contains)) {
            return "the broker refused our certificate (" + tls.getMessage() + "); check that it is issued for this"
                    + " fabric and still valid";
        }
        return "TLS failed: " + tls.getMessage();
    }

    private static String message(Throwable cause) {
        Throwable last = cause;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    }

    private static <T extends Throwable> T find(Class<T> type, Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
