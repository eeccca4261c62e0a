package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.ClientIdentity;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.TlsFabrics;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"jdk", "openssl"})
class ClientTlsTest {
    @Parameter
    private String provider;

    @RegisterExtension
    static final TlsFabrics FABRICS = new TlsFabrics();

    private static final Clients CLIENTS = new Clients();

    @AfterAll
    static void stop() {
        CLIENTS.close();
    }

    @AfterEach
    void disconnect() throws DxlException {
        CLIENTS.disconnectAll();
        await().until(() -> FABRICS.tls12().connectedClients() + FABRICS.tls13().connectedClients() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_broker_of_either_version_is_joined(String version) throws Exception {
        Fabric fabric = FABRICS.of(version);

        assertThat(CLIENTS.connected(config(fabric, fabric.caPem(), fabric.identity()))
                        .isConnected())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_broker_of_another_authority_is_refused_and_told(String version) throws Exception {
        Fabric fabric = FABRICS.of(version);
        DxlClient client = CLIENTS.make(config(fabric, FABRICS.other(fabric).caPem(), fabric.identity()));

        assertThatThrownBy(client::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("localhost:" + fabric.port())
                .hasMessageContaining("the broker's certificate is not issued by a configured certificate authority")
                .hasMessageContaining("check that the CA bundle is this fabric's");
        assertThat(client.isConnected()).isFalse();
        assertThat(fabric.connectedClients()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_client_of_another_authority_is_refused_and_told(String version) throws Exception {
        Fabric fabric = FABRICS.of(version);
        DxlClient client = CLIENTS.make(
                config(fabric, fabric.caPem(), FABRICS.other(fabric).identity()));

        assertThatThrownBy(client::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("localhost:" + fabric.port())
                .hasMessageContaining("the broker refused our certificate")
                .hasMessageContaining("check that it is issued for this fabric and still valid");
        assertThat(client.isConnected()).isFalse();
    }

    @Test
    void a_broker_named_in_its_certificate_passes_the_check_of_the_host_name() throws Exception {
        DxlClientConfig config =
                config(FABRICS.tls13(), FABRICS.tls13().caPem(), FABRICS.tls13().identity());
        config.setHttpsHostnameVerificationEnabled(true);

        assertThat(CLIENTS.connected(config).isConnected()).isTrue();
    }

    @Test
    void a_bundle_may_hold_other_authorities_too() throws Exception {
        assertThat(CLIENTS.connected(config(
                                FABRICS.tls12(),
                                FABRICS.tls13().caPem() + FABRICS.tls12().caPem(),
                                FABRICS.tls12().identity()))
                        .isConnected())
                .isTrue();
    }

    @Test
    void what_is_no_broker_is_told() throws Exception {
        try (java.net.ServerSocket web = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            ScriptedBroker.daemon(() -> {
                try (java.net.Socket socket = web.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                    socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
                } catch (java.io.IOException e) {
                    // The end of the test.
                }
            });
            DxlClientConfig config = config(
                    FABRICS.tls12(), FABRICS.tls12().caPem(), FABRICS.tls12().identity());
            config.getBrokerList().set(0, new Broker("web", web.getLocalPort(), "127.0.0.1", null));

            assertThatThrownBy(CLIENTS.make(config)::connect)
                    .isInstanceOf(DxlException.class)
                    .hasMessageContaining("127.0.0.1:" + web.getLocalPort() + ": TLS failed: not an SSL/TLS record");
        }
    }

    private DxlClientConfig config(Fabric fabric, String caPem, ClientIdentity identity) {
        DxlClientConfig config = new DxlClientConfig(
                caPem,
                identity.certificatePem(),
                identity.privateKeyPem(),
                List.of(new Broker(fabric.brokerId(), fabric.port(), "localhost", null)));
        config.setConnectRetries(0);
        config.setTlsProvider(provider);
        return config;
    }
}
