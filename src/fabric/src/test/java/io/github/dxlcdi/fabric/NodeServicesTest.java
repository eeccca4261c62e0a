package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.DxlPeer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry and its routing, judged by a client that shares nothing with this project. */
class NodeServicesTest {
    private static final int COUNT = 1_000;

    private static Fabric fabric;
    private static NodePeer node;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        fabric = Fabric.start();
        node = NodePeer.join(fabric, folder);
    }

    @AfterEach
    void settle() {
        await().until(() -> fabric.connectedClients() == 0);
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    @Test
    void a_service_of_nodejs_registers_answers_and_unregisters() throws Exception {
        try (NodePeer.Script service = node.serve("/node/service");
                DxlPeer client = DxlPeer.join(fabric)) {
            assertThat(fabric.services())
                    .singleElement()
                    .returns("/node/echo", ServiceRegistration::serviceType)
                    .returns(List.of("/node/service"), ServiceRegistration::requestChannels)
                    .returns(Map.of("language", "JavaScript"), ServiceRegistration::metaData)
                    .returns(60L, ServiceRegistration::ttlMins)
                    .returns(fabric.identity().thumbprint(), ServiceRegistration::clientGuid);

            List<Request> requests = IntStream.range(0, COUNT)
                    .mapToObj(i -> request(client, "question " + i))
                    .toList();
            for (int i = 0; i < COUNT; i++) {
                Response answer = client.answer(requests.get(i));
                assertThat(text(answer)).isEqualTo("Node.js heard question " + i);
            }

            service.end("unregistered");
            assertThat(fabric.services()).isEmpty();
            client.refusal(request(client, "question"));
        }
    }

    private static Request request(DxlPeer client, String payload) {
        try {
            return client.request("/node/service", payload);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_service_of_nodejs_that_is_killed_is_gone_from_the_registry() throws Exception {
        try (NodePeer.Script service = node.serve("/node/killed")) {
            assertThat(fabric.services()).hasSize(1);
        }
        await().untilAsserted(() -> assertThat(fabric.services()).isEmpty());
    }

    @Test
    void requests_of_nodejs_are_served_by_turns_and_each_is_answered() throws Exception {
        try (DxlPeer one = DxlPeer.join(fabric).register("{1}", "/java/service");
                DxlPeer two = DxlPeer.join(fabric).register("{2}", "/java/service")) {
            CompletableFuture<Void> answers = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> answer(one, "one")),
                    CompletableFuture.runAsync(() -> answer(two, "two")));

            assertThat(node.ask("/java/service", COUNT, "question"))
                    .isEqualTo(Map.of(
                            "answers",
                            Map.of("one heard question", COUNT / 2, "two heard question", COUNT / 2),
                            "errors",
                            List.of()));
            answers.join();
        }
    }

    private static void answer(DxlPeer service, String name) {
        try {
            for (int i = 0; i < COUNT / 2; i++) {
                Request request = service.nextRequest();
                Response response = new Response(request);
                response.setPayload((name + " heard " + text(request)).getBytes(StandardCharsets.UTF_8));
                service.publish(response);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_request_of_nodejs_that_nobody_serves_is_refused_with_the_fabrics_code() throws Exception {
        assertThat(node.ask("/nobody", 1, "question"))
                .isEqualTo(Map.of(
                        "answers",
                        Map.of(),
                        "errors",
                        List.of(Map.of("code", 0x80000001L, "text", "unable to locate service for request"))));
    }

    @Test
    void nodejs_can_read_what_the_broker_tells_about_itself() throws Exception {
        Map<String, Object> came = node.ask(DxlPeer.SERVICE + "brokerregistry/query", 1, "{}");

        assertThat(came.get("answers").toString()).contains("\"guid\":\"" + fabric.brokerId() + "\"");
    }
}
