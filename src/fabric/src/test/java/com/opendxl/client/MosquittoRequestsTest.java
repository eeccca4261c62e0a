package com.opendxl.client;

import static com.opendxl.client.Responder.request;
import static com.opendxl.client.Responder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.request.RequestFailure;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests and services at a plain MQTT broker: whoever has subscribed to a topic answers, and nobody keeps a registry. */
class MosquittoRequestsTest extends OnMosquitto {
    private static final String TOPIC = "/test/service";

    private final List<Response> answers = new CopyOnWriteArrayList<>();
    private Responder responder;
    private DxlClient client;

    @BeforeEach
    void connectBoth() throws DxlException {
        responder = new Responder(connected());
        client = connected();
    }

    @Test
    void a_request_is_answered_in_each_of_the_three_ways() throws Exception {
        responder.echo(TOPIC);

        assertThat(text(client.syncRequest(request(TOPIC, "sync"), 5_000))).isEqualTo("sync");
        assertThat(text(client.requestAsync(request(TOPIC, "future")).get(5, TimeUnit.SECONDS)))
                .isEqualTo("future");
        client.asyncRequest(request(TOPIC, "callback"), answers::add);
        client.asyncRequest(request(TOPIC, "nobody hears"));

        await().untilAsserted(
                        () -> assertThat(answers).extracting(Responder::text).containsExactly("callback"));
        assertThat(client.getAsyncCallbackCount()).isZero();
    }

    @Test
    void request_and_answer_arrive_as_they_were_sent() throws Exception {
        List<Request> asked = new CopyOnWriteArrayList<>();
        responder.onRequest(TOPIC, request -> {
            asked.add(request);
            responder.echo(request);
        });
        Request request = request(TOPIC, "ping");
        request.setClientIds(Set.of());
        request.setBrokerIds(Set.of("{some broker}"));

        Response response = client.syncRequest(request, 5_000);

        assertThat(asked.get(0).toBytes()).isEqualTo(request.toBytes());
        assertThat(response.getRequestMessageId()).isEqualTo(request.getMessageId());
        assertThat(response.getDestinationTopic()).isEqualTo(client.getReplyToTopic());
        assertThat(response.getSourceClientId()).isEqualTo(responder.client().getUniqueId());
        assertThat(response.getClientIds()).containsExactly(client.getUniqueId());
    }

    @Test
    void the_refusal_of_a_service_is_returned_with_its_code() throws Exception {
        responder.onRequest(TOPIC, request -> responder.send(new ErrorResponse(request, 9_090, "no")));

        assertThat(client.syncRequest(request(TOPIC, ""), 5_000)).isInstanceOfSatisfying(ErrorResponse.class, error -> {
            assertThat(error.getErrorCode()).isEqualTo(9_090);
            assertThat(error.getErrorMessage()).isEqualTo("no");
        });
    }

    @Test
    void a_request_that_nobody_serves_ends_at_its_deadline() throws Exception {
        assertThatThrownBy(() -> client.syncRequest(request("/nobody", ""), 200))
                .isInstanceOf(WaitTimeoutException.class);

        client.asyncRequest(request("/nobody", ""), answers::add, 200);

        await().until(() -> answers.size() == 1);
        assertThat(((ErrorResponse) answers.get(0)).getErrorCode()).isEqualTo(RequestFailure.TIMEOUT.code());
        assertThat(client.getAsyncCallbackCount()).isZero();
    }

    @Test
    void a_request_on_a_delivery_thread_is_refused() throws Exception {
        responder.echo(TOPIC);
        CompletableFuture<Response> asked = new CompletableFuture<>();
        client.addEventCallback("/ask", event -> {
            try {
                asked.complete(client.syncRequest(request(TOPIC, ""), 5_000));
            } catch (DxlException e) {
                asked.completeExceptionally(e);
            }
        });

        send(client, "/ask", "");

        assertThatThrownBy(() -> asked.get(5, TimeUnit.SECONDS))
                .hasMessageContaining("must be called on a different thread");
    }

    @Test
    void a_thousand_requests_of_a_client_with_a_queue_of_ten_are_all_answered() throws Exception {
        responder.echo(TOPIC);
        DxlClientConfig config = mosquitto.config();
        config.setIncomingMessageQueueSize(10);
        DxlClient narrow = CLIENTS.connected(config);
        for (int i = 0; i < 1_000; i++) {
            narrow.asyncRequest(request(TOPIC, "" + i), answers::add, 20_000);
        }

        await().until(() -> answers.size() == 1_000);
        assertThat(answers).noneMatch(ErrorResponse.class::isInstance);
        assertThat(answers.stream().map(Responder::text).distinct()).hasSize(1_000);
    }

    @Test
    void a_service_that_nobody_registers_serves_all_the_same() throws Exception {
        ServiceRegistrationInfo service = service();

        assertThatThrownBy(() -> responder.client().registerServiceSync(service, 200))
                .isInstanceOf(WaitTimeoutException.class);

        assertThat(text(client.syncRequest(request(TOPIC, "ping"), 5_000))).isEqualTo("ping");
        responder.client().unregisterServiceSync(service, 5_000);
        assertThatThrownBy(() -> client.syncRequest(request(TOPIC, "ping"), 200))
                .isInstanceOf(WaitTimeoutException.class);
    }

    @Test
    void a_service_is_registered_where_a_client_keeps_the_registry() throws Exception {
        RegistryOfServices registry = new RegistryOfServices(client);
        ServiceRegistrationInfo before = service();
        responder.client().disconnect();
        responder.client().registerServiceAsync(before);
        responder.client().connect();
        before.waitForRegistration(5_000);
        ServiceRegistrationInfo after = service();
        responder.client().registerServiceSync(after, 5_000);

        assertThat(registry.registered)
                .extracting(each -> RegistryOfServices.json(each).get("serviceGuid"))
                .containsExactly(before.getServiceId(), after.getServiceId());
        responder.client().unregisterServiceSync(before, 5_000);
        responder.client().unregisterServiceSync(after, 5_000);
        assertThat(registry.unregistered).hasSize(2);
    }

    @Test
    void a_registration_that_is_refused_is_told_with_the_code_of_the_refusal() throws Exception {
        new RegistryOfServices(client).answer = RegistryOfServices.Answer.NO;
        ServiceRegistrationInfo service = service();

        assertThatThrownBy(() -> responder.client().registerServiceSync(service, 1_000))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("0x80000011");
        responder.client().unregisterServiceAsync(service);
    }

    private ServiceRegistrationInfo service() {
        ServiceRegistrationInfo service = new ServiceRegistrationInfo(responder.client(), "/test");
        service.addTopic(TOPIC, responder::echo);
        return service;
    }
}
