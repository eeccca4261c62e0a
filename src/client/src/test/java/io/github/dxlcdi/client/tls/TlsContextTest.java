package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dxlcdi.client.transport.LinkException;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of a TLS handshake in memory: the client's by either provider, the broker's by the JDK. */
@ParameterizedClass
@EnumSource(names = {"JDK", "OPENSSL"})
class TlsContextTest {
    private static final String HOST = "broker.example.org";
    private static final int BUFFER = 64 * 1024;

    @Parameter
    private TlsProvider provider;

    private static X509Bundle root;
    private static X509Bundle intermediate;
    private static X509Bundle client;
    private static X509Bundle withoutNames;
    private static X509Bundle named;

    @BeforeAll
    static void makeCertificates() throws Exception {
        root = certificate("root").setIsCertificateAuthority(true).buildSelfSigned();
        intermediate =
                certificate("intermediate").setIsCertificateAuthority(true).buildIssuedBy(root);
        client = certificate("client").buildIssuedBy(intermediate);
        withoutNames = certificate("OpenDxlBroker").buildIssuedBy(root);
        named = certificate("broker").addSanDnsName(HOST).buildIssuedBy(root);
    }

    @BeforeEach
    void needsTheProvider() {
        assumeTrue(provider == TlsProvider.JDK || OpenSsl.isAvailable(), "OpenSSL is not on the class path");
    }

    @Test
    void a_broker_whose_certificate_names_no_host_is_trusted_if_its_authority_is() throws Exception {
        SSLEngine broker = broker(withoutNames, "TLSv1.3");

        handshake(client(root, false, HOST), broker);

        assertThat(broker.getSession().getPeerCertificates()[0]).isEqualTo(client.getCertificate());
    }

