package io.github.dxlcdi.fabric.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.naming.ldap.LdapName;
import org.junit.jupiter.api.Test;

class AuthorityTest {
    private static final KeyPair KEY = Authority.makeKey().join();

    private final Authority authority = new Authority();

    @Test
    void the_authority_signs_for_itself_and_may_issue() throws Exception {
        X509Certificate certificate = authority.certificate();

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(certificate.getKeyUsage()[5]).isTrue();
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
    }

    @Test
    void a_brokers_certificate_names_the_loopback_interface() throws Exception {
        X509Certificate certificate =
                authority.issueBroker("OpenDxlBroker-1", KEY).certificate();

        assertIssued(certificate);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=OpenDxlBroker-1");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void a_clients_certificate_is_for_clients_only() throws Exception {
        X509Certificate certificate = authority.issueClient("client", KEY).certificate();

        assertIssued(certificate);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getSubjectAlternativeNames()).isNull();
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                .isEqualTo(2048);
    }

    private void assertIssued(X509Certificate certificate) throws Exception {
        certificate.verify(authority.certificate().getPublicKey());
        certificate.checkValidity(Date.from(Instant.now().minus(Duration.ofHours(23))));
        certificate.checkValidity(Date.from(Instant.now().plus(Duration.ofDays(364))));
        assertThat(certificate.getIssuerX500Principal())
                .isEqualTo(authority.certificate().getSubjectX500Principal());
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        boolean[] usage = certificate.getKeyUsage();
        assertThat(List.of(usage[0], usage[1], usage[2], usage[5])).containsExactly(true, false, true, false);
        assertThat(certificate.getSerialNumber()).isPositive();
        assertThat(certificate.getPublicKey()).isEqualTo(KEY.getPublic());
    }

    @Test
    void a_name_may_hold_what_separates_names() throws Exception {
        String name = "Müller, Sons & Co=1; \"x\" + y";
        X509Certificate certificate = authority.issueClient(name, KEY).certificate();

        assertThat(new LdapName(certificate.getSubjectX500Principal().getName())
                        .getRdn(0)
                        .getValue())
                .isEqualTo(name);
    }

    @Test
    void a_key_shows_in_no_log() {
        assertThat(authority.issueClient("client", KEY).toString()).isEqualTo("Identity[CN=client]");
    }
}
