package com.opendxl.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.Fabric;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketTest {
    @RegisterExtension
    static final OwnFabric OWN = new OwnFabric(Fabric.builder().webSockets(true));

    private static final Clients CLIENTS = OWN.clients();

    @TempDir
    private Path folder;

    @Test
    void events_of_every_size_go_both_ways_in_their_order() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        client.addEventCallback("/t", event -> sizes.add(event.getPayload().length));
        List<Integer> sent = IntStream.of(0, 1, 125, 126, 65_535, 65_536, 1_000_000, 3)
                .boxed()
                .toList();

        for (int size : sent) {
            Event event = new Event("/t");
            event.setPayload(new byte[size]);
            client.sendEvent(event);
        }

        await().untilAsserted(() -> assertThat(sizes).isEqualTo(sent));
        assertThat(client.getCurrentBroker())
                .hasToString("wss://localhost:" + OWN.fabric().webSocketPort());
    }

    @Test
    void a_lost_web_socket_is_sought_again_and_its_subscriptions_are_restored() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        List<Event> events = new CopyOnWriteArrayList<>();
        client.addEventCallback("/t", events::add);

        OWN.fabric().faults().restart().join();
        await().until(() -> OWN.fabric().subscriptions().contains("/t"));
        OWN.fabric().publish("/t", new byte[1]);

        await().until(() -> events.size() == 1);
    }

    @Test
    void a_broker_is_left_in_good_order() throws Exception {
        DxlClient client = CLIENTS.connected(config());
        assertThat(OWN.fabric().connectedClients()).isEqualTo(1);

        client.disconnect();

        assertThat(client.isConnected()).isFalse();
        await().until(() -> OWN.fabric().connectedClients() == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "404 Not Found, web socket listener",
        "403 Forbidden, does not let us in",
        "200 OK, web socket listener",
        "503 Service Unavailable, check that the broker runs",
        "101 Switching Protocols, speaks no MQTT"
    })
    void who_opens_no_web_socket_is_told_with_its_answer_and_a_remedy(String status, String remedy) throws Exception {
        List<String> requests = new CopyOnWriteArrayList<>();
        try (ScriptedBroker broker = new ScriptedBroker() {
            @Override
            void onOpen(Socket socket) throws IOException {
                requests.add(head(socket.getInputStream()));
                socket.getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
            }
        }) {
            DxlClientConfig config = broker.config();
            config.getBrokerList().get(0).setProtocol(Broker.WSS_PROTOCOL);

            assertThatThrownBy(CLIENTS.make(config)::connect)
                    .isInstanceOf(DxlException.class)
                    .hasMessageContaining("did not open a web socket at /mqtt: HTTP status " + status)
                    .hasMessageContaining(remedy);
            assertThat(requests.get(0))
                    .startsWith("GET /mqtt HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nHost: 127.0.0.1:" + broker.port() + "\r\n")
                    .containsIgnoringCase("\r\nSec-WebSocket-Protocol: mqtt\r\n");
        }
    }

    @Test
    void a_listener_without_web_sockets_is_told() throws Exception {
        DxlClientConfig config = config();
        config.getWebSocketBrokers()
                .forEach(broker -> broker.setPort(OWN.fabric().port()));

        assertThatThrownBy(CLIENTS.make(config)::connect)
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("closed the connection before it accepted us");
    }

    private DxlClientConfig config() throws Exception {
        OWN.fabric().writeConfig(folder);
        Path file = folder.resolve("dxlclient.config");
        Files.writeString(file, Files.readString(file).replace("UseWebSockets=false", "UseWebSockets=true"));
        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(file.toString());
        config.setConnectRetries(0);
        config.setReconnectDelay(50);
        config.setReconnectDelayMax(200);
        return config;
    }

    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The request ends early");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
