package io.github.dxlcdi.fabric;

import java.util.List;
import java.util.stream.Stream;

/** Which cipher suites a broker speaks: as the JDK has them, or as brokers in the field do. */
public enum CipherProfile {
    /** What this JVM's TLS has. */
    JDK(List.of("TLSv1.2", "TLSv1.3"), List.of()),

    /**
     * RSA key exchange and nothing else, as the published image of the open source broker and Trellix before 6.1.1: TLS 1.2, and
     * the six of their eight suites that the JDK has (four where it has none and OpenSSL stands in). Current JDKs forbid
     * them: on such a one a fabric of this profile needs {@code netty-tcnative-boringssl-static}.
     */
    RSA_KEY_EXCHANGE_ONLY(List.of("TLSv1.2"), Suites.RSA),

    /** As Trellix 6.1.1 and later: ECDHE first, RSA key exchange as well; TLS 1.2. */
    TRELLIX_6_1_1(
            List.of("TLSv1.2"),
            Stream.concat(Suites.ECDHE.stream(), Suites.RSA.stream()).toList()),

    /** As with the profile for FIPS 140-3: no RSA key exchange and no SHA-1; TLS 1.2. */
    FIPS(List.of("TLSv1.2"), Suites.ECDHE),

    /** TLS 1.3 alone. */
    MODERN(List.of("TLSv1.3"), Suites.TLS_1_3);

    private static final class Suites {
        static final List<String> RSA = List.of(
                "TLS_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_256_CBC_SHA256",
                "TLS_RSA_WITH_AES_128_CBC_SHA256",
                "TLS_RSA_WITH_AES_256_CBC_SHA",
                "TLS_RSA_WITH_AES_128_CBC_SHA",
                "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA",
                "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA");
        static final List<String> ECDHE = List.of(
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");
        static final List<String> TLS_1_3 =
                List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

        private Suites() {}
    }

    private final List<String> protocols;
    private final List<String> suites;

    CipherProfile(List<String> protocols, List<String> suites) {
        this.protocols = protocols;
        this.suites = suites;
    }

    List<String> protocols() {
        return protocols;
    }

    List<String> suites() {
        return suites;
    }
}
