package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.tls.CipherList;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of our certificate, and what is to be done where. */
class TlsFailureTest {
    private static final Instant UNTIL = Instant.parse("2101-02-03T04:05:06Z");
    private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06Z");
    private static final String FACTS = " (CN=our client, issued by CN=our ca, valid until " + UNTIL + ")";

    private static X509Certificate valid;
    private static X509Certificate expired;

    @BeforeAll
    static void makeCertificates() throws Exception {
        X509Bundle ca = certificate("our ca").setIsCertificateAuthority(true).buildSelfSigned();
        valid = certificate("our client").notAfter(UNTIL).buildIssuedBy(ca).getCertificate();
        expired = certificate("our client").notAfter(LONG_AGO).buildIssuedBy(ca).getCertificate();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad_certificate",
                "certificate_unknown",
                "certificate_required",
                "certificate_expired",
                "certificate_revoked",
                "unsupported_certificate",
                "access_denied"
            })
    void a_refused_certificate_is_told_with_whose_it_is_and_until_when_it_is_valid(String alert) {
        assertThat(words(alert(alert), valid))
                .isEqualTo("the broker refused our certificate (Received fatal alert: " + alert
                        + "); check that it is issued for this fabric and still valid" + FACTS);
    }

    @Test
    void an_authority_that_the_broker_does_not_know_is_named() {
        assertThat(words(alert("unknown_ca"), valid))
                .isEqualTo("the broker refused our certificate (Received fatal alert: unknown_ca): the broker does not"
                        + " know who issued it" + FACTS
                        + "; use a certificate of this fabric, or have its authority imported there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad_certificate", "certificate_unknown", "certificate_expired", "unknown_ca"})
    void that_our_certificate_has_expired_is_said_whatever_the_broker_says(String alert) {
        assertThat(words(alert(alert), expired))
                .isEqualTo("the broker refused our certificate (Received fatal alert: " + alert
                        + "): it has expired (CN=our client, issued by CN=our ca, valid until " + LONG_AGO
                        + "); get a new one from this fabric (for dxl.tls.certificate and dxl.tls.private-key, or"
                        + " CertFile and PrivateKey in dxlclient.config)");
    }

    @Test
    void a_failed_handshake_names_the_certificate_too() {
        assertThat(words(alert("handshake_failure"), valid))
                .isEqualTo(
                        "TLS failed with Received fatal alert: handshake_failure: there is no common version or cipher"
                                + " suite, or the broker does not accept our certificate" + FACTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Received fatal alert: protocol_version", "No appropriate protocol (protocol is disabled)"})
    void without_a_common_version_no_certificate_is_blamed(String message) {
        assertThat(words(new SSLHandshakeException(message), valid))
                .isEqualTo(
                        "TLS failed with " + message + ": there is no common version or cipher suite; we speak TLS 1.3"
                                + " and 1.2, where jdk.tls.disabledAlgorithms does not take one out");
    }

    static Stream<Arguments> brokersFaults() {
        return Stream.of(
                Arguments.of(
                        new CertificateExpiredException("NotAfter: 2020"),
                        "the broker's certificate has expired: NotAfter: 2020; have it renewed at the broker, unless it"
                                + " is the clock of this machine that is wrong"),
                Arguments.of(
                        new CertificateNotYetValidException("NotBefore: 2120"),
                        "the broker's certificate is not valid yet: NotBefore: 2120; check the clock of this machine"),
                Arguments.of(
                        new CertificateException("No name matching broker found"),
                        "the broker's certificate is not accepted: No name matching broker found; name the broker as its"
                                + " certificate does, or turn the check of host names off (dxl.tls.verify-hostname)"),
                Arguments.of(
                        new CertificateException("No subject alternative names present"),
                        "the broker's certificate is not accepted: No subject alternative names present; name the broker"
                                + " as its certificate does, or turn the check of host names off"
                                + " (dxl.tls.verify-hostname)"),
                Arguments.of(
                        new CertificateException("MD5withRSA is disabled"),
                        "the broker's certificate is not accepted: MD5withRSA is disabled; the broker needs another"
                                + " one"));
    }

    @ParameterizedTest
    @MethodSource("brokersFaults")
    void what_is_wrong_with_the_brokers_certificate_is_not_blamed_on_ours(Exception cause, String words) {
        SSLException tls = new SSLHandshakeException(cause.getMessage());
        tls.initCause(cause);

        assertThat(words(tls, valid)).isEqualTo(words);
    }

    @Test
    void the_bytes_of_what_is_no_broker_stay_out() {
        assertThat(words(new NotSslRecordException("not an SSL/TLS record: 485454502f312e"), valid))
                .isEqualTo("TLS failed: not an SSL/TLS record; check that host and port are those of the broker's TLS"
                        + " listener, and the broker's log");
    }

    @Test
    void who_does_not_answer_may_be_no_broker() {
        assertThat(words(new SslHandshakeTimeoutException("handshake timed out after 10000ms"), valid))
                .startsWith("TLS failed: handshake timed out after 10000ms; check that host and port");
        assertThat(words(new SSLHandshakeException("Connection closed while SSL/TLS handshake was in progress"), valid))
                .contains("handshake was in progress; check that host and port");
    }

    @Test
    void a_reset_before_the_broker_accepted_us_may_be_for_our_certificate() {
        assertThat(LinkException.of("host:8883", new SocketException("Connection reset"), false, valid))
                .hasMessage(
                        "host:8883: the connection was lost: Connection reset, before the broker accepted us; it may"
                                + " not accept our certificate" + FACTS + ", its log says more");
        assertThat(LinkException.of("host:8883", new SocketException("Connection reset"), true, valid))
                .hasMessage("host:8883: the connection was lost: Connection reset");
    }

    @Test
    void a_good_bye_before_the_broker_accepted_us_may_be_for_our_certificate() {
        assertThat(LinkException.closedEarly(valid))
                .hasMessage("the broker closed the connection before it accepted us; it may not accept our certificate"
                        + FACTS + ", its log says more");
    }

    @Test
    void a_refusal_by_mqtt_says_what_to_look_at() {
        assertThat(LinkException.refused(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED, valid))
                .hasMessage(
                        "the broker refused the connection: CONNACK 5, connection refused not authorized; check what"
                                + " the fabric allows our certificate to do" + FACTS);
        assertThat(LinkException.refused(MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE, valid))
                .hasMessage(
                        "the broker refused the connection: CONNACK 3, connection refused server unavailable; it may"
                                + " have as many clients as it allows");
    }

    @Test
    void a_list_of_cipher_suites_that_leaves_rsa_key_exchange_out_is_blamed_for_that() throws Exception {
        SslContextBuilder context = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);

        assertThat(RsaKeyExchange.advice(
                        context.ciphers(CipherList.chosen("ECDHE+AESGCM"), SupportedCipherSuiteFilter.INSTANCE)
                                .build()))
                .startsWith(". If the broker offers RSA key exchange only, as DXL brokers before 6.1.1 do: the list of"
                        + " cipher suites (TlsCiphers) leaves it out; add kRSA to it");
        assertThat(RsaKeyExchange.advice(context.ciphers(CipherList.ALL, SupportedCipherSuiteFilter.INSTANCE)
                        .build()))
                .doesNotContain("TlsCiphers");
    }

    @Test
    void a_network_without_a_way_there_is_not_a_connection_that_was_lost() {
        assertThat(LinkException.of("host:8883", new NoRouteToHostException("No route to host"), false, valid))
                .hasMessage(
                        "host:8883: no connection: No route to host; check the network between here and the broker");
    }

    /** As OpenSSL's offspring says it. */
    @ParameterizedTest
    @CsvSource({
        "SSLV3_ALERT_HANDSHAKE_FAILURE, handshake_failure",
        "SSLV3_ALERT_BAD_CERTIFICATE, bad_certificate",
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE, unsupported_certificate",
        "SSLV3_ALERT_CERTIFICATE_REVOKED, certificate_revoked",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED, certificate_expired",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN, certificate_unknown",
        "TLSV1_ALERT_UNKNOWN_CA, unknown_ca",
        "TLSV1_ALERT_ACCESS_DENIED, access_denied",
        "TLSV1_ALERT_CERTIFICATE_REQUIRED, certificate_required",
        "TLSV1_CERTIFICATE_REQUIRED, certificate_required",
        "TLSV1_ALERT_PROTOCOL_VERSION, protocol_version",
        "TLSV1_ALERT_INTERNAL_ERROR, internal_error"
    })
    void an_alert_has_the_same_words_from_openssl(String openSsl, String jdk) {
        assertThat(words(new SSLHandshakeException("error:10000410:SSL routines:OPENSSL_internal:" + openSsl), valid))
                .isEqualTo(words(alert(jdk), valid));
    }

    @Test
    void an_alert_has_the_same_words_from_a_later_jdk() {
        assertThat(words(
                        new SSLHandshakeException("(certificate_unknown) Received fatal alert: certificate_unknown"),
                        valid))
                .isEqualTo(words(alert("certificate_unknown"), valid));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL",
                "The server selected protocol version TLS11 is not accepted by client preferences [TLS13, TLS12]"
            })
    void an_old_version_chosen_by_the_broker_is_none_that_we_speak(String message) {
        assertThat(words(new SSLHandshakeException(message), valid))
                .startsWith("TLS failed with " + message + ": there is no common version or cipher suite; we speak");
    }

    @Test
    void where_rsa_key_exchange_is_not_offered_it_is_said_what_to_add_or_to_change() {
        assertThat(RsaKeyExchange.advice(
                        List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                        "SSLv3, RC4,TLS_RSA_*, TLS_RSA_WITH_AES_128_CBC_SHA, DH keySize < 1024"))
                .isEqualTo(
                        ". If the broker offers RSA key exchange only, as DXL brokers before 6.1.1 do: the TLS of this"
                                + " JVM forbids it (TLS_RSA_*). Either add the dependency"
                                + " io.netty:netty-tcnative-boringssl-static to the application, for the platform of this"
                                + " machine; or start the JVM with the option -Djava.security.properties=FILE, where FILE holds"
                                + " the one line: jdk.tls.disabledAlgorithms=SSLv3, RC4, DH keySize < 1024");
    }

    @Test
    void where_rsa_key_exchange_is_offered_there_is_nothing_to_add() {
        assertThat(RsaKeyExchange.advice(List.of("TLS_RSA_WITH_AES_128_CBC_SHA"), "SSLv3"))
                .isEmpty();
    }

    private static SSLException alert(String name) {
        return new SSLHandshakeException("Received fatal alert: " + name);
    }

    private static String words(SSLException tls, X509Certificate ours) {
        return TlsFailure.words(tls, tls, ours, null);
    }

    private static CertificateBuilder certificate(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .notBefore(LONG_AGO.minusSeconds(1))
                .ecp256();
    }
}
