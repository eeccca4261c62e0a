package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.GivenText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code [General]} of a {@code dxlclient.config}; what is empty is not said there.
 *
 * @param useWebSockets whether the brokers are spoken to over web sockets
 * @param clientId the client's fixed id
 * @param tlsMinVersion the oldest version of TLS that is spoken, in the JDK's words: {@code TLSv1.2}
 * @param verifyHostname whether a broker's certificate must name its host
 * @param tlsCiphers the cipher suites that are offered, in OpenSSL's words
 * @param connectRetries passes over the brokers after the first one; -1: without end
 */
public record GeneralSection(
        Optional<Boolean> useWebSockets,
        Optional<String> clientId,
        Optional<String> tlsMinVersion,
        Optional<Boolean> verifyHostname,
        Optional<String> tlsCiphers,
        Optional<Integer> connectRetries) {
    static final String GENERAL = "General";
    static final String USE_WEB_SOCKETS = "UseWebSockets";
    static final String CLIENT_ID = "ClientId";
    static final String TLS_MIN_VERSION = "TlsMinVersion";
    static final String VERIFY_HOSTNAME = "VerifyHostname";
    static final String TLS_CIPHERS = "TlsCiphers";
    static final String CONNECT_RETRIES = "ConnectRetries";

    private static final List<String> YES = List.of("yes", "true", "on", "1");
    private static final List<String> NO = List.of("no", "false", "off", "0");
    private static final Map<String, String> TLS_VERSIONS =
            Map.of("1", "TLSv1", "1.0", "TLSv1", "1.1", "TLSv1.1", "1.2", "TLSv1.2", "1.3", "TLSv1.3");

    static GeneralSection of(IniFile ini, Findings findings) {
        return new GeneralSection(
                findings.of(Optional.empty(), () -> bool(ini, USE_WEB_SOCKETS)),
                ini.value(GENERAL, CLIENT_ID),
                findings.of(Optional.empty(), () -> tlsVersion(ini)),
                findings.of(Optional.empty(), () -> bool(ini, VERIFY_HOSTNAME)),
                ini.value(GENERAL, TLS_CIPHERS),
                findings.of(Optional.empty(), () -> retries(ini)));
    }

    private static Optional<Boolean> bool(IniFile ini, String key) throws DxlException {
        Optional<IniEntry> entry = ini.entry(GENERAL, key);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        String answer = entry.get().plain().toLowerCase(Locale.ROOT);
        if (!YES.contains(answer) && !NO.contains(answer)) {
            throw entry.get()
                    .wrong(key + "=" + GivenText.shown(entry.get().plain()) + " is not understood, expected one of "
                            + YES + " or " + NO);
        }
        return Optional.of(YES.contains(answer));
    }

    private static Optional<String> tlsVersion(IniFile ini) throws DxlException {
        Optional<IniEntry> entry = ini.entry(GENERAL, TLS_MIN_VERSION);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        String number = entry.get()
                .plain()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^tls[v_ ]*", "")
                .replace('_', '.');
        return Optional.of(Optional.ofNullable(TLS_VERSIONS.get(number))
                .orElseThrow(() -> entry.get()
                        .wrong(TLS_MIN_VERSION + "="
                                + GivenText.shown(entry.get().plain())
                                + " is no version of TLS, expected 1.2 or 1.3")));
    }

    private static Optional<Integer> retries(IniFile ini) throws DxlException {
        Optional<IniEntry> entry = ini.entry(GENERAL, CONNECT_RETRIES);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try {
            int retries = Integer.parseInt(entry.get().plain());
            if (retries >= -1) {
                return Optional.of(retries);
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw entry.get()
                .wrong(CONNECT_RETRIES + "=" + GivenText.shown(entry.get().plain())
                        + " is no number of retries, expected 0 or more, or -1 for no end");
    }
}
