package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateExpiryTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Duration FAR = Duration.ofDays(1_000);

    private final LogLines log = new LogLines("io.github.dxlcdi.client.tls");

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource({
        "P31D,,",
        "P30DT1S,,",
        "P30D, WARNING DXL0222, ends in 30 day(s)",
        "P8D, WARNING DXL0222, ends in 8 day(s)",
        "P7DT1S, WARNING DXL0222, ends in 7 day(s)",
        "P7D, SEVERE DXL0223, ends in 7 day(s)",
        "PT1H, SEVERE DXL0223, ends in 0 day(s)",
        "PT-1S, SEVERE DXL0223, has ended"
    })
    void our_certificate_is_told_from_thirty_days_before_its_end_and_more_loudly_from_seven(
            Duration left, String line, String when) throws Exception {
        CertificateExpiry.report(credentials(left, FAR, FAR), NOW);

        if (line == null) {
            assertThat(log.lines()).isEmpty();
        } else {
            assertThat(log.lines())
                    .containsExactly(line + " The client certificate CN=client " + when + ", at " + NOW.plus(left)
                            + ". No broker takes it afterwards: provision the client again and put the new files in the"
                            + " place of the old");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "P31D,,",
        "P29D, WARNING DXL0222, ends in 29 day(s)",
        "P6D, SEVERE DXL0223, ends in 6 day(s)",
        "P-6D, WARNING DXL0222, has ended"
    })
    void an_authority_is_told_too_but_an_old_one_in_the_bundle_is_no_error(Duration left, String line, String when)
            throws Exception {
        CertificateExpiry.report(credentials(FAR, FAR, left), NOW);

        if (line == null) {
            assertThat(log.lines()).isEmpty();
        } else {
            assertThat(log.lines())
                    .containsExactly(line + " The certificate authority CN=authority " + when + ", at " + NOW.plus(left)
                            + ". Brokers that it has certified are not trusted afterwards: fetch the fabric's CA bundle"
                            + " again");
        }
    }

    @Test
    void an_issuer_of_our_certificate_is_told_as_such_and_once() throws Exception {
        CertificateExpiry.report(credentials(FAR, Duration.ofDays(3), FAR), NOW);

        assertThat(log.lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("SEVERE DXL0223 The issuer of the client certificate CN=issuer ends in 3 day(s)");
    }

    @Test
    void it_is_known_when_our_certificate_ends_and_when_the_first_of_the_authorities() throws Exception {
        CertificateExpiry expiry = CertificateExpiry.of(credentials(Duration.ofDays(5), FAR, Duration.ofDays(9)));

        assertThat(expiry.own()).isEqualTo(NOW.plus(Duration.ofDays(5)));
        assertThat(expiry.authorities()).isEqualTo(NOW.plus(Duration.ofDays(9)));
    }

    private static TlsCredentials credentials(Duration own, Duration issuer, Duration authority) throws Exception {
        X509Bundle issuing =
                certificate("issuer", issuer).setIsCertificateAuthority(true).buildSelfSigned();
        X509Bundle client = certificate("client", own).buildIssuedBy(issuing);
        X509Bundle other = certificate("authority", authority)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        return new TlsCredentials(
                List.of(issuing.getCertificate(), other.getCertificate()),
                List.of(client.getCertificate(), issuing.getCertificate()),
                client.getKeyPair().getPrivate());
    }

    private static CertificateBuilder certificate(String name, Duration left) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .notBefore(NOW.minus(Duration.ofDays(100)))
                .notAfter(NOW.plus(left))
                .ecp256();
    }
}
