package com.opendxl.client;

import static com.opendxl.client.RegistryOfServices.json;
import static com.opendxl.client.Responder.request;
import static com.opendxl.client.Responder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.RegistryOfServices.Answer;
import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Services over the life of a connection: before it, after it, when it is lost, and when their lifetime is over. */
@ExtendWith(SharedFabric.class)
class ClientServiceReconnectTest {
    private static final String TOPIC = "/test/service/echo";
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.withoutServices();

    private RegistryOfServices registry;
    private DxlClient client;
    private DxlClient asker;

    @TempDir
    private Path folder;

    @BeforeEach
    void connectTheOthers() throws Exception {
        registry = new RegistryOfServices(CLIENTS.connected(config()));
        DxlClientConfig config = config();
        // The registry is a client, and has to be there again before.
        config.setReconnectDelay(500);
        config.setReconnectDelayMax(500);
        client = CLIENTS.make(config);
        asker = CLIENTS.connected(config());
    }

    @Test
    void a_service_registered_before_the_connect_is_registered_on_it() throws Exception {
        ServiceRegistrationInfo info = service();
        client.registerServiceAsync(info);
        assertThat(client.getSubscriptions()).containsExactly(TOPIC);

        client.connect();

        info.waitForRegistration(5_000);
        assertThat(text(asker.syncRequest(request(TOPIC, "ping"), 5_000))).isEqualTo("ping");
    }

    @Test
    void not_connected_a_sync_registration_fails_at_once_and_registers_nothing() throws Exception {
        ServiceRegistrationInfo info = service();

        assertThatThrownBy(() -> client.registerServiceSync(info, 60_000))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("Not connected");

        assertThat(client.getActiveServices()).isEmpty();
        client.connect();
        client.disconnect();
        assertThatThrownBy(() -> client.registerServiceSync(info, 60_000)).hasMessageContaining("Not connected");
    }

    @Test
    void a_service_unregistered_before_the_connect_leaves_nothing() throws Exception {
        ServiceRegistrationInfo info = service();
        client.registerServiceAsync(info);
        client.unregisterServiceSync(info, 60_000);
        assertThat(client.getSubscriptions()).isEmpty();

        client.connect();

        await().during(Duration.ofMillis(300)).until(registry.order::isEmpty);
        assertThat(client.getSubscriptions()).isEmpty();
    }

