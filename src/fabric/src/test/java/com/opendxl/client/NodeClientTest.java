package com.opendxl.client;

import static com.opendxl.client.Responder.request;
import static com.opendxl.client.Responder.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.NodePeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client and the one for Node.js, by other people's hands. */
class NodeClientTest {
    private static final int COUNT = 10_000;
    private static final int AT_A_TIME = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final OwnFabric OWN = new OwnFabric(Fabric.builder().webSockets(true));

    private static final Clients CLIENTS = OWN.clients();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ten_thousand_events_go_to_node_and_come_back_whole_and_in_their_order(boolean webSockets) throws Exception {
        NodePeer node = NodePeer.with(config(webSockets));
        DxlClient client = connected(webSockets);
        Queue<ByteBuffer> back = new ConcurrentLinkedQueue<>();
        client.addEventCallback("/from/node", event -> back.add(ByteBuffer.wrap(event.getPayload())));
        try (NodePeer.Script echo = node.echo("/to/node", "/from/node")) {
            echo.expect("connected to port "
                    + (webSockets ? OWN.fabric().webSocketPort() : OWN.fabric().port()));
            await().until(() -> OWN.fabric().subscriptions().contains("/to/node"));

            for (int i = 0; i < COUNT; i++) {
                Event event = new Event("/to/node");
                event.setPayload(payload(i));
                client.sendEvent(event);
            }

            await().atMost(PATIENCE).until(() -> back.size() >= COUNT);
            assertThat(back)
                    .containsExactlyElementsOf(IntStream.range(0, COUNT)
                            .mapToObj(i -> ByteBuffer.wrap(payload(i)))
                            .toList());
        }
    }

    /** A number, and up to 300 bytes that are no text: those that have to be told in another way on the wire, and others. */
    private static byte[] payload(int number) {
        byte[] bytes = new byte[Integer.BYTES + number % 300];
        new Random(number).nextBytes(bytes);
        return ByteBuffer.wrap(bytes).putInt(number).array();
    }

    @Test
    void ten_thousand_requests_of_ours_are_each_answered_once_by_node() throws Exception {
        NodePeer node = NodePeer.with(config(false));
        DxlClient client = connected(false);
        Queue<Response> responses = new ConcurrentLinkedQueue<>();
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        client.addResponseCallback(null, responses::add);
        try (NodePeer.Script service = node.serve("/node/service")) {
            Semaphore places = new Semaphore(AT_A_TIME);
            for (int i = 0; i < COUNT; i++) {
                String question = "question " + i;
                assertThat(places.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
                client.asyncRequest(request("/node/service", question), response -> {
                    answers.add(question + " -> " + text(response));
                    places.release();
                });
            }
            assertThat(places.tryAcquire(AT_A_TIME, 10, TimeUnit.SECONDS)).isTrue();
            service.end("unregistered");
        }

        assertThat(answers)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, COUNT)
                        .mapToObj(i -> "question " + i + " -> Node.js heard question " + i)
                        .toList());
        assertThat(responses.stream().filter(response -> text(response).startsWith("Node.js")))
                .hasSize(COUNT);
    }

    @Test
    void ten_thousand_requests_of_node_are_each_answered_once_by_ours() throws Exception {
        NodePeer node = NodePeer.with(config(false));
        DxlClient client = connected(false);
        Responder responder = new Responder(client);
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        ServiceRegistrationInfo service = new ServiceRegistrationInfo(client, "/java/service");
        service.addTopic("/java/service", request -> {
            heard.add(new String(request.getPayload(), UTF_8));
            responder.send(heard(request));
        });
        client.registerServiceSync(service, 10_000);

        assertThat(node.run("ask-each.cjs", "/java/service", String.valueOf(COUNT), String.valueOf(AT_A_TIME)))
                .isEqualTo(Map.of("answered", COUNT, "others", List.of(), "responses", COUNT));
        assertThat(heard)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, COUNT).mapToObj(i -> "question " + i).toList());
    }

    private static Response heard(Request request) {
        Response response = new Response(request);
        response.setPayload(("Java heard " + new String(request.getPayload(), UTF_8)).getBytes(US_ASCII));
        return response;
    }

    private DxlClient connected(boolean webSockets) throws Exception {
        DxlClient client = CLIENTS.connected(
                DxlClientConfig.createDxlConfigFromFile(config(webSockets).toString()));
        assertThat(client.getCurrentBroker().getProtocol())
                .isEqualTo(webSockets ? Broker.WSS_PROTOCOL : Broker.SSL_PROTOCOL);
        return client;
    }

    /** That of the fabric without the brokers that are not meant; which they are decides for either client. */
    private Path config(boolean webSockets) throws IOException {
        OWN.fabric().writeConfig(folder);
        Path config = folder.resolve("dxlclient.config");
        String unwanted = webSockets ? "\\[Brokers]\\R.*\\R" : "\\[BrokersWebSockets]\\R.*\\R?";
        String text = Files.readString(config).replace("UseWebSockets=false", "");
        return Files.writeString(config, text.replaceFirst(unwanted, ""));
    }
}
