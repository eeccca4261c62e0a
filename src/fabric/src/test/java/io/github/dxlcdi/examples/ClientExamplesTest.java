package io.github.dxlcdi.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import com.opendxl.client.ServiceRegistrationInfo;
import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.query.BrokerHealth;
import io.github.dxlcdi.client.query.BrokerRecord;
import io.github.dxlcdi.client.query.FabricQueries;
import io.github.dxlcdi.client.query.ServiceRecord;
import io.github.dxlcdi.client.spi.FabricConnection;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/client.md shows, run. */
class ClientExamplesTest {
    private static final String TOPIC = "/mycompany/service/shout";
    private static final int WAIT_SECONDS = 10;

    private static Fabric fabric;

    @TempDir
    private static Path folder;

    private static String file;

    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private DxlClient client;

    @BeforeAll
    static void start() {
        fabric = Fabric.builder().webSockets(true).start();
        fabric.writeConfig(folder);
        file = folder.resolve("dxlclient.config").toString();
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    @BeforeEach
    void connect() throws Exception {
        client = new DxlClient(DxlClientConfig.createDxlConfigFromFile(file));
        client.connect();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        await().until(() -> fabric.connectedClients() == 0);
    }

    private void print(Object text) {
        seen.add(text);
    }

    private Object printed() throws InterruptedException {
        return seen.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private ServiceRegistrationInfo shouting() throws DxlException {
        RequestCallback shout = request -> {
            Response response = new Response(request);
            response.setPayload("HELLO".getBytes(UTF_8));
            try {
                client.sendResponse(response);
            } catch (DxlException e) {
                print(e);
            }
        };
        ServiceRegistrationInfo service = new ServiceRegistrationInfo(client, "/mycompany/shouting");
        service.addTopic("/mycompany/service/shout", shout);
        service.addMetadata("owner", "me");
        client.registerServiceSync(service, 10_000);
        return service;
    }

    private static Request request() {
        Request request = new Request(TOPIC);
        request.setPayload("hello".getBytes(UTF_8));
        return request;
    }

    @Test
    void events_are_sent_and_heard() throws Exception {
        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(file);
        DxlClient client = new DxlClient(config);
        client.addEventCallback("/mycompany/event/#", heard -> print(heard.getDestinationTopic()));
        client.connect();

        Event event = new Event("/mycompany/event/started");
        event.setPayload("{}".getBytes(UTF_8));
        client.sendEvent(event);

        try (client) {
            assertThat(printed()).isEqualTo("/mycompany/event/started");
        }
    }

    @Test
    void a_request_is_answered() throws Exception {
        shouting();

        Request request = new Request("/mycompany/service/shout");
        request.setPayload("hello".getBytes(UTF_8));
        Response response = client.syncRequest(request, 5_000);
        if (response instanceof ErrorResponse error) {
            print(error.getErrorCode() + ": " + error.getErrorMessage());
        } else {
            print(new String(response.getPayload(), UTF_8));
        }

        assertThat(printed()).isEqualTo("HELLO");
    }

    @Test
    void a_request_is_answered_later() throws Exception {
        shouting();
        Request request = request();

        client.asyncRequest(request, response -> print(response instanceof ErrorResponse), 5_000);

        assertThat(printed()).isEqualTo(false);
    }

    @Test
    void a_future_holds_the_answer() throws Exception {
        shouting();
        Request request = request();

        CompletableFuture<Response> answer = client.requestAsync(request, Duration.ofSeconds(5));
        answer.whenComplete((response, failure) -> print(failure == null ? response : failure));

        assertThat(printed()).isInstanceOf(Response.class).isNotInstanceOf(ErrorResponse.class);
    }

    @Test
    void a_callback_asks_by_a_future() throws Exception {
        shouting();

        client.addEventCallback("/mycompany/event/#", event -> {
            Request request = new Request("/mycompany/service/shout");
            request.setPayload(event.getPayload());
            client.requestAsync(request, Duration.ofSeconds(5)).thenAccept(answer -> print(answer));
        });

        fabric.publish("/mycompany/event/any", "hello".getBytes(UTF_8));
        assertThat(printed()).isInstanceOf(Response.class).isNotInstanceOf(ErrorResponse.class);
    }

    @Test
    void a_service_is_unregistered() throws Exception {
        ServiceRegistrationInfo service = shouting();
        assertThat(fabric.services()).hasSize(1);

        client.unregisterServiceSync(service, 10_000);

        assertThat(fabric.services()).isEmpty();
    }

    @Test
    void events_become_requests() throws Exception {
        ServiceRegistrationInfo service = new ServiceRegistrationInfo(client, "/mycompany/collecting");
        service.addTopic("/collect/mycompany/event/started", request -> print(request.getDestinationTopic()));
        service.addMetadata("eventToRequestPrefix", "/collect");
        service.addMetadata("eventToRequestTopic1", "/mycompany/event/started");
        client.registerServiceAsync(service);

        service.waitForRegistration(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        client.sendEvent(new Event("/mycompany/event/started"));
        assertThat(printed()).isEqualTo("/collect/mycompany/event/started");
    }

    @Test
    void the_fabric_tells_of_itself() throws Exception {
        shouting();

        FabricQueries queries = new FabricQueries(client);
        for (BrokerRecord broker : queries.brokers()) {
            BrokerHealth health = queries.health(broker.id());
            print(broker.hostName() + " has " + health.connectedClients() + " clients");
        }
        List<ServiceRecord> services = queries.services("/mycompany/shouting");
        long subscribers = queries.subscribers("/mycompany/event/started");

        assertThat(printed()).isEqualTo("localhost has 1 clients");
        assertThat(services).hasSize(1);
        assertThat(subscribers).isZero();
    }

    @Test
    void web_sockets_are_chosen() throws Exception {
        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(file);
        config.setUseWebSockets(true);

        try (DxlClient client = new DxlClient(config)) {
            client.connect();
            assertThat(client.getCurrentBroker().toString()).startsWith("wss://");
        }
    }

    @Test
    void certificates_are_read_again() throws Exception {
        FabricConnection connection = client.fabricConnection();
        connection.reloadCertificates().get(30, TimeUnit.SECONDS);
        print(connection.security().certificateExpires());

        assertThat(printed()).isNotNull();
    }
}
