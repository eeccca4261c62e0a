package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import java.util.List;
import java.util.Optional;

/**
 * How TLS is spoken.
 *
 * @param provider whose TLS it is
 * @param verifyHostname whether the broker's certificate must name its host; default broker certificates do not
 * @param verifyExtendedKeyUsage whether the broker's certificate must have the extended key usage serverAuth
 * @param protocols the versions that are spoken, by their JDK names, the newest first
 * @param suites the cipher suites that are offered, by their JDK names, the preferred first
 */
public record TlsRules(
        TlsProvider provider,
        boolean verifyHostname,
        boolean verifyExtendedKeyUsage,
        List<String> protocols,
        List<String> suites) {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** TLS 1.2 and 1.3 with all suites that we know. */
    public static TlsRules of(TlsProvider provider, boolean verifyHostname) {
        return new TlsRules(provider, verifyHostname, false, PROTOCOLS, CipherList.ALL);
    }

    /** The same with the check of the extended key usage, or without. */
    public TlsRules verifyingExtendedKeyUsage(boolean verify) {
        return new TlsRules(provider, verifyHostname, verify, protocols, suites);
    }

    /**
     * The same within limits.
     *
     * @param minVersion the oldest version of TLS, by its JDK name; older ones than 1.2 are not spoken anyway
     * @param ciphers suites as {@link CipherList#chosen} reads them
     * @throws DxlException if these choose nothing
     */
    public TlsRules within(Optional<String> minVersion, Optional<String> ciphers) throws DxlException {
        return new TlsRules(
                provider,
                verifyHostname,
                verifyExtendedKeyUsage,
                minVersion.filter("TLSv1.3"::equals).map(List::of).orElse(protocols),
                ciphers.isPresent() ? CipherList.chosen(ciphers.get()) : suites);
    }
}
