package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.RawClient.CONNACK_OK;
import static io.github.dxlcdi.fabric.RawClient.connect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.fabric.junit.FabricExtension;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionLimitTest {
    private static final String CONNACK_UNAVAILABLE = "20020003";

    @RegisterExtension
    static final FabricExtension FABRIC =
            FabricExtension.perClass(Fabric.builder().brokers(2).connectionLimit(2));

    @Test
    void a_client_above_the_limit_is_refused_until_another_leaves_and_each_broker_counts_its_own() throws Exception {
        Fabric fabric = FABRIC.fabric();
        try (RawClient first = RawClient.join(fabric);
                RawClient second = RawClient.join(fabric);
                RawClient tooMuch = RawClient.open(fabric)) {
            tooMuch.send(connect("MQTT", 4, 0x02, 0))
                    .expect(CONNACK_UNAVAILABLE)
                    .expectEnd();
            RawClient.join(fabric, fabric.broker(1), fabric.identity()).close();
            assertThat(fabric.broker(0).connectedClients()).isEqualTo(2);

            second.close();
            await().until(() -> fabric.broker(0).connectedClients() == 1);
            RawClient.open(fabric)
                    .send(connect("MQTT", 4, 0x02, 0))
                    .expect(CONNACK_OK)
                    .close();
            first.send(RawClient.PINGREQ).expect(RawClient.PINGRESP);
        }
    }

    @Test
    void the_broker_tells_its_limit() throws Exception {
        Fabric fabric = FABRIC.fabric();
        await().until(() -> fabric.connectedClients() == 0);
        try (DxlPeer client = DxlPeer.join(fabric)) {
            Map<?, ?> brokers =
                    (Map<?, ?>) client.query("brokerregistry/query", Map.of()).get("brokers");
            assertThat(((Map<?, ?>) brokers.get(fabric.brokerId())).get("connectionLimit"))
                    .isEqualTo(2);
        }
    }

    @Test
    void a_negative_limit_is_refused() {
        assertThatThrownBy(() -> Fabric.builder().connectionLimit(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
