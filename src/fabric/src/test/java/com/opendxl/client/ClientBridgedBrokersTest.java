package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.FabricBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientBridgedBrokersTest {
    private static final String TOPIC = "/bridged";
    private static final int ROUNDS = 6;

    private static Fabric fabric;
    private static Clients clients;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private DxlClientConfig config;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        fabric = Fabric.builder().brokers(3).start();
        clients = new Clients();
    }

    @AfterAll
    static void stop() {
        clients.close();
        fabric.close();
    }

    @BeforeEach
    void configure() throws DxlException {
        config = Clients.config(fabric, folder);
    }

    @AfterEach
    void disconnect() throws DxlException {
        clients.disconnectAll();
        await().until(() -> fabric.connectedClients() == 0);
    }

    private DxlClient receiver() throws DxlException {
        DxlClient client = clients.connected(config);
        client.addEventCallback(TOPIC, event -> received.add(new String(event.getPayload())));
        return client;
    }

    private static FabricBroker brokerInUse(DxlClient client) {
        return Clients.brokerInUse(fabric, client);
    }

    @Test
    void a_client_whose_broker_goes_down_moves_to_another_each_time_and_is_subscribed_there() throws Exception {
        DxlClient client = receiver();

        for (int round = 0; round < ROUNDS; round++) {
            FabricBroker lost = brokerInUse(client);
            assertThat(lost.connectedClients()).isOne();
            lost.faults().stop();
            await().until(() -> client.isConnected() && brokerInUse(client).connectedClients() == 1);
            await().until(() -> fabric.subscriptions().contains(TOPIC));
            assertThat(brokerInUse(client)).isNotEqualTo(lost);

            fabric.publish(TOPIC, Integer.toString(round).getBytes());
            String expected = Integer.toString(round);
            await().until(() -> received.contains(expected));
            lost.faults().restart().get(10, TimeUnit.SECONDS);
        }
        assertThat(received).containsExactly("0", "1", "2", "3", "4", "5");
    }

    @Test
    void clients_at_different_brokers_hear_each_other() throws Exception {
        DxlClient receiver = receiver();
        String taken = receiver.getCurrentBroker().getUniqueId();
        config.getBrokerList().removeIf(broker -> broker.getUniqueId().equals(taken));
        DxlClient sender = clients.connected(config);
        assertThat(brokerInUse(sender)).isNotEqualTo(brokerInUse(receiver));

        Event event = new Event(TOPIC);
        event.setPayload("hello".getBytes());
        sender.sendEvent(event);

        await().untilAsserted(() -> assertThat(received).containsExactly("hello"));
    }

    @Test
    void a_client_that_is_revoked_is_let_in_by_none_of_the_brokers() throws Exception {
        try (Fabric revoking = Fabric.builder().brokers(2).start()) {
            DxlClient client = clients.make(Clients.config(revoking, folder));
            client.setDisconnectedStrategy(null);
            client.connect();

            revoking.revoke(revoking.identity());

            await().until(() -> !client.isConnected());
            assertThatThrownBy(client::connect).isInstanceOf(DxlException.class);
        }
    }

    @Test
    void a_client_that_a_full_broker_refuses_goes_to_another() throws Exception {
        try (Fabric small = Fabric.builder().brokers(2).connectionLimit(1).start()) {
            DxlClient first = clients.connected(Clients.config(small, folder));
            DxlClient second = clients.connected(Clients.config(small, folder));

            assertThat(second.getCurrentBroker().getUniqueId())
                    .isNotEqualTo(first.getCurrentBroker().getUniqueId());
            first.disconnect();
            second.disconnect();
        }
    }
}
