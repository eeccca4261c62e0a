package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.DxlPeer.EVENT;
import static io.github.dxlcdi.fabric.DxlPeer.SERVICE;
import static io.github.dxlcdi.fabric.DxlPeer.json;
import static io.github.dxlcdi.fabric.DxlPeer.service;
import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.fabric.registry.RegistrySettings;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServiceRegistrationTest {
    private static final String REGISTER = SERVICE + "svcregistry/register";
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(START);
    private static Fabric fabric;

    @BeforeAll
    static void start() {
        RegistrySettings settings =
                new RegistrySettings(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMillis(10), NOW::get);
        fabric = Fabric.builder().serviceRegistry(settings).start();
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
}
