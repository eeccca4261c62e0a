package io.github.dxlcdi.liberty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.tie.FileDetection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example behind a broker that is no DXL broker: nobody stamps messages or rewrites what clients sent. */
class PlainMqttBrokerIT {
    @Test
    void detection_of_the_node_client_reaches_the_observer_through_mosquitto() throws Exception {
        NodeClient node = NodeClient.install();
        Vector vector = Vector.fileDetection();
        try (Mosquitto mosquitto = Mosquitto.start(Programs.TARGET.resolve("mosquitto"))) {
            String config = mosquitto.configFolder().resolve("dxlclient.config").toString();
            try (LibertyServer server = LibertyServer.start(
                            "plain-mqtt-broker", Map.of("DXL_FABRIC_EMBEDDED", "false", "DXL_CONFIG_FILE", config));
                    DxlClient witness = new DxlClient(DxlClientConfig.createDxlConfigFromFile(config))) {
                server.awaitReady();
                Queue<Event> seen = new ConcurrentLinkedQueue<>();
                witness.connect();
                witness.addEventCallback(vector.topic(), seen::add);

                node.publish(mosquitto.configFolder(), vector.topic(), vector.wire());

                await().untilAsserted(() -> assertThat(server.detections()).containsExactly(vector.transformed()));
                await().until(() -> !seen.isEmpty());
                FileDetection detection = FileDetection.read(seen.remove());
                assertThat(detection.origin().sourceBrokerId()).isEmpty();
                assertThat(detection.origin().sourceClientId()).isEmpty();
                assertThat(detection.origin().messageId()).matches("\\{[0-9a-f-]{36}}");
            }
        }
    }

    @Test
    void client_provisioned_by_the_node_command_line_receives_detections(@TempDir Path provisioned) throws Exception {
        NodeClient node = NodeClient.install();
        Vector vector = Vector.fileDetection();
        try (Mosquitto mosquitto = Mosquitto.start(Programs.TARGET.resolve("mosquitto"));
                ManagementService service =
                        ManagementService.start(mosquitto.configFolder(), mosquitto.provisionedLine())) {
            node.provision(provisioned, service, "my-application");

            String config = provisioned.resolve("dxlclient.config").toString();
            try (DxlClient client = new DxlClient(DxlClientConfig.createDxlConfigFromFile(config))) {
                Queue<Event> seen = new ConcurrentLinkedQueue<>();
                client.connect();
                client.addEventCallback(vector.topic(), seen::add);

                node.publish(provisioned, vector.topic(), vector.wire());

                await().until(() -> !seen.isEmpty());
                assertThat(FileDetection.read(seen.remove()).name())
                        .contains(vector.wire().get("name").asText());
            }
        }
    }
}
