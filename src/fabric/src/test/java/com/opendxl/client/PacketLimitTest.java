package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.transport.PacketSize;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that a broker would close the connection for is not sent, whatever its kind, over TCP or web sockets. */
class PacketLimitTest {
    private static final String PROPERTY = "dxlClient.maxPacketSize";
    private static final String TOPIC = "/packet/limit";
    private static final int LIMIT = 1_048_576;
    private static final int WAIT_MILLIS = 10_000;

    @RegisterExtension
    static final OwnFabric OWN = new OwnFabric(Fabric.builder().webSockets(true));

    @TempDir
    private Path folder;

    @AfterEach
    void clearProperty() {
        System.clearProperty(PROPERTY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_largest_event_arrives_and_one_byte_more_is_refused_before_it_is_sent(boolean webSocket) throws Exception {
        DxlClient client = connected(config(webSocket));
        List<Event> events = new CopyOnWriteArrayList<>();
        client.addEventCallback(TOPIC, events::add);
        Event largest = sized(client, new Event(TOPIC), LIMIT);
        Event larger = sized(client, new Event(TOPIC), LIMIT + 1);

        client.sendEvent(largest);
        assertThatThrownBy(() -> client.sendEvent(larger))
                .isExactlyInstanceOf(DxlException.class)
                .hasMessageStartingWith(
                        "DXL0406 The message to /packet/limit is not sent: its packet has 1048577 bytes,"
                                + " and the limit is 1048576.")
                .hasMessageContaining("dxl.max-packet-size")
                .hasMessageContaining(PROPERTY);
        client.sendEvent(new Event(TOPIC));

        await().until(() -> events.size() == 2);
        assertThat(events)
                .extracting(event -> event.getPayload().length)
                .containsExactly(largest.getPayload().length, 0);
        assertThat(client.isConnected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_is_sent_all_the_same_costs_the_connection_at_the_broker(boolean webSocket) throws Exception {
        DxlClientConfig config = config(webSocket);
        config.setMaxPacketSize(0);
        DxlClient client = connected(config);
        CompletableFuture<DxlClient> lost = new CompletableFuture<>();
        client.setDisconnectedStrategy(lost::complete);
        List<Event> events = new CopyOnWriteArrayList<>();
        client.addEventCallback(TOPIC, events::add);

        client.sendEvent(sized(client, new Event(TOPIC), LIMIT));
        await().until(() -> events.size() == 1);
        // The end may come before all of it is sent.
        catchThrowable(() -> client.sendEvent(sized(client, new Event(TOPIC), LIMIT + 1)));

        lost.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(events).hasSize(1);
    }

    @Test
    void requests_of_every_kind_are_refused_and_leave_nothing_that_waits() throws Exception {
        DxlClient client = connected(config(false));
        List<Response> answers = new CopyOnWriteArrayList<>();

        assertRefused(() -> client.syncRequest(tooLarge(client), WAIT_MILLIS));
        assertRefused(() -> client.asyncRequest(tooLarge(client)));
        assertRefused(() -> client.asyncRequest(tooLarge(client), answers::add, WAIT_MILLIS));
        assertThatThrownBy(() -> client.requestAsync(tooLarge(client), Duration.ofMillis(WAIT_MILLIS))
                        .get(WAIT_MILLIS, TimeUnit.MILLISECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isExactlyInstanceOf(DxlException.class)
                .hasMessageStartingWith("DXL0406 ");

        assertThat(answers).isEmpty();
        assertThat(client.getAsyncCallbackCount()).isZero();
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void a_response_is_refused_and_the_service_can_answer_with_less() throws Exception {
        DxlClient client = connected(config(false));
        DxlClient asking = connected(config(false));
        ServiceRegistrationInfo service = new ServiceRegistrationInfo(client, "/packet/service");
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        service.addTopic(TOPIC, request -> {
            Response response = new Response(request);
            response.setPayload(new byte[LIMIT]);
            refused.complete(catchThrowable(() -> client.sendResponse(response)));
            response.setPayload(new byte[1]);
            assertThat(catchThrowable(() -> client.sendResponse(response))).isNull();
        });
        client.registerServiceSync(service, WAIT_MILLIS);

        Response response = asking.syncRequest(new Request(TOPIC), WAIT_MILLIS);

        assertThat(response.getPayload()).hasSize(1);
        assertThat(refused.get(WAIT_MILLIS, TimeUnit.MILLISECONDS))
                .isExactlyInstanceOf(DxlException.class)
                .hasMessageStartingWith("DXL0406 ");
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void a_registration_is_refused_at_once_and_one_that_is_there_stays_as_it_was() throws Exception {
        DxlClient client = connected(config(false));
        ServiceRegistrationInfo service = new ServiceRegistrationInfo(client, "/packet/service");
        service.addTopic(TOPIC, request -> {});
        service.addMetadata("much", "x".repeat(LIMIT));

        assertRefused(() -> client.registerServiceSync(service, WAIT_MILLIS));
        assertRefused(() -> client.registerServiceAsync(service));
        assertThat(client.getActiveServices()).isEmpty();

        service.addMetadata("much", "little");
        client.registerServiceSync(service, WAIT_MILLIS);
        service.addTopic(TOPIC + "/another", request -> {});
        service.addMetadata("much", "x".repeat(LIMIT));
        assertRefused(() -> client.registerServiceSync(service, WAIT_MILLIS));

        assertThat(client.getActiveServices())
                .singleElement()
                .extracting(facts -> facts.get("topics").toString())
                .isEqualTo("[" + TOPIC + "]");
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void the_limit_is_a_system_property_and_a_setting() throws Exception {
        assertThat(config(false).getMaxPacketSize()).isEqualTo(LIMIT);
        System.setProperty(PROPERTY, "200000");
        DxlClientConfig config = config(false);
        assertThat(config.getMaxPacketSize()).isEqualTo(200_000);
        DxlClient client = connected(config);

        client.sendEvent(sized(client, new Event(TOPIC), 200_000));
        assertRefused(() -> client.sendEvent(sized(client, new Event(TOPIC), 200_001)));

        System.setProperty(PROPERTY, "-1");
        assertThat(config(false).getMaxPacketSize()).isEqualTo(LIMIT);
        assertThatThrownBy(() -> config.setMaxPacketSize(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_fabric_that_allows_more_gets_more() throws Exception {
        try (Fabric fabric = Fabric.builder().messageSizeLimit(3 * LIMIT).start()) {
            DxlClientConfig config = Clients.config(fabric, folder);
            config.setMaxPacketSize(3 * LIMIT);
            try (DxlClient client = new DxlClient(config)) {
                client.connect();
                List<Event> events = new CopyOnWriteArrayList<>();
                client.addEventCallback(TOPIC, events::add);

                client.sendEvent(sized(client, new Event(TOPIC), 3 * LIMIT));

                await().until(() -> events.size() == 1);
                assertRefused(() -> client.sendEvent(sized(client, new Event(TOPIC), 3 * LIMIT + 1)));
            }
        }
    }

    private static void assertRefused(ThrowingCallable sending) {
        assertThatThrownBy(sending).isExactlyInstanceOf(DxlException.class).hasMessageStartingWith("DXL0406 ");
    }

    private static Request tooLarge(DxlClient client) throws Exception {
        return sized(client, new Request(TOPIC), LIMIT + 1);
    }

    /** With a payload that makes its packet as large as that. */
    private static <T extends Message> T sized(DxlClient client, T message, int packetBytes) throws Exception {
        message.setSourceClientId(client.getUniqueId());
        if (message instanceof Request request) {
            request.setReplyToTopic(client.getReplyToTopic());
        }
        int guess = packetBytes - 1_000;
        message.setPayload(new byte[guess]);
        long size = PacketSize.ofPublish(TOPIC, message.toBytes().length);
        message.setPayload(new byte[guess + packetBytes - (int) size]);
        assertThat(PacketSize.ofPublish(TOPIC, message.toBytes().length)).isEqualTo(packetBytes);
        return message;
    }

    private DxlClientConfig config(boolean webSocket) throws Exception {
        DxlClientConfig config = Clients.config(OWN.fabric(), folder);
        config.setUseWebSockets(webSocket);
        return config;
    }

    private static DxlClient connected(DxlClientConfig config) throws Exception {
        return OWN.clients().connected(config);
    }
}
