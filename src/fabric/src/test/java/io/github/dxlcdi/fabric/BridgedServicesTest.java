package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.DxlPeer.EVENT;
import static io.github.dxlcdi.fabric.DxlPeer.SERVICE;
import static io.github.dxlcdi.fabric.DxlPeer.json;
import static io.github.dxlcdi.fabric.DxlPeer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BridgedServicesTest extends OnBridgedBrokers {
    private static final String TOPIC = "/service";
    private static final int UNAVAILABLE = 0x80000001;

    private static void serve(DxlPeer service, String answer) throws Exception {
        Response response = new Response(service.nextRequest());
        response.setPayload(answer.getBytes(UTF_8));
        service.publish(response);
    }

    private static void assertUnavailable(DxlPeer client, String topic) throws Exception {
        assertThat(client.refusal(client.request(topic, "")).getErrorCode()).isEqualTo(UNAVAILABLE);
    }

    private List<String> knownAt(int broker) {
        return fabric.broker(broker).services().stream()
                .map(ServiceRegistration::serviceGuid)
                .toList();
    }

    @Test
    void a_request_reaches_the_service_at_another_broker_and_the_answer_comes_back() throws Exception {
        DxlPeer service = dxlAt(1).register("{1}", TOPIC);
        DxlPeer client = dxlAt(2);

        Request request = client.request(TOPIC, "question");
        Request asked = service.nextRequest();
        assertThat(text(asked)).isEqualTo("question");
        assertThat(asked.getSourceBrokerId()).isEqualTo(fabric.broker(2).id());
        assertThat(asked.getServiceId()).isEqualTo("{1}");
        assertThat(asked.getBrokerIds()).containsExactly(fabric.broker(1).id());
        service.publish(new Response(asked));

        Response answer = client.answer(request);
        assertThat(answer.getSourceBrokerId()).isEqualTo(fabric.broker(1).id());
        assertThat(answer.getBrokerIds()).containsExactly(fabric.broker(2).id());
    }

    @Test
    void services_at_all_brokers_take_turns() throws Exception {
        List<DxlPeer> services = List.of(
                dxlAt(0).register("{0}", "/turns"),
                dxlAt(1).register("{1}", "/turns"),
                dxlAt(2).register("{2}", "/turns"));
        DxlPeer client = dxlAt(1);

        for (int turn = 0; turn < 6; turn++) {
            Request request = client.request("/turns", "");
            serve(services.get(turn % 3), "{" + turn % 3 + "}");
            assertThat(text(client.answer(request))).isEqualTo("{" + turn % 3 + "}");
        }
    }

    @Test
    void a_service_at_another_broker_is_found_by_its_id() throws Exception {
        DxlPeer service = dxlAt(1).register("{1}", TOPIC);
        dxlAt(0).register("{0}", TOPIC);
        DxlPeer client = dxlAt(0);

        for (int turn = 0; turn < 2; turn++) {
            Request request = new Request(TOPIC);
            request.setServiceId("{1}");
            client.send(request);
            serve(service, "mine");
            assertThat(text(client.answer(request))).isEqualTo("mine");
        }
    }

    @Test
    void registrations_and_their_end_are_told_once_at_every_broker() throws Exception {
        List<DxlPeer> listeners = List.of(dxlAt(0), dxlAt(1), dxlAt(2));
        for (DxlPeer listener : listeners) {
            listener.subscribe(EVENT + "svcregistry/#");
        }
        DxlPeer service = dxlAt(1).register("{1}", TOPIC);
        assertThat(knownAt(0)).containsExactly("{1}");
        service.unregister("{1}");
        service.publishEvent("/mcafee/event/dxl/svcregistry/end", "");

        for (DxlPeer listener : listeners) {
            Message registered = listener.next();
            assertThat(registered.getDestinationTopic()).endsWith("/register");
            assertThat(registered.getSourceBrokerId())
                    .isEqualTo(fabric.broker(1).id());
            assertThat(json(registered)).containsEntry("serviceGuid", "{1}");
            Message gone = listener.next();
            assertThat(gone.getDestinationTopic()).endsWith("/unregister");
            assertThat(json(gone)).isEqualTo(Map.of("serviceGuid", "{1}"));
            assertThat(listener.next().getDestinationTopic()).endsWith("/end");
        }
        assertThat(fabric.services()).isEmpty();
    }

    @Test
    void a_service_whose_client_leaves_is_gone_at_every_broker() throws Exception {
        DxlPeer service = dxlAt(1).register("{1}", TOPIC);
        DxlPeer client = dxlAt(0);

        service.close();
        await().until(() -> fabric.services().isEmpty());

        assertThat(knownAt(2)).isEmpty();
        assertUnavailable(client, TOPIC);
    }

    @Test
    void a_service_that_says_it_is_none_is_unregistered_everywhere() throws Exception {
        DxlPeer service = dxlAt(1).register("{1}", TOPIC);
        DxlPeer client = dxlAt(0);

        Request request = client.request(TOPIC, "");
        service.publish(new ErrorResponse(service.nextRequest(), UNAVAILABLE, "no service"));

        assertThat(client.refusal(request).getErrorCode()).isEqualTo(UNAVAILABLE);
        assertThat(fabric.services()).isEmpty();
    }

    @Test
    void the_services_of_a_broker_that_goes_down_are_gone_and_it_learns_of_others_when_it_is_back() throws Exception {
        dxlAt(1).register("{1}", TOPIC);
        DxlPeer client = dxlAt(0).register("{0}", "/other").subscribe(EVENT + "svcregistry/unregister");
        DxlPeer elsewhere = dxlAt(2).subscribe(EVENT + "svcregistry/unregister");

        fabric.broker(1).faults().stop();

        for (DxlPeer listener : List.of(client, elsewhere)) {
            Message gone = listener.next();
            assertThat(json(gone)).isEqualTo(Map.of("serviceGuid", "{1}"));
        }
        assertUnavailable(client, TOPIC);
        assertThat(knownAt(2)).containsExactly("{0}");
        assertThat(knownAt(1)).isEmpty();

        fabric.broker(1).faults().restart().get(10, TimeUnit.SECONDS);

        assertThat(knownAt(1)).containsExactly("{0}");
        DxlPeer back = dxlAt(1).register("{1}", TOPIC);
        Request request = client.request(TOPIC, "");
        serve(back, "here again");
        assertThat(text(client.answer(request))).isEqualTo("here again");
        assertThat(client.waiting() + elsewhere.waiting()).isZero();
    }

    @Test
    void brokers_that_are_cut_off_know_their_own_services_alone_until_they_are_joined_again() throws Exception {
        DxlPeer one = dxlAt(1).register("{1}", TOPIC);
        DxlPeer two = dxlAt(2).register("{2}", TOPIC);
        DxlPeer listener = dxlAt(0).subscribe(EVENT + "svcregistry/#");

        fabric.broker(1).faults().cutOff();
        fabric.broker(1).faults().cutOff();

        assertThat(knownAt(1)).containsExactly("{1}");
        assertThat(knownAt(2)).containsExactly("{2}");
        assertThat(knownAt(0)).containsExactly("{2}");
        Request here = one.request(TOPIC, "");
        serve(one, "here");
        assertThat(text(one.answer(here))).isEqualTo("here");
        assertThat(listener.next().getDestinationTopic()).endsWith("/unregister");

        fabric.faults().heal();

        assertThat(knownAt(0)).containsExactlyInAnyOrder("{1}", "{2}");
        assertThat(knownAt(1)).containsExactlyInAnyOrder("{1}", "{2}");
        assertThat(knownAt(2)).containsExactlyInAnyOrder("{1}", "{2}");
        assertThat(json(listener.next())).containsEntry("serviceGuid", "{1}");
        assertThat(listener.settleAt(fabric.broker(0)).waiting()).isZero();
        two.settleAt(fabric.broker(2));
    }

    @Test
    void all_brokers_that_can_be_reached_are_told() throws Exception {
        DxlPeer client = dxlAt(0);

        assertThat(brokers(client, Map.of()))
                .containsOnlyKeys(
                        fabric.broker(0).id(),
                        fabric.broker(1).id(),
                        fabric.broker(2).id());
        String second = fabric.broker(1).id();
        assertThat(brokers(client, Map.of("brokerGuid", second)))
                .containsOnlyKeys(second)
                .extractingByKey(second)
                .asInstanceOf(MAP)
                .containsEntry("guid", second)
                .containsEntry("port", fabric.broker(1).port())
                .containsEntry("topicRouting", true)
                .containsEntry(
                        "bridges",
                        List.of(fabric.broker(0).id(), fabric.broker(2).id()));

        fabric.broker(1).faults().stop();
        assertThat(brokers(client, Map.of()))
                .containsOnlyKeys(fabric.broker(0).id(), fabric.broker(2).id());
    }

    private static Map<String, Object> brokers(DxlPeer client, Map<String, ?> question) throws Exception {
        return JSON.std.mapFrom(
                JSON.std.asBytes(client.query("brokerregistry/query", question).get("brokers")));
    }

    @Test
    void each_broker_tells_its_own_health() throws Exception {
        dxlAt(1).register("{1}", TOPIC);
        DxlPeer client = dxlAt(0);

        client.request(SERVICE + "broker/health", Map.of());
        Map<String, Map<String, Object>> byBroker = new HashMap<>();
        for (int i = 0; i < 3; i++) {
            Message answer = client.next();
            byBroker.put(answer.getSourceBrokerId(), json(answer));
        }

        assertThat(byBroker.get(fabric.broker(0).id()))
                .containsEntry("connectedClients", 1)
                .containsEntry("localServiceCounter", 0);
        assertThat(byBroker.get(fabric.broker(1).id()))
                .containsEntry("connectedClients", 1)
                .containsEntry("localServiceCounter", 1);
        assertThat(byBroker.get(fabric.broker(2).id())).containsEntry("connectedClients", 0);
        assertThat(client.settleAt(fabric.broker(0)).waiting()).isZero();
    }

    @Test
    void a_question_to_certain_brokers_is_answered_by_these() throws Exception {
        DxlPeer client = dxlAt(0);

        assertThat(client.askedAt(fabric.broker(2)).getSourceBrokerId())
                .isEqualTo(fabric.broker(2).id());
        assertThat(client.askedAt(fabric.broker(0)).getSourceBrokerId())
                .isEqualTo(fabric.broker(0).id());
        assertThat(client.waiting()).isZero();
    }

    @Test
    void the_broker_that_has_a_client_says_so() throws Exception {
        ClientIdentity wanted = fabric.newIdentity("wanted");
        dxlAt(2, wanted);
        DxlPeer client = dxlAt(0);

        Request request = client.request(SERVICE + "clientregistry/query", Map.of("clientGuid", wanted.thumbprint()));

        Response answer = client.answer(request);
        assertThat(answer.getPayload()).isEmpty();
        assertThat(answer.getSourceBrokerId()).isEqualTo(fabric.broker(2).id());
        assertThat(client.settleAt(fabric.broker(0)).waiting()).isZero();
    }

    @Test
    void services_are_told_with_where_they_are_and_what_they_may_not_receive() throws Exception {
        dxlAt(1).register("{1}", TOPIC, "/secret/a");
        DxlPeer client = dxlAt(0).register("{0}", TOPIC);

        fabric.authorisation().onlyReceivers("/secret/#");

        Map<?, ?> services =
                (Map<?, ?>) client.query("svcregistry/query", Map.of()).get("services");
        assertThat(services.get("{1}"))
                .asInstanceOf(MAP)
                .containsEntry("local", false)
                .containsEntry("brokerGuid", fabric.broker(1).id())
                .containsEntry("unauthorizedChannels", List.of("/secret/a"));
        assertThat(services.get("{0}"))
                .asInstanceOf(MAP)
                .containsEntry("local", true)
                .containsEntry("unauthorizedChannels", List.of());
    }

    @Test
    void the_topics_of_another_broker_can_be_looked_up() throws Exception {
        dxlAt(1).subscribe("/there");
        DxlPeer client = dxlAt(0);

        for (int broker : new int[] {0, 1}) {
            Map<String, ?> question = Map.of("brokerGuid", fabric.broker(broker).id(), "topics", List.of("/there"));
            assertThat(client.query("brokerregistry/topicquery", question)).containsEntry("exists", broker == 1);
        }
    }

    @Test
    void a_request_to_a_service_that_may_not_receive_it_vanishes() throws Exception {
        DxlPeer service = dxlAt(1).register("{1}", TOPIC);
        DxlPeer client = dxlAt(0);

        fabric.authorisation().onlyReceivers(TOPIC, fabric.newIdentity("another"));
        client.request(TOPIC, "");

        assertThat(client.settleAt(fabric.broker(0)).waiting()).isZero();
        assertThat(service.settleAt(fabric.broker(1)).waiting()).isZero();
    }

    @Test
    void a_request_that_may_not_be_sent_vanishes() throws Exception {
        DxlPeer service = dxlAt(1).register("{1}", TOPIC);
        DxlPeer client = dxlAt(0);

        fabric.authorisation().onlySenders(TOPIC, fabric.newIdentity("another"));
        client.request(TOPIC, "");

        assertThat(client.settleAt(fabric.broker(0)).waiting()).isZero();
        assertThat(service.settleAt(fabric.broker(1)).waiting()).isZero();
    }

    @Test
    void who_serves_at_another_broker_without_a_registration_is_asked_too() throws Exception {
        DxlPeer service = dxlAt(1).subscribe(TOPIC);
        DxlPeer client = dxlAt(0);

        Request request = client.request(TOPIC, "");
        serve(service, "unregistered");

        assertThat(text(client.answer(request))).isEqualTo("unregistered");
    }

    @Test
    void a_request_that_a_slow_service_at_another_broker_loses_is_refused() throws Exception {
        try (Fabric small = Fabric.builder()
                        .brokers(2)
                        .pendingBytesLimit(1024 * 1024)
                        .start();
                RawClient slow = RawClient.join(small);
                DxlPeer client = DxlPeer.join(small, small.broker(1), small.identity())) {
            Request registration = new Request(SERVICE + "svcregistry/register");
            registration.setPayload(JSON.std.asBytes(DxlPeer.service("{slow}", TOPIC)));
            slow.send(RawClient.publish(0, registration.getDestinationTopic(), registration.toBytes()));
            await().until(() -> small.broker(1).services().size() == 1);

            Request request = new Request(TOPIC);
            request.setPayload(new byte[256 * 1024]);
            for (int i = 0; i < 200; i++) {
                client.send(request);
            }

            assertThat(client.refusal(request).getErrorCode()).isEqualTo(0x80000002);
        }
    }

    @Test
    void an_event_becomes_one_request_to_a_service_at_another_broker() throws Exception {
        DxlPeer service = dxlAt(1).subscribe("/requests/happened");
        Map<String, ?> metaData = Map.of("eventToRequestTopic", "/happened", "eventToRequestPrefix", "/requests");
        Map<String, Object> registration = new HashMap<>(DxlPeer.service("{1}", "/requests/happened"));
        registration.put("metaData", metaData);
        service.answer(service.request(SERVICE + "svcregistry/register", registration));
        dxlAt(2).subscribe("/happened");
        DxlPeer sender = dxlAt(0);

        sender.publishEvent("/happened", "once");
        sender.settleAt(fabric.broker(0));

        assertThat(text(service.nextRequest())).isEqualTo("once");
        assertThat(service.settleAt(fabric.broker(1)).waiting()).isZero();
    }

    @Test
    void an_answer_of_a_broker_is_for_certain_clients_alone() throws Exception {
        DxlPeer listener = dxlAt(1).subscribe("/mcafee/client/#");
        DxlPeer client = dxlAt(0);

        client.askedAt(fabric.broker(1));
        client.publishEvent("/mcafee/client/end", "");

        assertThat(listener.next().getDestinationTopic()).endsWith("/end");
    }
}