    @Test
    void with_the_check_of_the_host_name_the_certificate_must_name_the_host() throws Exception {
        handshake(client(root, true, HOST), broker(named, "TLSv1.3"));

        assertThatThrownBy(() -> handshake(client(root, true, HOST), broker(withoutNames, "TLSv1.3")))
                .isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> handshake(client(root, true, "other.example.org"), broker(named, "TLSv1.3")))
                .isInstanceOf(SSLHandshakeException.class);
        handshake(client(root, false, "other.example.org"), broker(named, "TLSv1.3"));
    }

    @Test
    void a_certificate_of_the_authority_without_the_usage_of_a_server_is_refused_on_demand() throws Exception {
        CertificateBuilder certificate = certificate("any").addSanDnsName(HOST);
        X509Bundle any = certificate.buildIssuedBy(root);
        X509Bundle both = certificate
                .copy()
                .addExtendedKeyUsageClientAuth()
                .addExtendedKeyUsageServerAuth()
                .buildIssuedBy(root);
        X509Bundle clients = certificate.copy().addExtendedKeyUsageClientAuth().buildIssuedBy(root);

        handshake(client(TlsRules.of(provider, false)), broker(any, "TLSv1.3"));
        for (boolean verifyHostname : new boolean[] {false, true}) {
            TlsRules verifying = TlsRules.of(provider, verifyHostname).verifyingExtendedKeyUsage(true);
            handshake(client(verifying), broker(both, "TLSv1.3"));
            Throwable failure = catchThrowable(() -> handshake(client(verifying), broker(any, "TLSv1.3")));
            assertThat(LinkException.unreachable("broker", failure))
                    .hasMessage("broker: the broker's certificate is not accepted: it has no extended key usage"
                            + " serverAuth, which dxl.tls.verify-extended-key-usage requires; the broker needs another"
                            + " one");
            assertThatThrownBy(() -> handshake(client(verifying), broker(clients, "TLSv1.3")))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void with_the_check_of_the_usage_a_foreign_broker_or_another_host_is_refused_all_the_same() throws Exception {
        X509Bundle foreign = certificate("root").setIsCertificateAuthority(true).buildSelfSigned();
        CertificateBuilder broker = certificate("broker").addExtendedKeyUsageServerAuth();
        TlsRules rules = TlsRules.of(provider, true).verifyingExtendedKeyUsage(true);

        for (X509Bundle other : List.of(
                broker.copy().addSanDnsName(HOST).buildIssuedBy(foreign),
                broker.copy().addSanDnsName("other.example.org").buildIssuedBy(root))) {
            assertThatThrownBy(() -> handshake(client(rules), broker(other, "TLSv1.3")))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void a_host_name_with_an_underscore_can_not_be_checked_and_is_told_as_such() throws Exception {
        Throwable failure = catchThrowable(() -> handshake(client(root, true, "dxl_broker"), broker(named, "TLSv1.3")));

        assertThat(LinkException.unreachable("ssl://dxl_broker:8883", failure))
                .hasMessage("ssl://dxl_broker:8883: the broker's certificate can't be compared with the host name"
                        + " 'dxl_broker', which has an underscore or another sign that host names in certificates can't"
                        + " have; reach the broker by its address or another name, or turn the check of host names off"
                        + " (dxl.tls.verify-hostname)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void either_version_is_spoken(String version) throws Exception {
        SSLEngine broker = broker(named, version);

        handshake(client(root, false, HOST), broker);

        assertThat(broker.getSession().getProtocol()).isEqualTo(version);
    }

    @Test
    void no_older_version_is_offered() throws Exception {
        // OpenSSL's engine lists the oldest form of a greeting, which it neither sends nor can be told to leave out.
        String[] versions = provider == TlsProvider.JDK
                ? new String[] {"TLSv1.3", "TLSv1.2"}
                : new String[] {"TLSv1.3", "TLSv1.2", "SSLv2Hello"};

        assertThat(client(root, false, HOST).getEnabledProtocols()).containsExactlyInAnyOrder(versions);
    }

    @Test
    void a_broker_of_another_authority_is_not_trusted() throws Exception {
        X509Bundle foreign = certificate("root").setIsCertificateAuthority(true).buildSelfSigned();

        assertThatThrownBy(() -> handshake(client(foreign, false, HOST), broker(named, "TLSv1.3")))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void the_broker_gets_the_whole_chain() throws Exception {
        SSLEngine broker = broker(named, "TLSv1.2");

        handshake(client(root, false, HOST), broker);

        assertThat(broker.getSession().getPeerCertificates())
                .startsWith(client.getCertificate(), intermediate.getCertificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_broker_that_names_other_authorities_is_shown_our_certificate_all_the_same(String version) throws Exception {
        X509Bundle other = certificate("other").setIsCertificateAuthority(true).buildSelfSigned();
        SSLEngine broker = broker(named, other, version);

        assertThatThrownBy(() -> handshake(client(root, false, HOST), broker))
                .hasStackTraceContaining("unable to find valid certification path");
    }

    @Test
    void the_broker_learns_the_host_name_but_never_an_address() throws Exception {
        SSLEngine broker = broker(withoutNames, "TLSv1.3");
        handshake(client(root, false, HOST), broker);
        assertThat(((ExtendedSSLSession) broker.getSession()).getRequestedServerNames())
                .containsExactly(new SNIHostName(HOST));

        for (String address : List.of("192.0.2.10", "2001:db8::5")) {
            SSLEngine other = broker(withoutNames, "TLSv1.3");
            handshake(client(root, false, address), other);
            assertThat(((ExtendedSSLSession) other.getSession()).getRequestedServerNames())
                    .isEmpty();
        }
    }

    private static SSLEngine client(TlsRules rules) throws Exception {
        return client(root, rules, HOST);
    }

    private SSLEngine client(X509Bundle trusted, boolean verifyHostname, String host) throws Exception {
        return client(trusted, TlsRules.of(provider, verifyHostname), host);
    }

    private static SSLEngine client(X509Bundle trusted, TlsRules rules, String host) throws Exception {
        List<X509Certificate> chain = List.of(client.getCertificate(), intermediate.getCertificate());
        TlsCredentials credentials = new TlsCredentials(
                List.of(trusted.getCertificate()), chain, client.getKeyPair().getPrivate());
        return TlsContext.of(credentials, rules).newEngine(UnpooledByteBufAllocator.DEFAULT, host, 8883);
    }

    private static SSLEngine broker(X509Bundle own, String version) throws Exception {
        return broker(own, root, version);
    }

    private static SSLEngine broker(X509Bundle own, X509Bundle trusted, String version) throws Exception {
        KeyManagerFactory keys = own.toKeyManagerFactory();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.toTrustManagerFactory().getTrustManagers(), null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        engine.setEnabledProtocols(new String[] {version});
        return engine;
    }

    private static void handshake(SSLEngine client, SSLEngine broker) throws SSLException {
        ByteBuffer toBroker = ByteBuffer.allocate(BUFFER);
        ByteBuffer toClient = ByteBuffer.allocate(BUFFER);
        client.beginHandshake();
        broker.beginHandshake();
        for (int turn = 0; turn < 50 && !(isDone(client) && isDone(broker)); turn++) {
            step(client, toClient, toBroker);
            step(broker, toBroker, toClient);
        }
        assertThat(isDone(client) && isDone(broker)).as("the handshake ends").isTrue();
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            default -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(BUFFER));
                in.compact();
            }
        }
    }

    private static CertificateBuilder certificate(String name) {
        return new CertificateBuilder().subject("CN=" + name).ecp256();
    }
}
