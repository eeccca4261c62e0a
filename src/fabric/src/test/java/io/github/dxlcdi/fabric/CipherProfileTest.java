package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What brokers of each profile speak to a client that offers one suite at a time. */
class CipherProfileTest {
    private static final List<String> ECDHE = List.of(
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    private static final List<String> RSA = List.of(
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_RSA_WITH_AES_256_GCM_SHA384");
    private static final List<String> TLS_1_3 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JDK")
    void a_broker_speaks_the_suites_of_its_profile_and_no_other(CipherProfile profile) throws Exception {
        List<String> expected = switch (profile) {
            case RSA_KEY_EXCHANGE_ONLY -> RSA;
            case TRELLIX_6_1_1 -> Stream.concat(ECDHE.stream(), RSA.stream()).toList();
            case FIPS -> ECDHE;
            default -> TLS_1_3;
        };
        try (Fabric fabric = Fabric.builder().ciphers(profile).start()) {
            SSLContext tls = Tls.context(fabric.caPem(), fabric.identity());
            List<String> ours = List.of(tls.getSupportedSSLParameters().getCipherSuites());
            List<String> spoken = new ArrayList<>();
            for (String suite : ours) {
                if (speaks(fabric, tls, suite)) {
                    spoken.add(suite);
                }
            }

            assertThat(spoken)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.stream().filter(ours::contains).toList());
        }
    }

    private static boolean speaks(Fabric fabric, SSLContext tls, String suite) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), fabric.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
            socket.setEnabledCipherSuites(new String[] {suite});
            try {
                socket.startHandshake();
                return socket.getSession().getCipherSuite().equals(suite);
            } catch (IOException e) {
                return false;
            }
        }
    }
}
