package io.github.dxlcdi.fabric.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireReader;
import io.github.dxlcdi.client.wire.WireWriter;
import io.github.dxlcdi.fabric.Vectors;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutedRequestTest {
    @Test
    void a_service_gets_a_request_byte_for_byte_as_from_a_dxl_broker() throws Exception {
        byte[] expected = Vectors.read("request-v3-routed");
        WireMessage routed = WireReader.read(expected);
        WireMessage stamped = new WireMessage(
                routed.version(),
                routed.messageId(),
                routed.sourceClientId(),
                routed.sourceBrokerId(),
                List.of(),
                List.of(),
                routed.payload(),
                new RequestFields("/mcafee/client/{11111111-2222-4333-8444-555555555555}", ""),
                routed.otherFields(),
                routed.sourceTenantGuid(),
                routed.destTenantGuids(),
                routed.sourceClientInstanceId());
        ServiceRegistration service = new ServiceRegistration(
                "{88888888-0000-4000-8000-000000000001}",
                "/type",
                List.of(),
                Map.of(),
                60,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b:6e4f1d8f-9b52-4d63-8a1c-2c3e4f5a6b7c",
                "5a6b7c8d-1111-4222-8333-444455556666",
                List.of(),
                0);

        assertThat(WireWriter.write(RequestRouting.addressed(stamped, service))).isEqualTo(expected);
    }
}