    @Test
    void a_service_that_never_sees_a_broker_ends_with_its_client() throws Exception {
        DxlClient never = new DxlClient(config());
        ServiceRegistrationInfo info = new ServiceRegistrationInfo(never, "/never");
        never.registerServiceAsync(info);
        CompletableFuture<Void> waiting = Clients.inBackground(() -> {
            info.waitForRegistration(60_000);
            return null;
        });

        never.close();

        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).hasMessageContaining("the client is closed");
        assertThatThrownBy(() -> never.registerServiceAsync(info)).hasMessage("The client is closed");
        assertThatThrownBy(() -> never.syncRequest(request(TOPIC, ""))).hasMessage("The client is closed");
    }

    @Test
    void after_a_lost_connection_it_is_registered_again() throws Exception {
        ServiceRegistrationInfo info = service();
        client.connect();
        client.registerServiceSync(info, 5_000);

        FABRIC.faults().cut();

        await().until(() -> registry.registered.size() >= 2 && client.isConnected() && asker.isConnected());
        assertThat(registry.unregistered).isEmpty();
        assertThat(json(registry.registered.get(1)).get("serviceGuid")).isEqualTo(info.getServiceId());
        assertThat(text(asker.syncRequest(request(TOPIC, "ping"), 5_000))).isEqualTo("ping");
    }

    @Test
    void a_registration_under_way_holds_up_neither_the_reconnect_nor_ready() throws Exception {
        Outages outages = new Outages();
        client.fabricConnection().listen(outages);
        client.connect();
        registry.answer = Answer.SILENCE;
        client.registerServiceAsync(service());
        await().until(() -> registry.registered.size() == 1);

        FABRIC.faults().cut();

        await().atMost(Duration.ofSeconds(5)).until(() -> outages.ready.size() == 2);
        await().until(() -> registry.registered.size() >= 2);
    }

    @Test
    void leaving_unregisters_and_coming_back_registers_again() throws Exception {
        ServiceRegistrationInfo info = service();
        client.connect();
        client.registerServiceSync(info, 5_000);

        client.reconnect();

        await().until(() -> registry.registered.size() == 2);
        assertThat(registry.order).containsExactly("REGISTER", "UNREGISTER", "REGISTER");
        client.disconnect();
        await().until(() -> registry.unregistered.size() == 2);
        assertThat(client.getActiveServices()).hasSize(1);
    }

    @Test
    void leaving_with_many_services_and_a_broker_that_does_not_answer_takes_no_longer_than_a_moment() throws Exception {
        client.connect();
        for (int i = 0; i < 20; i++) {
            client.registerServiceSync(service(), 5_000);
        }
        registry.answerToTheEnd = Answer.SILENCE;

        long began = System.nanoTime();
        client.disconnect();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1_500));
        await().until(() -> registry.unregistered.size() == 20);
    }

    @Test
    void closing_unregisters_all_and_ends_within_two_seconds() throws Exception {
        DxlClient closed = new DxlClient(config());
        closed.connect();
        for (int i = 0; i < 5; i++) {
            ServiceRegistrationInfo info = new ServiceRegistrationInfo(closed, "/test/closed");
            closed.registerServiceSync(info, 5_000);
        }
        registry.answerToTheEnd = Answer.SILENCE;

        long began = System.nanoTime();
        closed.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        await().until(() -> registry.unregistered.size() == 5);
    }

    @Test
    void with_the_connection_lost_neither_disconnect_nor_close_waits_for_services() throws Exception {
        ScriptedBroker broker = new ScriptedBroker();
        DxlClientConfig config = broker.config();
        config.setReconnectDelay(60_000);
        config.setReconnectDelayMax(60_000);
        DxlClient alone = new DxlClient(config);
        ServiceRegistrationInfo info = new ServiceRegistrationInfo(alone, "/alone");
        alone.registerServiceAsync(info);
        alone.connect();
        broker.close();
        await().until(() -> !alone.isConnected());

        long began = System.nanoTime();
        alone.disconnect();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        alone.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void one_unregistered_without_a_broker_is_taken_back_on_the_next_connect() throws Exception {
        ServiceRegistrationInfo info = service();
        ServiceRegistrationInfo other = service();
        client.setDisconnectedStrategy(null);
        client.connect();
        client.registerServiceSync(info, 5_000);
        client.registerServiceSync(other, 5_000);
        FABRIC.faults().cut();
        await().until(() -> !client.isConnected());

        client.unregisterServiceAsync(info);
        assertThatThrownBy(() -> client.unregisterServiceSync(other, 60_000))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("the service is unregistered on the next connect");
        assertThat(client.getSubscriptions()).isEmpty();
        await().until(() -> asker.isConnected() && SharedFabric.topics(FABRIC).size() == 2);
        client.connect();

        await().until(() -> registry.unregistered.size() == 2);
        await().during(Duration.ofMillis(200)).until(() -> registry.registered.size() == 2);
        client.reconnect();
        await().during(Duration.ofMillis(200)).until(() -> registry.unregistered.size() == 2);
    }

    @Test
    void one_that_is_offered_again_before_the_next_connect_stays_registered() throws Exception {
        ServiceRegistrationInfo info = service();
        client.setDisconnectedStrategy(null);
        client.connect();
        client.registerServiceSync(info, 5_000);
        FABRIC.faults().cut();
        await().until(() -> !client.isConnected());
        client.unregisterServiceAsync(info);
        client.registerServiceAsync(info);
        await().until(() -> asker.isConnected() && SharedFabric.topics(FABRIC).size() == 2);

        client.connect();

        info.waitForRegistration(5_000);
        await().during(Duration.ofMillis(300)).until(() -> registry.unregistered.isEmpty());
    }

    @Test
    void one_that_is_offered_and_unregistered_again_before_the_next_connect_is_taken_back_on_it() throws Exception {
        ServiceRegistrationInfo info = service();
        client.setDisconnectedStrategy(null);
        client.connect();
        client.registerServiceSync(info, 5_000);
        FABRIC.faults().cut();
        await().until(() -> !client.isConnected());
        client.unregisterServiceAsync(info);
        client.registerServiceAsync(info);
        // Waits for the event loop, which has seen the service again by then.
        client.unsubscribe("/test/none");
        client.unregisterServiceAsync(info);
        await().until(() -> asker.isConnected() && SharedFabric.topics(FABRIC).size() == 2);

        client.connect();

        await().until(() -> registry.unregistered.size() == 1);
        assertThat(registry.order).containsExactly("REGISTER", "UNREGISTER");
    }

    @Test
    void one_that_is_offered_while_the_client_leaves_is_registered_on_the_next_connect() throws Exception {
        client.connect();
        client.registerServiceSync(service(), 5_000);
        registry.answerToTheEnd = Answer.SILENCE;
        CompletableFuture<Void> leaving = Clients.inBackground(() -> {
            client.disconnect();
            return null;
        });
        await().pollInterval(Duration.ofMillis(5)).until(() -> registry.unregistered.size() == 1);

        ServiceRegistrationInfo late = service();
        client.registerServiceAsync(late);

        leaving.get(5, TimeUnit.SECONDS);
        assertThat(registry.order).containsExactly("REGISTER", "UNREGISTER");
        client.connect();
        late.waitForRegistration(5_000);
    }

    @Test
    void one_that_is_offered_again_before_the_first_connect_can_be_waited_for() throws Exception {
        ServiceRegistrationInfo info = service();
        client.registerServiceAsync(info);
        client.unregisterServiceAsync(info);
        client.registerServiceAsync(info);

        client.connect();

        info.waitForRegistration(5_000);
    }

    @Test
    void a_registration_is_renewed_whenever_its_lifetime_is_over() throws Exception {
        ServiceRegistrationInfo info;
        try (var resolution = PropertySet.set("dxlClient.service.ttlResolution", "sec");
                var limit = PropertySet.set("dxlClient.service.ttlLowerLimit", "1")) {
            info = service();
        }
        info.setTtl(1);
        client.connect();
        client.registerServiceSync(info, 5_000);
        long began = System.nanoTime();

        await().until(() -> registry.registered.size() == 3);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(1_800), Duration.ofSeconds(4));
        assertThat(json(registry.registered.get(2))).containsEntry("ttlMins", 1);
        client.unregisterServiceSync(info, 5_000);
        int count = registry.registered.size();
        await().during(Duration.ofMillis(1_300)).until(() -> registry.registered.size() == count);
    }

    @Test
    void services_need_no_threads() throws Exception {
        client.connect();
        client.registerServiceSync(service(), 5_000);
        int before = ownThreads();

        for (int i = 0; i < 10; i++) {
            client.registerServiceSync(service(), 5_000);
        }

        assertThat(ownThreads()).isEqualTo(before);
    }

    private int ownThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(client.getUniqueId()))
                .count();
    }

    private ServiceRegistrationInfo service() {
        ServiceRegistrationInfo info = new ServiceRegistrationInfo(client, "/test/service");
        info.addTopic(TOPIC, new Responder(client)::echo);
        return info;
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }
}
