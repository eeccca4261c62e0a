package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.RawClient.CONNACK_OK;
import static io.github.dxlcdi.fabric.RawClient.PINGREQ;
import static io.github.dxlcdi.fabric.RawClient.PINGRESP;
import static io.github.dxlcdi.fabric.RawClient.connect;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.junit.FabricExtension;
import java.net.SocketException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(FabricExtension.class)
class ConnectTest {
    private static final int CLEAN_SESSION = 0x02;

    @ParameterizedTest
    @CsvSource({"MQIsdp, 3", "MQTT, 4"})
    void mqtt_3_1_and_3_1_1_are_spoken(String protocol, int level, Fabric fabric) throws Exception {
        try (RawClient client = RawClient.open(fabric)) {
            client.send(connect(protocol, level, CLEAN_SESSION, 0)).expect(CONNACK_OK);
            client.send(PINGREQ).expect(PINGRESP);
        }
    }

    @ParameterizedTest
    @CsvSource({"MQTT, 5", "MQTT, 6", "MQTT, 132", "MQTX, 4", "MQIsdp, 4"})
    void any_other_version_is_refused_with_code_1(String protocol, int level, Fabric fabric) throws Exception {
        try (RawClient client = RawClient.open(fabric)) {
            client.send(connect(protocol, level, CLEAN_SESSION, 0));
            client.expect("20020001").expectEnd();
        }
    }

    @ParameterizedTest
    @CsvSource({"MQIsdp, 3", "MQTT, 4"})
    void a_persistent_session_ends_the_connection_without_an_answer(String protocol, int level, Fabric fabric)
            throws Exception {
        try (RawClient client = RawClient.open(fabric)) {
            client.send(connect(protocol, level, 0, 0)).expectEnd();
        }
    }

    @Test
    void a_client_without_an_id_is_refused_by_mqtt_3_1_with_code_2(Fabric fabric) throws Exception {
        try (RawClient client = RawClient.open(fabric)) {
            client.send(connect("MQIsdp", 3, CLEAN_SESSION, 0, ""))
                    .expect("20020002")
                    .expectEnd();
        }
    }

    @Test
    void the_braced_uuid_of_a_dxl_client_is_no_too_long_an_id_for_mqtt_3_1(Fabric fabric) throws Exception {
        try (RawClient client = RawClient.open(fabric)) {
            client.send(connect("MQIsdp", 3, CLEAN_SESSION, 0, "{11111111-2222-4333-8444-555555555555}"));
            client.expect(CONNACK_OK);
        }
    }

    @Test
    void two_clients_of_one_id_do_not_throw_each_other_out(Fabric fabric) throws Exception {
        MqttConnectOptions options = Peer.options(fabric, fabric.identity());
        try (Peer one = Peer.join(fabric, "same", options).subscribe("/same");
                Peer two = Peer.join(fabric, "same", options).subscribe("/same")) {
            fabric.publish("/same", new byte[] {1});

            one.next();
            two.next();
            assertThat(fabric.connectedClients()).isEqualTo(2);
        }
        await().untilAsserted(() -> assertThat(fabric.connectedClients()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_client_without_a_certificate_is_not_let_in(String version) throws Exception {
        try (Fabric strict = Fabric.builder().tlsProtocols(version).start()) {
            assertNotLetIn(strict, Tls.anonymousContext(strict.caPem()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_certificate_of_another_authority_does_not_let_in(String version, Fabric fabric) throws Exception {
        try (Fabric strict = Fabric.builder().tlsProtocols(version).start()) {
            assertNotLetIn(strict, Tls.context(strict.caPem(), fabric.identity()));
        }
    }

    /** Refused by TLS itself; the socket may be gone before the alert is read, and with TLS 1.3 both come late. */
    private static void assertNotLetIn(Fabric strict, SSLContext tls) {
        assertThatThrownBy(() -> {
                    try (RawClient client = RawClient.open(strict.port(), tls)) {
                        client.expect(CONNACK_OK);
                    }
                })
                .isInstanceOfAny(SSLException.class, SocketException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void only_the_chosen_version_of_tls_is_spoken(String version) throws Exception {
        try (Fabric chosen = Fabric.builder().tlsProtocols(version).start();
                RawClient client = RawClient.join(chosen)) {
            assertThat(client.tlsVersion()).isEqualTo(version);
        }
    }

    @Test
    void a_first_packet_other_than_connect_ends_the_connection(Fabric fabric) throws Exception {
        try (RawClient client = RawClient.open(fabric)) {
            client.send(PINGREQ).expectEnd();
        }
    }

    @Test
    void a_second_connect_ends_the_connection(Fabric fabric) throws Exception {
        try (RawClient client = RawClient.join(fabric)) {
            client.send(connect("MQTT", 4, CLEAN_SESSION, 0)).expectEnd();
        }
    }

    @Test
    void bytes_that_are_no_mqtt_end_the_connection(Fabric fabric) throws Exception {
        try (RawClient client = RawClient.open(fabric)) {
            client.send("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII)).expectEnd();
        }
    }

    @Test
    void a_client_silent_for_one_and_a_half_times_its_keep_alive_is_dropped(Fabric fabric) throws Exception {
        try (RawClient client = RawClient.open(fabric)) {
            long start = System.nanoTime();
            client.send(connect("MQTT", 4, CLEAN_SESSION, 1)).expect(CONNACK_OK);
            client.send(PINGREQ).expect(PINGRESP);

            client.expectEnd();
            assertThat(System.nanoTime() - start).isGreaterThan(1_400_000_000L);
        }
    }

    @Test
    void a_client_that_pings_in_time_is_kept(Fabric fabric) throws Exception {
        MqttConnectOptions options = Peer.options(fabric, fabric.identity());
        options.setKeepAliveInterval(2);
        try (Peer pinging = Peer.join(fabric, "pinging", options);
                RawClient silent = RawClient.open(fabric)) {
            silent.send(connect("MQTT", 4, CLEAN_SESSION, 3)).expect(CONNACK_OK).expectEnd();

            assertThat(pinging.isLost()).isFalse();
        }
    }

    @Test
    void a_client_without_keep_alive_is_never_dropped(Fabric fabric) throws Exception {
        try (RawClient endless = RawClient.join(fabric);
                RawClient dropped = RawClient.open(fabric)) {
            dropped.send(connect("MQTT", 4, CLEAN_SESSION, 1))
                    .expect(CONNACK_OK)
                    .expectEnd();

            endless.send(PINGREQ).expect(PINGRESP);
        }
    }
}
