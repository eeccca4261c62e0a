package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.DxlPeer.EVENT;
import static io.github.dxlcdi.fabric.DxlPeer.SERVICE;
import static io.github.dxlcdi.fabric.DxlPeer.json;
import static io.github.dxlcdi.fabric.DxlPeer.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.fabric.registry.RegistrySettings;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceRegistrationTest {
    private static final String REGISTER = SERVICE + "svcregistry/register";
    private static final String UNREGISTER = SERVICE + "svcregistry/unregister";
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(START);
    private static Fabric fabric;

    @BeforeAll
    static void start() {
        RegistrySettings settings =
                new RegistrySettings(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMillis(10), NOW::get);
        fabric = Fabric.builder().serviceRegistry(settings).start();
    }

    @AfterEach
    void settle() {
        await().until(() -> fabric.connectedClients() == 0);
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    private static List<String> registered() {
        return fabric.services().stream().map(ServiceRegistration::serviceGuid).toList();
    }

    @Test
    void a_registration_is_answered_and_told_to_all_with_who_serves_where() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric);
                DxlPeer listener = DxlPeer.join(fabric).subscribe(EVENT + "svcregistry/register")) {
            Request request = service.request(REGISTER, service("{guid}", "/a", "/b/#"));

            Response answer = service.answer(request);
            assertThat(answer).isNotInstanceOf(ErrorResponse.class);
            assertThat(answer.getPayload()).isEmpty();
            assertThat(answer.getSourceClientId()).isEqualTo(fabric.brokerId());
            assertThat(answer.getSourceClientInstanceId()).isEqualTo(fabric.brokerId());
            assertThat(answer.getSourceBrokerId()).isEqualTo(fabric.brokerId());
            assertThat(answer.getMessageId()).matches("[0-9a-f-]{36}");

            Message event = listener.next();
            assertThat(event).isInstanceOf(Event.class);
            assertThat(event.getSourceClientId()).isEqualTo(fabric.brokerId());
            String instance = answer.getClientIds().iterator().next();
            assertThat(json(event))
                    .containsEntry("serviceType", "/test")
                    .containsEntry("serviceGuid", "{guid}")
                    .containsEntry("requestChannels", List.of("/a", "/b/#"))
                    .containsEntry("metaData", Map.of("k", "v"))
                    .containsEntry("ttlMins", 60)
                    .containsEntry("clientGuid", fabric.identity().thumbprint())
                    .containsEntry("clientInstanceGuid", instance)
                    .containsEntry("brokerGuid", fabric.brokerId())
                    .containsEntry("registrationTime", (int) NOW.get().getEpochSecond())
                    .containsEntry("managed", false)
                    .hasEntrySatisfying(
                            "certificates",
                            chain -> assertThat((List<?>) chain)
                                    .hasSize(2)
                                    .last()
                                    .isEqualTo(fabric.identity().thumbprint()));
            assertThat(registered()).containsExactly("{guid}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"text\"",
                "{}",
                "{\"serviceType\":\"/t\",\"ttlMins\":60}",
                "{\"serviceType\":\"/t\",\"serviceGuid\":\"\",\"ttlMins\":60}",
                "{\"serviceType\":\"/t\",\"serviceGuid\":7,\"ttlMins\":60}",
                "{\"serviceGuid\":\"{g}\",\"ttlMins\":60}",
                "{\"serviceType\":\"/t\",\"serviceGuid\":\"{g}\"}",
                "{\"serviceType\":\"/t\",\"serviceGuid\":\"{g}\",\"ttlMins\":\"60\"}",
                "{\"serviceType\":\"/t\",\"serviceGuid\":\"{g}\",\"ttlMins\":-1}",
                "{\"serviceType\":\"/t\",\"serviceGuid\":\"{g}\",\"ttlMins\":99999999999}",
                "{\"serviceType\":\"/t\",\"serviceGuid\":\"{g}\",\"ttlMins\":60,\"requestChannels\":\"/c\"}",
                "{\"serviceType\":\"/t\",\"serviceGuid\":\"{g}\",\"ttlMins\":60,\"requestChannels\":[7]}",
                "{\"serviceType\":\"/t\",\"serviceGuid\":\"{g}\",\"ttlMins\":60,\"metaData\":[]}"
            })
    void what_is_no_registration_gets_no_answer(String payload) throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            client.request(REGISTER, payload);

            assertThat(client.settle().waiting()).isZero();
            assertThat(registered()).isEmpty();
        }
    }

    @Test
    void certificates_that_a_client_claims_are_not_registered() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            Request request = new Request(REGISTER);
            request.setPayload(JSON.std.asBytes(service("{guid}", "/a")));
            request.setOtherFields(Map.of("dxl.certs", "forged"));
            client.answer(client.send(request));

            assertThat(fabric.services())
                    .singleElement()
                    .extracting(ServiceRegistration::certificates, LIST)
                    .hasSize(2)
                    .endsWith(fabric.identity().thumbprint());
        }
    }

    @Test
    void channels_and_metadata_may_be_left_out() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            client.answer(
                    client.request(REGISTER, Map.of("serviceType", "/t", "serviceGuid", "{bare}", "ttlMins", 60)));

            assertThat(registered()).containsExactly("{bare}");
        }
    }

    @Test
    void the_same_again_is_answered_and_told_to_nobody_but_a_change_is() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric);
                DxlPeer listener = DxlPeer.join(fabric).subscribe(EVENT + "svcregistry/register")) {
            for (String channel : List.of("/a", "/a", "/b")) {
                service.answer(service.request(REGISTER, service("{guid}", channel)));
            }

            assertThat(json(listener.next())).containsEntry("requestChannels", List.of("/a"));
            assertThat(json(listener.next())).containsEntry("requestChannels", List.of("/b"));
            assertThat(listener.settle().waiting()).isZero();
            assertThat(registered()).containsExactly("{guid}");
        }
    }

    @Test
    void who_registered_a_service_unregisters_it_and_all_hear_of_it() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric).register("{guid}", "/a");
                DxlPeer listener = DxlPeer.join(fabric).subscribe(EVENT + "svcregistry/unregister")) {
            Response answer = service.unregister("{guid}");

            assertThat(answer).isNotInstanceOf(ErrorResponse.class);
            assertThat(answer.getPayload()).isEmpty();
            assertThat(json(listener.next())).containsExactly(Map.entry("serviceGuid", "{guid}"));
            assertThat(registered()).isEmpty();
        }
    }

    @Test
    void nobody_else_unregisters_a_service_but_is_answered_all_the_same() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric).register("{guid}", "/a");
                DxlPeer twin = DxlPeer.join(fabric)) {
            assertThat(twin.unregister("{guid}")).isNotInstanceOf(ErrorResponse.class);
            assertThat(twin.unregister("{unknown}")).isNotInstanceOf(ErrorResponse.class);
            twin.answer(twin.request(UNREGISTER, "{"));

            assertThat(registered()).containsExactly("{guid}");
            assertThat(service.settle().waiting()).isZero();
        }
    }

    @Test
    void services_of_a_client_that_leaves_are_gone_and_all_hear_of_it() throws Exception {
        try (DxlPeer listener = DxlPeer.join(fabric).subscribe(EVENT + "svcregistry/unregister")) {
            try (DxlPeer service = DxlPeer.join(fabric).register("{1}", "/a").register("{2}", "/b")) {
                service.settle();
            }
            assertThat(json(listener.next())).containsEntry("serviceGuid", "{1}");
            assertThat(json(listener.next())).containsEntry("serviceGuid", "{2}");
            assertThat(registered()).isEmpty();
        }
    }

    @Test
    void a_service_ends_after_its_time_and_the_grace_unless_it_is_renewed() throws Exception {
        try (DxlPeer service = DxlPeer.join(fabric).register("{renewed}", "/a").register("{left}", "/b");
                DxlPeer listener = DxlPeer.join(fabric).subscribe(EVENT + "svcregistry/unregister")) {
            NOW.updateAndGet(now -> now.plus(Duration.ofMinutes(64)));
            service.register("{renewed}", "/a");
            NOW.updateAndGet(now -> now.plus(Duration.ofMinutes(1)));

            assertThat(json(listener.next())).containsEntry("serviceGuid", "{left}");
            assertThat(registered()).containsExactly("{renewed}");
            service.refusal(service.request("/b/none", "question"));
        }
    }

    @Test
    void topics_that_are_subscribed_for_the_first_time_and_no_more_are_told() throws Exception {
        try (DxlPeer listener = DxlPeer.join(fabric).subscribe(EVENT + "brokerregistry/#");
                DxlPeer one = DxlPeer.join(fabric)) {
            one.subscribe("/news");
            try (DxlPeer two = DxlPeer.join(fabric).subscribe("/news")) {
                two.settle();
            }
            await().until(() -> fabric.connectedClients() == 2);
            one.unsubscribe("/news");

            List<String> told = new ArrayList<>();
            while (!told.contains("topicremoved /news")) {
                told.add(topic(listener.next()));
            }
            assertThat(told.stream().filter(event -> event.endsWith(" /news")))
                    .containsExactly("topicadded /news", "topicremoved /news");
            assertThat(told).anyMatch(event -> event.startsWith("topicremoved /mcafee/client/"));
        }
    }

    private static String topic(Message event) throws Exception {
        String name = event.getDestinationTopic();
        return name.substring(name.lastIndexOf('/') + 1) + " " + json(event).get("topic");
    }

    @Test
    void clients_that_come_and_go_are_told_where_that_is_switched_on() throws Exception {
        try (Fabric talkative = Fabric.builder().announceClients(true).start();
                DxlPeer listener = DxlPeer.join(talkative).subscribe(EVENT + "clientregistry/#")) {
            ClientIdentity other = talkative.newIdentity("other");
            DxlPeer.join(talkative, other).close();

            for (String what : List.of("connect", "disconnect")) {
                Message event = listener.next();
                assertThat(event.getDestinationTopic()).isEqualTo(EVENT + "clientregistry/" + what);
                assertThat(json(event)).containsExactly(Map.entry("clientGuid", other.thumbprint()));
            }
        }
        try (DxlPeer listener = DxlPeer.join(fabric).subscribe(EVENT + "clientregistry/#")) {
            DxlPeer.join(fabric).close();
            await().until(() -> fabric.connectedClients() == 1);
            assertThat(listener.settle().waiting()).isZero();
        }
    }
}
