package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireReader;
import io.github.dxlcdi.fabric.junit.FabricExtension;
import io.github.dxlcdi.fabric.pki.Thumbprint;
import io.github.dxlcdi.tie.FileDetection;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DXL clients published at DXL's own broker, published here: it must arrive as it arrived there. */
@ExtendWith(FabricExtension.class)
class CapturedMessagesTest {
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    @ParameterizedTest
    @CsvSource({
        "real-node, " + MqttConnectOptions.MQTT_VERSION_3_1,
        "real-node, " + MqttConnectOptions.MQTT_VERSION_3_1_1,
        "real-java, " + MqttConnectOptions.MQTT_VERSION_3_1_1
    })
    void a_captured_message_arrives_as_it_did_at_a_dxl_broker_but_for_the_ids(
            String capture, int mqttVersion, Fabric fabric) throws Exception {
        ClientIdentity publisherIdentity = fabric.newIdentity("publisher");
        MqttConnectOptions options = Peer.options(fabric, publisherIdentity);
        options.setMqttVersion(mqttVersion);
        try (Peer subscriber = Peer.join(fabric).subscribe(FileDetection.TOPIC);
                Peer publisher = Peer.join(fabric, "publisher", options)) {
            publisher.publish(FileDetection.TOPIC, Vectors.read("captured/" + capture + "-published"));

            byte[] body = subscriber.next().body();
            WireMessage arrived = WireReader.read(body);
            WireMessage there = WireReader.read(Vectors.read("captured/" + capture + "-arrived"));
            assertThat(arrived)
                    .usingRecursiveComparison()
                    .ignoringFields("sourceClientId", "sourceBrokerId", "otherFields", "sourceClientInstanceId")
                    .isEqualTo(there);
            String thumbprint = publisherIdentity.thumbprint();
            String root = Thumbprint.of(Tls.certificate(fabric.caPem()));
            assertThat(there.sourceClientId()).matches("[0-9a-f]{40}");
            assertThat(arrived.sourceClientId()).isEqualTo(thumbprint).matches("[0-9a-f]{40}");
            assertThat(there.sourceClientInstanceId()).matches(there.sourceClientId() + ":" + UUID);
            assertThat(arrived.sourceClientInstanceId()).matches(thumbprint + ":" + UUID);
            assertThat(there.sourceBrokerId()).matches("\\{" + UUID + "}");
            assertThat(arrived.sourceBrokerId()).isEqualTo(fabric.brokerId()).matches(UUID);
            assertThat(there.otherFields().get(1)).endsWith(";" + there.sourceClientId());
            assertThat(arrived.otherFields()).isEqualTo(List.of("dxl.certs", root + ";" + thumbprint));
            assertThat(arrived.otherFields().get(0))
                    .isEqualTo(there.otherFields().get(0));
            // The broker id has two braces more there, and byte for byte the same form everywhere else.
            assertThat(body).hasSize(Vectors.read("captured/" + capture + "-arrived").length - 2);
        }
    }
}
