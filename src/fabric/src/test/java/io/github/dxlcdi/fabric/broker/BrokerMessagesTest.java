package io.github.dxlcdi.fabric.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireReader;
import io.github.dxlcdi.fabric.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerMessagesTest {
    private static final String BROKER_ID = "5a6b7c8d-1111-4222-8333-444455556666";
    private static final String INSTANCE =
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b:5d3f0c7e-8a41-4c52-9f0b-1b2d3e4f5a6b";

    @Test
    void a_refusal_is_that_of_a_dxl_broker_but_for_its_id() throws Exception {
        WireMessage expected = WireReader.read(Vectors.read("error-v3-service-unavailable"));
        WireMessage request = new WireMessage(
                3,
                "{0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d}",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                BROKER_ID,
                List.of(),
                List.of(),
                new byte[] {1},
                new RequestFields("/reply", ""),
                List.of("a", "b"),
                "",
                List.of(),
                INSTANCE);

        WireMessage refusal = new BrokerMessages(BROKER_ID).error(request, FabricError.SERVICE_UNAVAILABLE);

        assertThat(refusal)
                .usingRecursiveComparison()
                .ignoringFields("messageId")
                .isEqualTo(expected);
        assertThat(refusal.messageId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
}
