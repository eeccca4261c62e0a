package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is no MQTT packet, or none that a broker sends, costs a connection and nothing else. Where a field reaches beyond
 * the end of its packet a PINGRESP follows, since the decoder notices it only with further bytes.
 */
@ExtendWith(SharedFabric.class)
class ClientMalformedFrameTest {
    private static final String TOPIC = "/a";
    private static final Duration BACK_WITHIN = Duration.ofSeconds(2);
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    private final Outages outages = new Outages();
    private final List<byte[]> received = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void connectWithHalfTheDefaultPause() throws Exception {
        DxlClientConfig config = Clients.config(FABRIC, folder);
        config.setReconnectDelay(500);
        config.setReconnectDelayMax(1_000);
        DxlClient client = CLIENTS.make(config);
        client.fabricConnection().listen(outages);
        client.addEventCallback(TOPIC, event -> received.add(event.getPayload()));
        client.connect();
    }

    @ParameterizedTest
    @CsvSource({
        "a packet type that there is not, 00, malformed",
        "a packet type of MQTT 5, f000, malformed",
        "a length of five bytes, 30ffffffff7f, malformed",
        "a message of one byte more than 16 MiB, 3081808008, malformed",
        "a message of 256 MiB, 30ffffff7f, malformed",
        "a message with a topic that reaches into the next packet, 3003000361 d000, malformed",
        "a message to a wildcard, 30050003612f23, malformed",
        "a message of a quality that there is not, 36050001610001, malformed",
        "a confirmation without its number before the next packet, 9000 d000, malformed",
        "a second acceptance, 20020000, CONNACK",
        "a refusal of what was accepted, 20020005, CONNACK",
        "the CONNECT of a client, 101000044d51545404020000000461626364, CONNECT",
        "the PINGREQ of a client, c000, PINGREQ",
        "the SUBSCRIBE of a client, 82060001000161 00, SUBSCRIBE",
        "the DISCONNECT of a client, e000, DISCONNECT"
    })
    void it_is_told_and_the_client_is_back_and_subscribed_within_two_seconds(String what, String hex, String reason) {
        FABRIC.faults().garbage(HexFormat.of().parseHex(hex.replace(" ", "")));

        await().atMost(BACK_WITHIN).until(() -> outages.ready.size() == 2);
        assertThat(outages.order).containsExactly("ready", "lost", "ready");
        assertThat(outages.losses.get(0).reason())
                .as(what)
                .startsWith("localhost:" + FABRIC.port() + ": the broker sent ")
                .contains(reason);
        assertThat(SharedFabric.topics()).containsExactly(TOPIC);
        assertThat(FABRIC.connectedClients()).isOne();
        FABRIC.publish(TOPIC, new byte[] {1});
        await().until(() -> received.size() == 1);
    }

    @Test
    void what_came_before_the_garbage_is_delivered() {
        for (int i = 0; i < 100; i++) {
            FABRIC.publish(TOPIC, new byte[] {(byte) i});
        }
        FABRIC.faults().garbage(new byte[] {0});

        await().until(() -> outages.ready.size() == 2 && received.size() == 100);
        assertThat(received).extracting(payload -> (int) payload[0]).isSorted();
    }
}
