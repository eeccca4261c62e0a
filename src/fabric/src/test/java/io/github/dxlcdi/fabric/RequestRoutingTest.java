package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.DxlPeer.SERVICE;
import static io.github.dxlcdi.fabric.DxlPeer.service;
import static io.github.dxlcdi.fabric.DxlPeer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RequestRoutingTest {
    private static final int UNAVAILABLE = 0x80000001;
    private static final int FREE_CODE = 9090;

    private static Fabric fabric;
    private static ClientIdentity other;

    @BeforeAll
    static void start() {
        fabric = Fabric.start();
        other = fabric.newIdentity("other");
    }

    @AfterEach
    void settle() {
        await().until(() -> fabric.connectedClients() == 0);
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    private static Request addressed(String topic, String serviceId) {
        Request request = new Request(topic);
        request.setServiceId(serviceId);
        return request;
    }

    @Test
    void a_request_goes_to_the_service_that_registered_its_topic_and_the_answer_comes_back() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric, other).register("{s}", "/ask");
                DxlPeer client = DxlPeer.join(fabric)) {
            Request request = client.request("/ask", "question");

            Request arrived = service.nextRequest();
            assertThat(arrived.getMessageId()).isEqualTo(request.getMessageId());
            assertThat(arrived.getReplyToTopic()).isEqualTo(request.getReplyToTopic());
            assertThat(arrived.getServiceId()).isEqualTo("{s}");
            assertThat(arrived.getBrokerIds()).containsExactly(fabric.brokerId());
            assertThat(arrived.getClientIds()).singleElement().asString().startsWith(other.thumbprint() + ":");
            assertThat(arrived.getSourceClientId()).isEqualTo(fabric.identity().thumbprint());
            assertThat(text(arrived)).isEqualTo("question");

            Response response = new Response(arrived);
            response.setPayload(new byte[] {1});
            service.publish(response);
            Response answer = client.answer(request);
            assertThat(answer.getPayload()).containsExactly(1);
            assertThat(answer.getServiceId()).isEqualTo("{s}");
            assertThat(answer.getSourceClientId()).isEqualTo(other.thumbprint());
        }
    }

    @Test
    void only_the_chosen_service_sees_a_request_and_once_whatever_it_has_subscribed() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric).register("{s}", "/ask").subscribe("/+", "/ask/#");
                DxlPeer monitor = DxlPeer.join(fabric).subscribe("/ask", "/+");
                DxlPeer client = DxlPeer.join(fabric)) {
            client.request("/ask", "question");

            service.nextRequest();
            assertThat(service.settle().waiting()).isZero();
            assertThat(monitor.settle().waiting()).isZero();
        }
    }

    @Test
    void a_registered_service_gets_requests_that_it_has_not_subscribed() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric);
                DxlPeer client = DxlPeer.join(fabric)) {
            service.answer(service.request(SERVICE + "svcregistry/register", service("{s}", "/ask")));
            client.request("/ask", "question");

            assertThat(service.nextRequest().getServiceId()).isEqualTo("{s}");
        }
    }

    @Test
    void services_of_one_topic_take_turns() throws Exception {
        try (DxlPeer one = DxlPeer.join(fabric).register("{1}", "/turn");
                DxlPeer two = DxlPeer.join(fabric).register("{2}", "/turn/#");
                DxlPeer client = DxlPeer.join(fabric)) {
            for (int i = 0; i < 10; i++) {
                client.request("/turn", "question " + i);
            }
            for (int i = 0; i < 10; i += 2) {
                assertThat(text(one.nextRequest())).isEqualTo("question " + i);
                assertThat(text(two.nextRequest())).isEqualTo("question " + (i + 1));
            }
        }
    }

    @Test
    void a_service_registered_with_a_wildcard_serves_all_topics_below() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric).register("{w}", "/wide/#");
                DxlPeer client = DxlPeer.join(fabric)) {
            client.request("/wide/a/b", "question");
            assertThat(service.nextRequest().getServiceId()).isEqualTo("{w}");

            client.refusal(client.request("/wider", "question"));
        }
    }

    @Test
    void a_request_that_names_a_service_goes_to_that_one() throws Exception {
        try (DxlPeer one = DxlPeer.join(fabric).register("{1}", "/turn");
                DxlPeer two = DxlPeer.join(fabric).register("{2}", "/turn");
                DxlPeer client = DxlPeer.join(fabric)) {
            for (int i = 0; i < 3; i++) {
                client.send(addressed("/turn", "{2}"));
                assertThat(two.nextRequest().getServiceId()).isEqualTo("{2}");
            }
            assertThat(one.settle().waiting()).isZero();
        }
    }

    @Test
    void a_request_that_names_an_unknown_service_is_refused_whoever_serves_the_topic() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric).register("{s}", "/ask");
                DxlPeer client = DxlPeer.join(fabric)) {
            ErrorResponse refusal = client.refusal(client.send(addressed("/ask", "{unknown}")));

            assertThat(refusal.getErrorCode()).isEqualTo(UNAVAILABLE);
            assertThat(refusal.getServiceId()).isEqualTo("{unknown}");
            assertThat(service.settle().waiting()).isZero();
        }
    }

    @Test
    void a_request_that_nobody_serves_is_refused_by_the_broker() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            ErrorResponse refusal = client.refusal(client.request("/nobody", "question"));

            assertThat(refusal.getErrorCode()).isEqualTo(UNAVAILABLE);
            assertThat(refusal.getErrorMessage()).isEqualTo("unable to locate service for request");
            assertThat(refusal.getMessageId()).matches("[0-9a-f-]{36}");
            assertThat(refusal.getSourceClientId()).isEqualTo(fabric.brokerId());
            assertThat(refusal.getSourceClientInstanceId()).isEqualTo(fabric.brokerId());
            assertThat(refusal.getSourceBrokerId()).isEqualTo(fabric.brokerId());
            assertThat(refusal.getClientIds())
                    .singleElement()
                    .asString()
                    .startsWith(fabric.identity().thumbprint() + ":");
        }
    }

    @Test
    void a_request_that_wants_no_answer_gets_none_even_if_nobody_serves() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric).subscribe("/reply/+")) {
            for (String replyTo : List.of("", "/reply/#")) {
                Request request = new Request("/nobody");
                request.setReplyToTopic(replyTo);
                client.publish(request);
            }
            assertThat(client.settle().waiting()).isZero();
        }
    }

    @Test
    void who_has_subscribed_the_topic_serves_while_nobody_is_registered() throws Exception {
        try (DxlPeer one = DxlPeer.join(fabric).subscribe("/plain");
                DxlPeer two = DxlPeer.join(fabric).subscribe("/plain");
                DxlPeer client = DxlPeer.join(fabric)) {
            Request request = client.request("/plain", "question");

            Request arrived = one.nextRequest();
            two.nextRequest();
            assertThat(arrived.getServiceId()).isEmpty();
            one.publish(new Response(arrived));
            assertThat(client.answer(request)).isNotInstanceOf(ErrorResponse.class);
        }
    }

    @Test
    void who_listens_by_a_wildcard_is_no_service() throws Exception {
        try (DxlPeer monitor = DxlPeer.join(fabric).subscribe("/watched/#");
                DxlPeer client = DxlPeer.join(fabric)) {
            client.refusal(client.request("/watched/topic", "question"));

            assertThat(monitor.settle().waiting()).isZero();
        }
    }

    @Test
    void a_service_that_denies_its_id_is_unregistered_and_the_requester_hears_it() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric).register("{gone}", "/deny");
                DxlPeer listener = DxlPeer.join(fabric).subscribe(DxlPeer.EVENT + "svcregistry/unregister");
                DxlPeer client = DxlPeer.join(fabric)) {
            Request request = client.request("/deny", "question");
            service.publish(new ErrorResponse(service.nextRequest(), UNAVAILABLE, "no such service"));

            ErrorResponse refusal = client.refusal(request);
            assertThat(refusal.getErrorMessage()).isEqualTo("no such service");
            assertThat(DxlPeer.json(listener.next())).containsExactly(Map.entry("serviceGuid", "{gone}"));
            assertThat(fabric.services()).isEmpty();
        }
    }

    @Test
    void a_service_that_refuses_a_request_for_another_reason_stays() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric).register("{stays}", "/refuse");
                DxlPeer client = DxlPeer.join(fabric)) {
            Request request = client.request("/refuse", "question");
            service.publish(new ErrorResponse(service.nextRequest(), FREE_CODE, "not today"));

            assertThat(client.refusal(request).getErrorCode()).isEqualTo(FREE_CODE);
            assertThat(fabric.services())
                    .extracting(ServiceRegistration::serviceGuid)
                    .containsExactly("{stays}");
        }
    }

    @Test
    void an_answer_is_for_the_connection_that_asked_or_for_all_of_its_client_or_for_all() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric, other).register("{s}", "/ask");
                DxlPeer twin = DxlPeer.join(fabric);
                DxlPeer stranger = DxlPeer.join(fabric, other);
                DxlPeer client = DxlPeer.join(fabric)) {
            Request request = client.request("/ask", "question");
            Request arrived = service.nextRequest();
            twin.subscribe(request.getReplyToTopic());
            stranger.subscribe(request.getReplyToTopic());

            Response toInstance = new Response(arrived);
            toInstance.setClientIds(Set.of(arrived.getSourceClientInstanceId()));
            service.publish(toInstance);
            Response toClient = new Response(arrived);
            toClient.setClientIds(Set.of(arrived.getSourceClientId()));
            service.publish(toClient);
            Response toAll = new Response(arrived);
            toAll.setClientIds(Set.of());
            service.publish(toAll);

            for (Response expected : List.of(toInstance, toClient, toAll)) {
                assertThat(client.next().getMessageId()).isEqualTo(expected.getMessageId());
            }
            for (Response expected : List.of(toClient, toAll)) {
                assertThat(twin.next().getMessageId()).isEqualTo(expected.getMessageId());
            }
            assertThat(stranger.next().getMessageId()).isEqualTo(toAll.getMessageId());
        }
    }

    @Test
    void an_event_becomes_a_request_where_a_service_wants_it_so() throws Exception {
        Map<String, Object> wish = new HashMap<>(service("{e}", "/as/request/event"));
        wish.put("metaData", Map.of("eventToRequestPrefix", "/as/request", "eventToRequestTopic1", "/event"));
        try (DxlPeer service = DxlPeer.join(fabric);
                DxlPeer client = DxlPeer.join(fabric, other).subscribe("/event")) {
            service.answer(service.request(SERVICE + "svcregistry/register", wish));
            Event event = new Event("/event");
            event.setPayload(new byte[] {7});
            event.setOtherFields(Map.of("field", "value"));
            event.setDestTenantGuids(Set.of("tenant"));
            client.publish(event);

            Message copy = client.next();
            assertThat(copy).isInstanceOf(Event.class);
            assertThat(copy.getOtherFields()).containsOnlyKeys("field", "dxl.certs");
            Request request = service.nextRequest();
            assertThat(request.getOtherFields()).isEmpty();
            assertThat(request.getDestTenantGuids()).isEmpty();
            assertThat(request.getSourceClientInstanceId()).isEqualTo(copy.getSourceClientInstanceId());
            assertThat(request.getSourceBrokerId()).isEqualTo(fabric.brokerId());
            assertThat(request.getDestinationTopic()).isEqualTo("/as/request/event");
            assertThat(request.getMessageId()).isEqualTo(event.getMessageId());
            assertThat(request.getServiceId()).isEqualTo("{e}");
            assertThat(request.getReplyToTopic()).isEqualTo("/mcafee/client/" + other.thumbprint());
            assertThat(request.getSourceClientId()).isEqualTo(other.thumbprint());
            assertThat(request.getPayload()).containsExactly(7);
        }
    }

    @Test
    void an_event_below_a_wildcard_becomes_a_request_to_one_service_in_turn() throws Exception {
        Map<String, String> metaData = Map.of("eventToRequestPrefix", "/in/turn", "eventToRequestTopic", "/events/#");
        Map<String, Object> wish = new HashMap<>(service("{1}", "/in/turn/events/#"));
        wish.put("metaData", metaData);
        Map<String, Object> same = new HashMap<>(wish);
        same.put("serviceGuid", "{2}");
        try (DxlPeer one = DxlPeer.join(fabric);
                DxlPeer two = DxlPeer.join(fabric);
                DxlPeer client = DxlPeer.join(fabric)) {
            one.answer(one.request(SERVICE + "svcregistry/register", wish));
            two.answer(two.request(SERVICE + "svcregistry/register", same));
            for (int i = 0; i < 4; i++) {
                client.publishEvent("/events/some", "event " + i);
            }

            for (int i = 0; i < 4; i += 2) {
                Request request = one.nextRequest();
                assertThat(request.getDestinationTopic()).isEqualTo("/in/turn/events/some");
                assertThat(text(request)).isEqualTo("event " + i);
                assertThat(text(two.nextRequest())).isEqualTo("event " + (i + 1));
            }
            assertThat(one.settle().waiting() + two.settle().waiting()).isZero();
        }
    }

    @Test
    void an_event_for_single_clients_becomes_no_request() throws Exception {
        Map<String, Object> wish = new HashMap<>(service("{e}", "/as/request/event"));
        wish.put("metaData", Map.of("eventToRequestPrefix", "/as/request", "eventToRequestTopic", "/event"));
        try (DxlPeer service = DxlPeer.join(fabric)) {
            service.answer(service.request(SERVICE + "svcregistry/register", wish));
            Event event = new Event("/event");
            event.setClientIds(Set.of("somebody"));
            service.publish(event);

            assertThat(service.settle().waiting()).isZero();
        }
    }
}
