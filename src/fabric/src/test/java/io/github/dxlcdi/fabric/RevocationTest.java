package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.RawClient.PINGREQ;
import static io.github.dxlcdi.fabric.RawClient.PINGRESP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationTest {
    private static final String LIST = "/mcafee/event/dxl/revocation/list";

    @RegisterExtension
    static final TlsFabrics FABRICS = new TlsFabrics();

    @AfterEach
    void heal() {
        FABRICS.tls12().faults().heal();
        FABRICS.tls13().faults().heal();
    }

    private static RawClient open(Fabric fabric, ClientIdentity identity) throws Exception {
        return RawClient.open(fabric.port(), Tls.context(fabric.caPem(), identity));
    }

    private static void assertRefused(Fabric fabric, SSLContext tls) {
        assertThatThrownBy(() -> RawClient.open(fabric.port(), tls).expect("00"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void its_connections_end_and_those_of_others_stay(String version) throws Exception {
        Fabric fabric = FABRICS.of(version);
        ClientIdentity revoked = fabric.newIdentity("revoked");
        try (RawClient one = RawClient.join(fabric, fabric.broker(0), revoked);
                RawClient two = RawClient.join(fabric, fabric.broker(0), revoked);
                RawClient other = RawClient.join(fabric)) {
            fabric.revoke(revoked);

            one.expectEnd();
            two.expectEnd();
            other.send(PINGREQ).expect(PINGRESP);
            assertThat(fabric.broker(0).clients())
                    .containsExactly(fabric.identity().thumbprint());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void new_connections_are_refused_in_the_handshake_also_where_a_session_could_be_resumed(String version)
            throws Exception {
        Fabric fabric = FABRICS.of(version);
        ClientIdentity revoked = fabric.newIdentity("revoked");
        SSLContext withSession = Tls.context(fabric.caPem(), revoked);
        RawClient.open(fabric.port(), withSession)
                .send(RawClient.connect("MQTT", 4, 0x02, 0))
                .expect(RawClient.CONNACK_OK)
                .close();

        fabric.revoke(revoked);

        assertRefused(fabric, withSession);
        assertRefused(fabric, Tls.context(fabric.caPem(), revoked));
    }

    @Test
    void who_is_through_the_handshake_alone_is_not_let_in() throws Exception {
        Fabric fabric = FABRICS.tls12();
        ClientIdentity revoked = fabric.newIdentity("revoked");
        try (RawClient between = open(fabric, revoked)) {
            fabric.revoke(revoked);

            between.send(RawClient.connect("MQTT", 4, 0x02, 0)).expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void it_is_for_good(String version) throws Exception {
        Fabric fabric = FABRICS.of(version);
        ClientIdentity revoked = fabric.newIdentity("revoked");
        fabric.revoke(revoked);

        fabric.faults().heal();
        fabric.faults().restart().join();

        assertRefused(fabric, Tls.context(fabric.caPem(), revoked));
        RawClient.join(fabric).close();
    }

    @Test
    void a_fault_of_certificates_lasts_over_it() throws Exception {
        Fabric fabric = FABRICS.tls12();
        fabric.faults().refuseCertificates();

        fabric.revoke(fabric.newIdentity("revoked"));

        assertRefused(fabric, Tls.context(fabric.caPem(), fabric.identity()));
    }

    @Test
    void a_list_of_all_thumbprints_that_are_revoked_is_published() throws Exception {
        try (Fabric fabric = Fabric.builder().brokers(2).start();
                Peer listener =
                        Peer.join(fabric, fabric.broker(1), fabric.identity()).subscribe(LIST)) {
            ClientIdentity first = fabric.newIdentity("first");
            ClientIdentity second = fabric.newIdentity("second");
            fabric.revoke(first);
            fabric.revoke(second);
            fabric.revoke(second);

            assertThat(payload(listener.next())).isEqualTo("[\"" + first.thumbprint() + "\"]");
            String both = Stream.of(first.thumbprint(), second.thumbprint())
                    .sorted()
                    .reduce("", (list, one) -> list + (list.isEmpty() ? "" : ",") + '"' + one + '"');
            assertThat(payload(listener.next())).isEqualTo("[" + both + "]");
            assertThat(payload(listener.next())).isEqualTo("[" + both + "]");
        }
    }

    @Test
    void it_holds_at_every_broker_also_at_one_that_was_down() throws Exception {
        try (Fabric fabric = Fabric.builder().brokers(3).start()) {
            ClientIdentity revoked = fabric.newIdentity("revoked");
            fabric.broker(2).faults().stop();
            try (Peer attached = Peer.join(fabric, fabric.broker(1), revoked)) {
                fabric.revoke(revoked);
                await().until(attached::isLost);
            }
            fabric.broker(2).faults().restart().join();

            for (FabricBroker broker : fabric.brokers()) {
                assertThatThrownBy(() -> RawClient.join(fabric, broker, revoked))
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @Test
    void its_will_is_not_carried_out() throws Exception {
        Fabric fabric = FABRICS.tls13();
        ClientIdentity revoked = fabric.newIdentity("revoked");
        try (Peer listener = Peer.join(fabric).subscribe("/will", "/end");
                RawClient client = open(fabric, revoked)) {
            client.send(RawClient.connect("MQTT", 4, 0x06, 0, "raw", "/will", "gone"))
                    .expect(RawClient.CONNACK_OK);

            fabric.revoke(revoked);
            client.expectEnd();
            fabric.publish("/end", new byte[0]);

            assertThat(listener.next().topic()).isEqualTo("/end");
        }
    }

    private static String payload(Peer.Arrived arrived) throws Exception {
        return new String(((Event) Message.fromBytes(arrived.body())).getPayload(), UTF_8);
    }
}
