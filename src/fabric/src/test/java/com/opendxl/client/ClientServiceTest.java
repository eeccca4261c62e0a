package com.opendxl.client;

import static com.opendxl.client.RegistryOfServices.json;
import static com.opendxl.client.Responder.request;
import static com.opendxl.client.Responder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.RegistryOfServices.Answer;
import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import com.opendxl.client.message.Request;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Services that a client offers, at a broker whose registry is another client. */
@ExtendWith(SharedFabric.class)
class ClientServiceTest {
    private static final String TYPE = "/test/service";
    private static final String TOPIC = "/test/service/echo";
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.withoutServices();

    private RegistryOfServices registry;
    private DxlClient client;
    private DxlClient asker;
    private ServiceRegistrationInfo info;

    @TempDir
    private Path folder;

    @BeforeEach
    void connectAll() throws Exception {
        registry = new RegistryOfServices(CLIENTS.connected(config()));
        client = CLIENTS.connected(config());
        asker = CLIENTS.connected(config());
        info = new ServiceRegistrationInfo(client, TYPE);
        info.addTopic(TOPIC, echo());
    }

    @Test
    void a_service_that_is_registered_gets_requests() throws Exception {
        client.registerServiceSync(info, 5_000);

        assertThat(text(asker.syncRequest(request(TOPIC, "ping"), 5_000))).isEqualTo("ping");
        assertThat(client.getSubscriptions()).containsExactly(TOPIC);
    }

    @Test
    void the_broker_is_told_what_there_is_to_know() throws Exception {
        info.addTopic("/test/service/other/#", echo());
        info.addMetadata("eventToRequestTopic", "/test/event");
        info.addMetadata("eventToRequestPrefix", "/prefix");
        info.setTtl(25);
        info.setDestTenantGuids(Set.of("{tenant}"));

        client.registerServiceSync(info, 5_000);

        assertThat(json(registry.registered.get(0)))
                .isEqualTo(Map.of(
                        "serviceType",
                        TYPE,
                        "serviceGuid",
                        info.getServiceId(),
                        "requestChannels",
                        List.of(TOPIC, "/test/service/other/#"),
                        "metaData",
                        Map.of("eventToRequestTopic", "/test/event", "eventToRequestPrefix", "/prefix"),
                        "ttlMins",
                        25));
        assertThat(registry.registered.get(0).getDestTenantGuids()).containsExactly("{tenant}");
    }

    @Test
    void a_service_without_topics_and_metadata_leaves_them_out() throws Exception {
        client.registerServiceSync(new ServiceRegistrationInfo(client, TYPE), 5_000);

        assertThat(json(registry.registered.get(0)).keySet())
                .containsExactlyInAnyOrder("serviceType", "serviceGuid", "ttlMins");
    }

    @Test
    void lifetime_and_tenants_count_as_they_were_at_first() throws Exception {
        client.registerServiceSync(info, 5_000);
        info.setTtl(99);
        info.setDestTenantGuids(Set.of("{tenant}"));

        client.registerServiceSync(info, 5_000);

        assertThat(json(registry.registered.get(1))).containsEntry("ttlMins", 60);
        assertThat(registry.registered.get(1).getDestTenantGuids()).isEmpty();
    }

    @Test
    void a_service_may_be_registered_from_a_callback_but_not_waited_for_there() throws Exception {
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        client.addEventCallback("/go", event -> {
            try {
                client.registerServiceAsync(info);
                client.registerServiceSync(info, 5_000);
                refused.complete(null);
            } catch (DxlException e) {
                refused.complete(e);
            }
        });

        FABRIC.publish("/go", new byte[0]);

        assertThat(refused.get(5, TimeUnit.SECONDS))
                .hasMessageContaining("registerServiceSync must be called on a different thread");
        info.waitForRegistration(5_000);
        assertThat(text(asker.syncRequest(request(TOPIC, "ping"), 5_000))).isEqualTo("ping");
    }

    @Test
    void a_registration_that_is_refused_is_tried_again_soon() throws Exception {
        registry.answer = Answer.NO;
        client.registerServiceAsync(info);
        await().until(() -> registry.registered.size() >= 3);
        assertThatThrownBy(() -> info.waitForRegistration(50))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContaining("has not confirmed within 50 ms that service /test/service is registered")
                .hasMessageContaining("the broker refused: service limit exceeded (0x80000011)");

        registry.answer = Answer.YES;

        info.waitForRegistration(5_000);
    }

    @Test
    void a_sync_registration_without_an_answer_ends_in_time_and_stays() throws Exception {
        registry.answer = Answer.SILENCE;

        assertThatThrownBy(() -> client.registerServiceSync(info, 200)).isInstanceOf(WaitTimeoutException.class);

        assertThat(client.getActiveServices()).hasSize(1);
        assertThat(text(asker.syncRequest(request(TOPIC, "ping"), 5_000))).isEqualTo("ping");
    }

