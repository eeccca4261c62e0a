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
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A client that asks and waits. Another one answers, which has subscribed to the topic by itself. */
@ExtendWith(SharedFabric.class)
class ClientRequestTest {
    private static final String TOPIC = "/service/echo";
    private static final String SILENCE = "/service/silence";
    private static final int SERVICE_CODE = 9090;
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.fabric();

    private final List<Request> asked = new CopyOnWriteArrayList<>();
    private Responder responder;
    private DxlClient client;

    @TempDir
    private Path folder;

    @BeforeEach
    void connectBoth() throws Exception {
        responder = new Responder(CLIENTS.connected(config()));
        responder.echo(TOPIC);
        responder.onRequest(SILENCE, asked::add);
        client = CLIENTS.connected(config());
    }

    @Test
    void the_answer_to_a_request_is_returned() throws Exception {
        Request request = request(TOPIC, "ping");

        Response response = client.syncRequest(request);

        assertThat(response).isNotInstanceOf(ErrorResponse.class);
        assertThat(text(response)).isEqualTo("ping");
        assertThat(response.getRequestMessageId()).isEqualTo(request.getMessageId());
        assertThat(response.getDestinationTopic()).isEqualTo("/mcafee/client/" + client.getUniqueId());
    }

    @Test
    void a_request_bears_the_reply_topic_and_the_stamp_of_its_sender() throws Exception {
        responder.onRequest("/service/seen", request -> {
            asked.add(request);
            responder.send(new Response(request));
        });
        Request request = request("/service/seen", "");
        request.setReplyToTopic("/somewhere/else");

        client.syncRequest(request, 5_000);

        assertThat(asked.get(0).getReplyToTopic()).isEqualTo(client.getReplyToTopic());
        assertThat(request.getSourceClientId()).isEqualTo(client.getUniqueId());
        assertThat(asked.get(0).getSourceClientInstanceId()).isNotEmpty();
    }

    @Test
    void an_error_response_is_returned_and_not_thrown() throws Exception {
        responder.onRequest(
                "/service/refuses", request -> responder.send(new ErrorResponse(request, SERVICE_CODE, "no")));

        Response response = client.syncRequest(request("/service/refuses", ""), 5_000);

        assertThat(response).isInstanceOf(ErrorResponse.class);
        assertThat(((ErrorResponse) response).getErrorCode()).isEqualTo(SERVICE_CODE);
        assertThat(((ErrorResponse) response).getErrorMessage()).isEqualTo("no");
    }

    @Test
    void each_of_many_askers_gets_its_own_answer() throws Exception {
        List<CompletableFuture<Boolean>> asking = IntStream.range(0, 20)
                .mapToObj(thread -> Clients.inBackground(() -> {
                    for (int i = 0; i < 50; i++) {
                        String text = thread + "/" + i;
                        Response response = client.syncRequest(request(TOPIC, text), 10_000);
                        if (!text.equals(text(response))) {
                            return false;
                        }
                    }
                    return true;
                }))
                .toList();

        for (CompletableFuture<Boolean> each : asking) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void no_answer_in_time_is_a_timeout_at_the_deadline() {
        long began = System.nanoTime();

        assertThatThrownBy(() -> client.syncRequest(request(SILENCE, ""), 300))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessage("No answer to the request: the answer did not come within 300 ms");

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(300), Duration.ofMillis(1_500));
    }

    @Test
    void an_answer_that_comes_too_late_is_dropped_and_counted() throws Exception {
        assertThatThrownBy(() -> client.syncRequest(request(SILENCE, ""), 50)).isInstanceOf(WaitTimeoutException.class);
        await().until(() -> asked.size() == 1);

        responder.client().sendResponse(new Response(asked.get(0)));

        await().until(() -> client.incoming().unclaimed() == 1);
        assertThat(text(client.syncRequest(request(TOPIC, "next"), 5_000))).isEqualTo("next");
        assertThat(client.incoming().unclaimed()).isEqualTo(1);
    }

    @Test
    void the_second_answer_to_one_request_is_dropped_and_counted() throws Exception {
        responder.onRequest("/service/twice", request -> {
            responder.send(new Response(request));
            responder.send(new Response(request));
        });

        client.syncRequest(request("/service/twice", ""), 5_000);

        await().until(() -> client.incoming().unclaimed() == 1);
    }

