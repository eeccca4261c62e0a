package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.RawClient.PINGREQ;
import static io.github.dxlcdi.fabric.RawClient.PINGRESP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFaultsTest {
    @RegisterExtension
    static final TlsFabrics FABRICS = new TlsFabrics();

    @AfterEach
    void healedAllIsWell() throws Exception {
        for (Fabric fabric : new Fabric[] {FABRICS.tls12(), FABRICS.tls13()}) {
            fabric.faults().heal();
            RawClient.join(fabric).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void an_expired_certificate_of_the_broker_is_refused_by_its_clients(String version) {
        FABRICS.of(version).faults().expiredCertificate();

        assertThatThrownBy(() -> RawClient.join(FABRICS.of(version)))
                .isInstanceOf(SSLException.class)
                .hasRootCauseInstanceOf(CertificateExpiredException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_foreign_certificate_of_the_broker_is_refused_by_its_clients(String version) {
        FABRICS.of(version).faults().foreignCertificate();

        assertThatThrownBy(() -> RawClient.join(FABRICS.of(version)))
                .isInstanceOf(SSLException.class)
                .satisfies(refused -> assertThat(refused).hasStackTraceContaining("PKIX path validation failed"));
    }

    /** The alert may be outrun by the reset that follows when the client's next flight finds the socket closed. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_good_certificate_of_a_client_is_refused(String version) {
        FABRICS.of(version).faults().refuseCertificates();

        assertThatThrownBy(() -> RawClient.open(FABRICS.of(version)).expect("00"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
        assertThat(FABRICS.of(version).connectedClients()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void who_is_connected_already_does_not_notice(String version) throws Exception {
        try (RawClient before = RawClient.join(FABRICS.of(version))) {
            FABRICS.of(version).faults().expiredCertificate();
            FABRICS.of(version).faults().foreignCertificate();
            FABRICS.of(version).faults().refuseCertificates();

            before.send(PINGREQ).expect(PINGRESP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void an_expired_client_is_refused(String version) throws Exception {
        Fabric fabric = FABRICS.of(version);
        ClientIdentity expired = fabric.expiredIdentity("late");
        assertThat(Tls.certificate(expired.certificatePem()).getSubjectX500Principal())
                .hasToString("CN=late");

        assertThatThrownBy(() -> RawClient.open(fabric.port(), Tls.context(fabric.caPem(), expired))
                        .expect("00"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }
}
