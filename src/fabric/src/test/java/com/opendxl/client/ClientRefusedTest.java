package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.ClientIdentity;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.Faults;
import io.github.dxlcdi.fabric.TlsFabrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A broker that is not to be connected: one line with the remedy, the same words in the state, and tries that go on until
 * it is.
 */
@ParameterizedClass
@ValueSource(strings = {"jdk", "openssl"})
class ClientRefusedTest {
    @Parameter
    private String provider;

    private static final int TRIES = 4;
    private static final Pattern NEXT_TRY = Pattern.compile("; next try in (\\d+) ms$");

    /** No label of a host name may be so long; so the system knows without asking anybody that there is none. */
    private static final String UNKNOWN_HOST = "x".repeat(64) + ".example.org";

    @RegisterExtension
    static final TlsFabrics FABRICS = new TlsFabrics();

    private static final Clients CLIENTS = new Clients();

    private LogLines log;

    @AfterAll
    static void stop() {
        CLIENTS.close();
    }

    @BeforeEach
    void listen() {
        log = new LogLines("connection");
    }

    @AfterEach
    void disconnect() throws DxlException {
        log.close();
        CLIENTS.disconnectAll();
        FABRICS.tls12().faults().heal();
        FABRICS.tls13().faults().heal();
    }

    static Stream<String> versions() {
        return Stream.of("TLSv1.2", "TLSv1.3");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void an_expired_certificate_of_the_broker(String version) throws Exception {
        assertToldOnceAndMended(
                version,
                Faults::expiredCertificate,
                ": the broker's certificate has expired: NotAfter: ",
                "; have it renewed at the broker, unless it is the clock of this machine that is wrong");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void a_certificate_of_another_authority(String version) throws Exception {
        assertToldOnceAndMended(
                version,
                Faults::foreignCertificate,
                ": the broker's certificate is not issued by a configured certificate authority; check that the CA bundle"
                        + " is this fabric's (dxl.tls.ca, or BrokerCertChain in dxlclient.config)");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void our_certificate_refused(String version) throws Exception {
        assertToldOnceAndMended(
                version,
                Faults::refuseCertificates,
                ": the broker refused our certificate (Received fatal alert: certificate_unknown); check that it is issued"
                        + " for this fabric and still valid (CN=dxl-client, issued by CN=DXL Fabric CA (development only),"
                        + " valid until ");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void our_certificate_expired(String version) throws Exception {
        Fabric fabric = FABRICS.of(version);

        assertToldOnce(
                connecting(config(fabric, fabric.caPem(), fabric.expiredIdentity("late"))),
                "127.0.0.1:" + fabric.port(),
                ": the broker refused our certificate (Received fatal alert: certificate_unknown): it has expired (CN=late,"
                        + " issued by CN=DXL Fabric CA (development only), valid until ",
                "; get a new one from this fabric (for dxl.tls.certificate and dxl.tls.private-key, or CertFile and"
                        + " PrivateKey in dxlclient.config)");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void our_authority_unknown_to_the_broker(String version) throws Exception {
        Fabric fabric = FABRICS.of(version);
        Fabric other = FABRICS.other(fabric);

        assertToldOnce(
                connecting(config(fabric, fabric.caPem(), other.identity())),
                "127.0.0.1:" + fabric.port(),
                ": the broker refused our certificate (Received fatal alert: certificate_unknown); check that it is issued"
                        + " for this fabric");
    }

    @Test
    void no_common_suite() throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void onStart(SSLServerSocket server) {
                server.setEnabledProtocols(new String[] {"TLSv1.2"});
                server.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
            }
        }) {
            assertToldOnce(
                    connecting(broker.config()),
                    "127.0.0.1:" + broker.port(),
                    ": TLS failed with Received fatal alert: handshake_failure: there is no common version or cipher suite,"
                            + " or the broker does not accept our certificate (CN=client, issued by ");
        }
    }

    /** What OpenSSL says, in place of the one alert that the JDK knows for all that is wrong with a certificate. */
    @ParameterizedTest
    @CsvSource({
        "70, protocol_version, there is no common version or cipher suite; we speak TLS 1.3 and 1.2",
        "48, unknown_ca, the broker does not know who issued it",
        "45, certificate_expired, check that it is issued for this fabric and still valid"
    })
    void an_alert_in_the_handshake(int alert, String name, String words) throws Exception {
        try (ServerSocket server = alwaysAnswering(new byte[] {0x15, 3, 3, 0, 2, 2, (byte) alert})) {
            assertToldOnce(
                    connecting(config(FABRICS.tls12(), new Broker("b", server.getLocalPort(), "127.0.0.1", null))),
                    "127.0.0.1:" + server.getLocalPort(),
                    "Received fatal alert: " + name,
                    words);
        }
    }

    @Test
    void what_speaks_no_tls_is_told_once_whatever_it_says() throws Exception {
        try (ServerSocket server = alwaysAnswering("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes())) {
            assertToldOnce(
                    connecting(config(FABRICS.tls12(), new Broker("b", server.getLocalPort(), "127.0.0.1", null))),
                    "127.0.0.1:" + server.getLocalPort(),
                    ": TLS failed: not an SSL/TLS record; check that host and port are those of the broker's TLS"
                            + " listener, and the broker's log");
        }
    }

    @Test
    void an_unknown_host() throws Exception {
        assertToldOnce(
                connecting(config(FABRICS.tls12(), new Broker("b", 8883, UNKNOWN_HOST, null))),
                UNKNOWN_HOST + ":8883",
                ": the host name could not be looked up; check the broker's name and the name service of this machine, or"
                        + " name the broker's address too");
    }

    @Test
    void a_refused_port() throws Exception {
        Fabric fabric = FABRICS.tls12();
        fabric.faults().stop();
        try {
            DxlClient client = connecting(config(fabric, fabric.caPem(), fabric.identity()));
            assertToldOnce(
                    client,
                    "127.0.0.1:" + fabric.port(),
                    ": no connection: Connection refused; check that the broker runs and that the port is open");
            fabric.faults().restart().get(5, TimeUnit.SECONDS);

            await().until(client::isConnected);
        } finally {
            fabric.faults().restart().get(5, TimeUnit.SECONDS);
        }
    }

    private void assertToldOnceAndMended(String version, Consumer<Faults> fault, String... words) throws Exception {
        Fabric fabric = FABRICS.of(version);
        fault.accept(fabric.faults());
        DxlClient client = connecting(config(fabric, fabric.caPem(), fabric.identity()));

        assertToldOnce(client, "127.0.0.1:" + fabric.port(), words);
        fabric.faults().heal();

        await().until(client::isConnected);
        assertThat(client.fabricConnection().state().lastError()).isEmpty();
    }

    private void assertToldOnce(DxlClient client, String peer, String... words) {
        await().until(() -> log.with("DXL0202").size() >= TRIES);
        assertThat(client.isConnected()).isFalse();

        assertThat(log.warnings()).hasSize(1).first().asString().contains(words);
        String reason = client.fabricConnection().state().lastError().orElseThrow();
        assertThat(reason).startsWith(peer + ": ");
        assertThat(NEXT_TRY.matcher(log.warnings().get(0)).replaceFirst(""))
                .isEqualTo("DXL0202 Could not connect: " + reason);
        assertThat(log.with("DXL0202").stream().limit(TRIES).map(ClientRefusedTest::pause))
                .as("pauses that grow")
                .doesNotHaveDuplicates()
                .isSorted();
    }

    private static int pause(String line) {
        Matcher next = NEXT_TRY.matcher(line);
        assertThat(next.find()).as(line).isTrue();
        return Integer.parseInt(next.group(1));
    }

    /** A client that tries without end, and connects. */
    private DxlClient connecting(DxlClientConfig config) throws DxlException {
        config.setTlsProvider(provider);
        config.setConnectRetries(-1);
        config.setReconnectDelay(20);
        config.setReconnectDelayMax(1_000);
        config.setReconnectBackOffMultiplier(2);
        config.setReconnectDelayRandom(0);
        DxlClient client = CLIENTS.make(config);
        CompletableFuture<Void> connecting = Clients.inBackground(() -> {
            client.connect();
            return null;
        });
        assertThat(connecting).isNotCompletedExceptionally();
        return client;
    }

    private static ServerSocket alwaysAnswering(byte[] bytes) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ScriptedBroker.daemon(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read(new byte[16 * 1024]);
                    socket.getOutputStream().write(bytes);
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The end of the test, or of the client's patience.
                }
            }
        });
        return server;
    }

    private static DxlClientConfig config(Fabric fabric, Broker broker) {
        return new DxlClientConfig(fabric.caPem(), fabric.certificatePem(), fabric.privateKeyPem(), List.of(broker));
    }

    private static DxlClientConfig config(Fabric fabric, String caPem, ClientIdentity identity) {
        return new DxlClientConfig(
                caPem,
                identity.certificatePem(),
                identity.privateKeyPem(),
                List.of(new Broker(fabric.brokerId(), fabric.port(), "127.0.0.1", null)));
    }
}