    @Test
    void registering_again_tells_what_has_changed() throws Exception {
        RequestCallback callback = echo();
        info.addTopic("/test/dropped", callback);
        client.registerServiceSync(info, 5_000);

        info.removeTopic("/test/dropped", callback);
        info.addTopic("/test/added", callback);
        client.registerServiceSync(info, 5_000);

        assertThat(json(registry.registered.get(1))).containsEntry("requestChannels", List.of(TOPIC, "/test/added"));
        assertThat(client.getSubscriptions()).containsExactlyInAnyOrder(TOPIC, "/test/added");
        await().until(() -> !SharedFabric.topics(FABRIC).contains("/test/dropped"));
        assertThat(text(asker.syncRequest(request("/test/added", "new"), 5_000)))
                .isEqualTo("new");
        assertThat(client.getActiveServices()).hasSize(1);
    }

    @Test
    void an_unregistered_service_leaves_neither_callback_nor_subscription() throws Exception {
        List<Request> asked = new CopyOnWriteArrayList<>();
        info.addTopic("/test/#", asked::add);
        client.registerServiceSync(info, 5_000);

        client.unregisterServiceSync(info, 5_000);

        assertThat(json(registry.unregistered.get(0))).isEqualTo(Map.of("serviceGuid", info.getServiceId()));
        info.waitForUnregistration(0);
        assertThat(client.getActiveServices()).isEmpty();
        assertThat(client.getSubscriptions()).isEmpty();
        await().until(() -> !SharedFabric.topics(FABRIC).contains(TOPIC)
                && !SharedFabric.topics(FABRIC).contains("/test/#"));
        client.subscribe(TOPIC);
        asker.asyncRequest(request(TOPIC, ""));
        await().during(Duration.ofMillis(200)).until(asked::isEmpty);
        client.unregisterServiceSync(info, 5_000);
        assertThat(registry.unregistered).hasSize(1);
    }

    @Test
    void unregistering_what_was_never_registered_returns_at_once() throws Exception {
        client.unregisterServiceSync(info, 60_000);
        client.unregisterServiceAsync(info);
        client.unregisterServiceAsync("{unknown}");

        registry.answer = Answer.SILENCE;
        registry.answerToTheEnd = Answer.SILENCE;
        client.registerServiceAsync(info);
        await().until(() -> registry.registered.size() == 1);
        long began = System.nanoTime();
        client.unregisterServiceSync(info, 60_000);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        await().until(() -> registry.unregistered.size() == 1);
    }

    @Test
    void unregistering_ends_in_time_without_an_answer() throws Exception {
        client.registerServiceSync(info, 5_000);
        registry.answerToTheEnd = Answer.SILENCE;

        assertThatThrownBy(() -> client.unregisterServiceSync(info, 200))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContaining("has not confirmed within 200 ms that service /test/service is unregistered");
        assertThat(client.getActiveServices()).isEmpty();
    }

    @Test
    void unregistering_ends_the_wait_for_the_registration() throws Exception {
        registry.answer = Answer.SILENCE;
        CompletableFuture<Void> registering = Clients.inBackground(() -> {
            client.registerServiceSync(info, 60_000);
            return null;
        });
        await().until(() -> registry.registered.size() == 1);

        client.unregisterServiceAsync(info.getServiceId());

        assertThatThrownBy(() -> registering.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DxlException.class)
                .hasMessageContaining("it was unregistered");
    }

    @Test
    void a_topic_stays_subscribed_as_long_as_somebody_needs_it() throws Exception {
        ServiceRegistrationInfo other = new ServiceRegistrationInfo(client, TYPE);
        other.addTopic(TOPIC, echo());
        other.addTopic("/test/watched", echo());
        other.addTopic("/test/mine", echo());
        client.addEventCallback("/test/watched", event -> {});
        client.subscribe("/test/mine");
        client.registerServiceSync(info, 5_000);
        client.registerServiceSync(other, 5_000);

        client.unregisterServiceSync(other, 5_000);

        assertThat(client.getSubscriptions()).containsExactlyInAnyOrder(TOPIC, "/test/watched", "/test/mine");
    }

    @Test
    void a_removed_event_callback_leaves_the_topic_to_the_service() throws Exception {
        var watcher = new com.opendxl.client.callback.EventCallback() {
            @Override
            public void onEvent(com.opendxl.client.message.Event event) {}
        };
        client.addEventCallback(TOPIC, watcher);
        client.registerServiceSync(info, 5_000);

        client.removeEventCallback(TOPIC, watcher);
        assertThat(text(asker.syncRequest(request(TOPIC, "ping"), 5_000))).isEqualTo("ping");

        client.unregisterServiceSync(info, 5_000);
        await().until(() -> client.getSubscriptions().isEmpty());
    }

    @Test
    void active_services_are_told() throws Exception {
        info.addMetadata("k", "v");
        long before = System.currentTimeMillis();
        client.registerServiceSync(info, 5_000);

        Map<String, Object> facts = client.getActiveServices().get(0);

        assertThat(facts)
                .containsEntry("type", TYPE)
                .containsEntry("guid", info.getServiceId())
                .containsEntry("topics", Set.of(TOPIC))
                .containsEntry("metadata", Map.of("k", "v"))
                .containsEntry("ttl", 60L)
                .containsOnlyKeys("type", "guid", "topics", "metadata", "ttl", "registration");
        assertThat((Long) facts.get("registration")).isBetween(before, System.currentTimeMillis());
    }

    private RequestCallback echo() {
        return new Responder(client)::echo;
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }
}