    @Test
    void not_connected_it_fails_at_once() throws Exception {
        DxlClient never = CLIENTS.make(config());
        assertThatThrownBy(() -> never.syncRequest(request(TOPIC, "")))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("Not connected to a broker");

        client.disconnect();
        assertThatThrownBy(() -> client.syncRequest(request(TOPIC, "")))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("Not connected to a broker");
    }

    @Test
    void a_lost_connection_fails_it_at_once() throws Exception {
        CompletableFuture<Response> asking = asking();

        long began = System.nanoTime();
        FABRIC.faults().cut();

        assertThatThrownBy(() -> asking.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isExactlyInstanceOf(DxlException.class)
                .hasMessageStartingWith("No answer to the request: ")
                .hasMessageContaining("the broker closed the connection");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void disconnecting_fails_it_at_once() throws Exception {
        CompletableFuture<Response> asking = asking();

        client.disconnect();

        assertThatThrownBy(() -> asking.get(2, TimeUnit.SECONDS))
                .cause()
                .isExactlyInstanceOf(DxlException.class)
                .hasMessage("No answer to the request: disconnect was called");
    }

    @Test
    void closing_fails_it_at_once_and_what_is_asked_afterwards() throws Exception {
        CompletableFuture<Response> asking = asking();

        client.close();

        assertThatThrownBy(() -> asking.get(2, TimeUnit.SECONDS))
                .cause()
                .isExactlyInstanceOf(DxlException.class)
                .hasMessage("No answer to the request: the client is closed");
        assertThatThrownBy(() -> client.syncRequest(request(TOPIC, "")))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("The client is closed");
    }

    @Test
    void an_interrupted_caller_waits_no_longer_and_stays_interrupted() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread asker = new Thread(() -> {
            try {
                client.syncRequest(request(SILENCE, ""), 60_000);
                interrupted.complete(false);
            } catch (DxlException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        asker.start();
        await().until(() -> asked.size() == 1);

        asker.interrupt();

        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
        asker.join();
        responder.client().sendResponse(new Response(asked.get(0)));
        await().until(() -> client.incoming().unclaimed() == 1);
    }

    @Test
    void a_request_that_waits_can_not_be_sent_once_more() throws Exception {
        Request request = request(SILENCE, "");
        CompletableFuture<Response> asking = Clients.inBackground(() -> client.syncRequest(request, 60_000));
        await().until(() -> asked.size() == 1);

        assertThatThrownBy(() -> client.syncRequest(request, 1_000))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining(request.getMessageId() + " waits for its answer already");

        responder.client().sendResponse(new Response(asked.get(0)));
        asking.get(5, TimeUnit.SECONDS);
        assertThat(asked).hasSize(1);
    }

    @Test
    void on_a_delivery_thread_of_its_own_it_is_refused() throws Exception {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        client.addEventCallback("/ask", event -> {
            try {
                client.syncRequest(request(TOPIC, ""), 5_000);
                refused.complete(null);
            } catch (DxlException e) {
                refused.complete(e);
            }
        });

        FABRIC.publish("/ask", new byte[0]);

        assertThat(refused.get(5, TimeUnit.SECONDS))
                .isInstanceOf(DxlException.class)
                .hasMessageMatching("DXL0407 syncRequest must be called on a different thread: .*"
                        + "Call asyncRequest or requestAsync here, "
                        + "or syncRequest on a thread of the application's own");
        assertThat(client.isIncomingMessageThread()).isFalse();
    }

    @Test
    void on_a_delivery_thread_of_another_client_it_works() throws Exception {
        CompletableFuture<Response> answered = new CompletableFuture<>();
        DxlClient other = CLIENTS.connected(config());
        client.addEventCallback("/ask", event -> {
            try {
                answered.complete(other.syncRequest(request(TOPIC, "x"), 5_000));
            } catch (DxlException e) {
                answered.completeExceptionally(e);
            }
        });

        FABRIC.publish("/ask", new byte[0]);

        assertThat(text(answered.get(10, TimeUnit.SECONDS))).isEqualTo("x");
    }

    @Test
    void a_topic_with_a_wildcard_is_refused() {
        assertThatThrownBy(() -> client.syncRequest(request("/a/#", ""))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_without_a_reply_topic_can_not_be_answered() {
        assertThatThrownBy(() -> responder.client().sendResponse(new Response(new Request(TOPIC))))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("names no proper topic for the answer");
    }

    private CompletableFuture<Response> asking() {
        CompletableFuture<Response> asking =
                Clients.inBackground(() -> client.syncRequest(request(SILENCE, ""), 60_000));
        await().until(() -> asked.size() == 1);
        return asking;
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }
}
