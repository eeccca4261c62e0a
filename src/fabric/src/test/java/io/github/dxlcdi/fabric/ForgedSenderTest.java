package io.github.dxlcdi.fabric;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import io.github.dxlcdi.client.wire.WireWriter;
import io.github.dxlcdi.fabric.junit.FabricExtension;
import io.github.dxlcdi.tie.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ids of another client, written by hand. */
@ExtendWith(FabricExtension.class)
class ForgedSenderTest {
    private static final String TOPIC = "/e";
    private static final byte[] PAYLOAD = "the payload".getBytes(UTF_8);

    @Test
    void a_broker_replaces_them_in_what_it_can_read(Fabric fabric) throws Exception {
        ClientIdentity victim = fabric.newIdentity("victim");
        try (Peer subscriber = Peer.join(fabric).subscribe(TOPIC);
                Peer forger = Peer.join(fabric)) {
            forger.publish(TOPIC, forged(fabric, victim));

            Origin origin = origin(subscriber);
            assertThat(origin.stamped()).isTrue();
            assertThat(origin.sourceClientId()).contains(fabric.identity().thumbprint());
            assertThat(origin.sourceBrokerId()).contains(fabric.brokerId());
        }
    }

    @Test
    void they_pass_a_broker_with_a_binary_payload_and_are_not_believed(Fabric fabric) throws Exception {
        ClientIdentity victim = fabric.newIdentity("victim");
        try (Peer subscriber = Peer.join(fabric).subscribe(TOPIC);
                Peer forger = Peer.join(fabric)) {
            byte[] body = withBinaryPayload(forged(fabric, victim));
            forger.publish(TOPIC, body);

            byte[] arrived = subscriber.next().body();
            assertThat(arrived).isEqualTo(body);
            Origin origin = Origin.of((Event) Message.fromBytes(arrived));
            assertThat(origin.event().getPayload()).isEqualTo(PAYLOAD);
            assertThat(origin.stamped()).isFalse();
            assertThat(origin.sourceClientId()).isEmpty();
            assertThat(origin.sourceBrokerId()).isEmpty();
            assertThat(origin.claimedSourceClientId()).contains(victim.thumbprint());
        }
    }

    @Test
    void what_a_broker_says_itself_is_stamped(Fabric fabric) throws Exception {
        try (Peer subscriber = Peer.join(fabric).subscribe("/mcafee/event/dxl/brokerregistry/topicadded");
                Peer other = Peer.join(fabric).subscribe(TOPIC)) {
            Origin origin = origin(subscriber);
            assertThat(origin.stamped()).isTrue();
            assertThat(origin.sourceClientId()).contains(fabric.brokerId());
        }
    }

    private static Origin origin(Peer subscriber) throws Exception {
        return Origin.of((Event) Message.fromBytes(subscriber.next().body()));
    }

    /** In the form of a stamped one. */
    private static byte[] forged(Fabric fabric, ClientIdentity victim) {
        return WireWriter.write(new WireMessage(
                3,
                "{5b1ab5a3-6e4f-4b51-a3e5-5d3d3c9b2c11}",
                victim.thumbprint(),
                fabric.brokerId(),
                List.of(),
                List.of(),
                PAYLOAD,
                new EventFields(),
                List.of(),
                "",
                List.of(),
                victim.thumbprint() + ":5d3f0c7e-8a41-4c52-9f0b-1b2d3e4f5a6b"));
    }

    private static byte[] withBinaryPayload(byte[] body) {
        int at = new String(body, ISO_8859_1).indexOf("the payload");
        byte[] binary = new byte[body.length + 1];
        System.arraycopy(body, 0, binary, 0, at - 1);
        binary[at - 1] = (byte) 0xc4;
        binary[at] = (byte) PAYLOAD.length;
        System.arraycopy(body, at, binary, at + 1, body.length - at);
        return binary;
    }
}
