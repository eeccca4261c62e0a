package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.RawClient.PINGREQ;
import static io.github.dxlcdi.fabric.RawClient.PINGRESP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFaultsTest {
    private static Fabric tls12;
    private static Fabric tls13;

    @BeforeAll
    static void start() {
        tls12 = Fabric.builder().tlsProtocols("TLSv1.2").start();
        tls13 = Fabric.builder().tlsProtocols("TLSv1.3").start();
    }

    @AfterAll
    static void stop() {
        tls12.close();
        tls13.close();
    }

    @AfterEach
    void healedAllIsWell() throws Exception {
        for (Fabric fabric : new Fabric[] {tls12, tls13}) {
            fabric.faults().heal();
            RawClient.join(fabric).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void an_expired_certificate_of_the_broker_is_refused_by_its_clients(String version) {
        fabric(version).faults().expiredCertificate();

        assertThatThrownBy(() -> RawClient.join(fabric(version)))
                .isInstanceOf(SSLException.class)
                .hasRootCauseInstanceOf(CertificateExpiredException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_foreign_certificate_of_the_broker_is_refused_by_its_clients(String version) {
        fabric(version).faults().foreignCertificate();

        assertThatThrownBy(() -> RawClient.join(fabric(version)))
                .isInstanceOf(SSLException.class)
                .satisfies(refused -> assertThat(refused).hasStackTraceContaining("PKIX path validation failed"));
    }

    /** The alert may be outrun by the reset that follows when the client's next flight finds the socket closed. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_good_certificate_of_a_client_is_refused(String version) {
        fabric(version).faults().refuseCertificates();

        assertThatThrownBy(() -> RawClient.open(fabric(version)).expect("00"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
        assertThat(fabric(version).connectedClients()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void who_is_connected_already_does_not_notice(String version) throws Exception {
        try (RawClient before = RawClient.join(fabric(version))) {
            fabric(version).faults().expiredCertificate();
            fabric(version).faults().foreignCertificate();
            fabric(version).faults().refuseCertificates();

            before.send(PINGREQ).expect(PINGRESP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void an_expired_client_is_refused(String version) throws Exception {
        Fabric fabric = fabric(version);
        ClientIdentity expired = fabric.expiredIdentity("late");
        assertThat(Tls.certificate(expired.certificatePem()).getSubjectX500Principal())
                .hasToString("CN=late");

        assertThatThrownBy(() -> RawClient.open(fabric.port(), Tls.context(fabric.caPem(), expired))
                        .expect("00"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private static Fabric fabric(String version) {
        return version.equals("TLSv1.2") ? tls12 : tls13;
    }
}
