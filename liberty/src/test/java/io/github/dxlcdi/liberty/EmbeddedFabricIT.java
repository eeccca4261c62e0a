package io.github.dxlcdi.liberty;

import static io.github.dxlcdi.liberty.LibertyServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example as a newcomer starts it: with a fabric inside the server. */
class EmbeddedFabricIT {
    private static LibertyServer server;

    @BeforeAll
    static void start() throws IOException {
        server = LibertyServer.start("embedded-fabric", Map.of());
        server.awaitReady();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void forced_detections_reach_the_list_newest_first_and_every_open_stream() throws IOException {
        int before = server.detections().size();
        try (EventStream one = server.follow();
                EventStream other = server.follow()) {
            one.data("connected", 1);
            for (int i = 1; i <= 3; i++) {
                assertThat(server.post("/api/detections", "{\"name\": \"forced-" + i + ".exe\"}")
                                .statusCode())
                        .isEqualTo(202);
            }

            assertThat(one.data("", before + 3)).last().asString().contains("forced-3.exe");
            assertThat(other.data("", before + 3)).last().asString().contains("forced-3.exe");
            JsonNode list = server.detections();
            assertThat(list).hasSize(before + 3);
            assertThat(list.findValuesAsText("name")).startsWith("forced-3.exe", "forced-2.exe", "forced-1.exe");
            assertThat(json(server.get("/api/detections?limit=2"))).hasSize(2);
        }
    }

    @Test
    void observer_prints_topic_and_detection() {
        server.post("/api/detections", """
                {"agentGuid": "{68125cd6-a5d8-11e6-348e-000c29663178}", "detectionTime": 1481301796,
                 "hashes": {"md5": "eb5e2b9dc51817a086d7b97eb52410ab",
                            "sha1": "435dfd470f727437c7cb4f07cba1f9a1f4272656",
                            "sha256": "414bb16b10ece2db2d8448cb9f313f80cb77c310ca0c19ee03c73cba0c16fedb"},
                 "localReputation": 1, "name": "FOCUS_MALWARE2.EXE", "remediationAction": 5}
                """);

        await().untilAsserted(() -> assertThat(server.console()).contains("""
                        Detection on topic: /mcafee/event/tie/file/detection
                        {
                            "agentGuid": "{68125cd6-a5d8-11e6-348e-000c29663178}",
                            "detectionTime": 1481301796,
                            "hashes": {
                                "md5": "eb5e2b9dc51817a086d7b97eb52410ab",
                                "sha1": "435dfd470f727437c7cb4f07cba1f9a1f4272656",
                                "sha256": "414bb16b10ece2db2d8448cb9f313f80cb77c310ca0c19ee03c73cba0c16fedb"
                            },
                            "localReputation": 1,
                            "name": "FOCUS_MALWARE2.EXE",
                            "remediationAction": 5
                        }
                        """));
    }

    @Test
    void bad_detection_is_refused_with_every_problem_and_not_sent() {
        int before = server.detections().size();

        HttpResponse<String> response =
                server.post("/api/detections", "{\"hashes\":{\"md5\":\"zz\"},\"localReputation\":\"x\",\"colour\":1}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("problems"))
                .extracting(JsonNode::asText)
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("hashes.md5", "zz", "32"),
                        problem -> assertThat(problem).contains("localReputation", "x", "0 to 100"),
                        problem -> assertThat(problem).contains("colour", "1", "agentGuid"));
        assertThat(server.detections()).hasSize(before);
    }

    @Test
    void malformed_body_and_bad_limit_are_refused_in_words() {
        assertThat(server.post("/api/detections", "{\"name\":").statusCode()).isEqualTo(400);
        for (String limit : new String[] {"0", "1001", "ten", "-1", ""}) {
            HttpResponse<String> response = server.get("/api/detections?limit=" + limit);
            assertThat(response.statusCode()).as("limit %s", limit).isEqualTo(400);
            assertThat(response.body()).contains("1 to 1000");
        }
    }

    @Test
    void body_of_60_megabytes_is_refused() {
        HttpResponse<String> response = server.post("/api/detections", "{\"name\":\"" + "x".repeat(60_000_000) + "\"}");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("65536 bytes");
    }

    @Test
    void streams_beyond_the_limit_are_refused_until_others_are_closed() throws IOException {
        List<EventStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                open.add(server.follow());
            }
            await().untilAsserted(() -> assertThat(server.statusOfStream()).isEqualTo(503));
        } finally {
            for (EventStream stream : open) {
                stream.close();
            }
        }

        await().untilAsserted(() -> assertThat(server.statusOfStream()).isEqualTo(200));
    }

    @Test
    void client_that_calls_the_server_by_an_unknown_name_is_refused() throws IOException {
        for (String known : List.of("localhost", "LOCALHOST:9080", "127.0.0.1", "[::1]:80")) {
            assertThat(server.statusFor(known)).as(known).contains(" 200 ");
        }
        for (String unknown : List.of("evil.example", "evil.example:80", "localhost.evil.example", "192.0.2.1")) {
            assertThat(server.statusFor(unknown)).as(unknown).contains(" 403 ");
        }
    }

    @Test
    void invisible_characters_of_a_name_are_escaped_on_the_console() {
        server.post("/api/detections", "{\"name\": \"a\\u202Egpj\\u009B31m.exe\"}");

        await().untilAsserted(() -> assertThat(server.console())
                .contains("\"a\\u202Egpj\\u009B31m.exe\"")
                .doesNotContain("\u202E", "\u009B"));
    }

    @Test
    void health_is_up_and_tells_broker_and_subscriptions() {
        HttpResponse<String> live = server.get("/health/live");
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(json(live).at("/checks/0/name").asText()).isEqualTo("dxl-extension");

        JsonNode ready = json(server.get("/health/ready"));
        assertThat(ready.at("/status").asText()).isEqualTo("UP");
        assertThat(ready.at("/checks/0/name").asText()).isEqualTo("dxl-fabric");
        JsonNode data = ready.at("/checks/0/data");
        assertThat(data.path("broker").asText()).startsWith("ssl://");
        assertThat(data.path("state").asText()).isEqualTo("ready");
        assertThat(data.path("subscriptions").asInt()).isEqualTo(1);
        assertThat(data.has("since")).isTrue();
        assertThat(data.has("queueDepth")).isTrue();
    }

    @Test
    void page_comes_with_a_policy_that_lets_nothing_in_from_elsewhere() {
        HttpResponse<String> page = server.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<html").doesNotContain("<style", "style=", "onclick", "://");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(server.get("/app.js").body()).doesNotContain("innerHTML", "insertAdjacentHTML");
    }

    @Test
    void page_that_was_closed_costs_the_others_nothing() throws IOException {
        server.follow().close();
        try (EventStream open = server.follow()) {
            for (int i = 0; i < 5; i++) {
                server.post("/api/detections", "{\"name\": \"after-" + i + ".exe\"}");
            }
            await().untilAsserted(
                            () -> assertThat(open.data("", 5)).last().asString().contains("after-4.exe"));
            assertThat(server.console()).doesNotContain("Exception", "\tat ");
        }
    }
}
