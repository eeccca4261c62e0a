package io.github.dxlcdi.liberty;

import static io.github.dxlcdi.liberty.LibertyServer.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.junit.FabricExtension;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example on a fabric outside the server, known to it by a {@code dxlclient.config} alone. */
class FabricOutsideIT {
    private static final int MANY = 4_000;
    private static final Path CONFIG = Programs.TARGET.resolve("fabric-config");

    @RegisterExtension
    static final FabricExtension FABRIC = FabricExtension.perClass();

    private static Fabric fabric;
    private static LibertyServer server;
    private static JsonNode readinessBeforeTheBroker;
    private static int livenessBeforeTheBroker;

    @BeforeAll
    static void start_server_before_its_broker(Fabric given) throws IOException {
        fabric = given;
        fabric.writeConfig(CONFIG);
        fabric.faults().stop();
        server = LibertyServer.start(
                "fabric-outside",
                Map.of(
                        "DXL_FABRIC_EMBEDDED", "false",
                        "DXL_CONFIG_FILE", CONFIG.resolve("dxlclient.config").toString(),
                        "DXL_RECONNECT_MAX_DELAY", "1s"));
        await("a first attempt has failed")
                .until(() -> server.get("/health/ready").body().contains("lastError"));
        readinessBeforeTheBroker = json(server.get("/health/ready"));
        livenessBeforeTheBroker = server.get("/health/live").statusCode();
        fabric.faults().restart().join();
        server.awaitReady();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void broker_missing_at_start_server_starts_alive_and_not_ready_with_the_reason() {
        assertThat(livenessBeforeTheBroker).isEqualTo(200);
        assertThat(readinessBeforeTheBroker.at("/status").asText()).isEqualTo("DOWN");
        assertThat(readinessBeforeTheBroker.at("/checks/0/data/lastError").asText())
                .containsIgnoringCase("refused");
    }

    @Test
    void detection_of_the_node_client_reaches_the_observer_field_by_field() throws Exception {
        Vector vector = Vector.fileDetection();

        NodeClient.install().publish(CONFIG, vector.topic(), vector.wire());

        await().untilAsserted(() -> assertThat(server.detections()).contains(vector.transformed()));
        assertThat(server.console()).contains("Detection on topic: " + vector.topic());
    }

    @Test
    void broker_restarts_readiness_goes_down_and_up_and_detections_arrive_again() throws IOException {
        try (EventStream page = server.follow()) {
            page.data("connected", 1);

            CompletableFuture<Void> back = fabric.faults().restartAfter(Duration.ofSeconds(1));
            server.awaitNotReady();
            assertThat(page.data("disconnected", 1)).last().asString().isNotBlank();
            back.join();
            await("connected and subscribed within 2 s of the broker's return")
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> server.get("/health/ready").statusCode() == 200);

            FileDetection detection = fabric.detections().publishRandom();
            page.data("connected", 2);
            await().untilAsserted(() -> assertThat(server.detections()).contains(json(detection.toJson())));
        }
    }

    @Test
    void page_that_does_not_read_holds_up_nobody() throws IOException {
        FileDetection last = null;
        try (Socket page = new Socket()) {
            page.setReceiveBufferSize(4_096);
            page.connect(server.socketAddress());
            page.getOutputStream()
                    .write("GET /api/detections/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));

            // More than what the network's buffers take.
            for (int i = 0; i < MANY; i++) {
                last = fabric.detections().publish(withLongName(i));
            }

            JsonNode expected = json(last.toJson());
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(json(server.get("/api/detections?limit=1")))
                            .containsExactly(expected));
        }
    }

    @Test
    void forcing_a_detection_is_refused_with_the_reason() {
        HttpResponse<String> response = server.post("/api/detections", "{}");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("embedded fabric only");
    }

    private static FileDetection withLongName(int number) {
        return FileDetection.builder()
                .agentGuid("{68125cd6-a5d8-11e6-348e-000c29663178}")
                .detectionTime(Instant.ofEpochSecond(1481301796))
                .hashes(Hashes.of(Map.of("md5", "eb5e2b9dc51817a086d7b97eb52410ab")))
                .localReputation(TrustLevel.UNKNOWN)
                .name(number + "x".repeat(4_000))
                .remediationAction(5)
                .build();
    }
}
