package com.opendxl.client;

import static com.opendxl.client.RegistryOfServices.json;
import static com.opendxl.client.Responder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Requests and registrations while the connection comes and goes: each ends once, and nothing hangs or is left over. */
@ExtendWith(SharedFabric.class)
class ClientRequestRacesTest {
    private static final String TOPIC = "/service/echo";
    private static final int ASKERS = 3;
    private static final int ROUNDS = 15;
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.withoutServices();

    private final AtomicBoolean over = new AtomicBoolean();

    @TempDir
    private Path folder;

    /** What became of one request. */
    private record Fate(AtomicInteger told, AtomicBoolean thrown) {
        boolean isDecided() {
            return told.get() == (thrown.get() ? 0 : 1);
        }
    }

    @Test
    void each_request_ends_once_whatever_becomes_of_the_connection() throws Exception {
        new Responder(CLIENTS.connected(config())).echo(TOPIC);
        DxlClient client = CLIENTS.connected(config());
        Queue<Fate> fates = new ConcurrentLinkedQueue<>();
        Queue<CompletableFuture<Response>> futures = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> asking = new ArrayList<>();
        for (int i = 0; i < ASKERS; i++) {
            asking.add(repeat(() -> {
                Fate fate = askWithCallback(client);
                fates.add(fate);
                // One after the other: nothing else would hold this back.
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> fate.thrown().get() || fate.told().get() > 0);
                awaitConnected(client);
            }));
            asking.add(repeat(() -> {
                askAndWait(client);
                awaitConnected(client);
            }));
            asking.add(repeat(() -> {
                futures.add(ask(client));
                awaitConnected(client);
            }));
        }

        for (int round = 0; round < ROUNDS; round++) {
            client.reconnect();
            client.syncRequest(request(TOPIC, ""), 10_000);
        }
        over.set(true);
        for (CompletableFuture<Void> each : asking) {
            each.get(10, TimeUnit.SECONDS);
        }

        await().until(() -> futures.stream().allMatch(CompletableFuture::isDone));
        await().until(() -> fates.stream().allMatch(Fate::isDecided));
        assertThat(client.getAsyncCallbackCount()).isZero();
        assertThat(fates)
                .as("some came to nothing")
                .anyMatch(fate -> fate.thrown().get());
        assertThat(fates).as("and some did not").anyMatch(fate -> fate.told().get() == 1);
        await().during(Duration.ofMillis(200)).until(() -> fates.stream().allMatch(Fate::isDecided));
    }

    @Test
    void closing_ends_each_request_once() throws Exception {
        new Responder(CLIENTS.connected(config())).onRequest(TOPIC, request -> {});
        for (int round = 0; round < 5; round++) {
            over.set(false);
            DxlClient client = new DxlClient(config());
            client.connect();
            Queue<Fate> fates = new ConcurrentLinkedQueue<>();
            List<CompletableFuture<Void>> asking = new ArrayList<>();
            for (int i = 0; i < ASKERS; i++) {
                asking.add(repeat(() -> fates.add(askWithCallback(client))));
            }
            await().until(() -> fates.size() > 20);

            client.close();
            over.set(true);
            for (CompletableFuture<Void> each : asking) {
                each.get(10, TimeUnit.SECONDS);
            }

            assertThat(fates).allMatch(Fate::isDecided);
        }
    }

    @Test
    void in_the_end_the_broker_knows_the_services_that_there_are_and_no_others() throws Exception {
        RegistryOfServices registry = new RegistryOfServices(CLIENTS.connected(config()));
        DxlClient client = CLIENTS.connected(config());
        Set<String> wanted = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> changing = new ArrayList<>();
        for (int i = 0; i < ASKERS; i++) {
            String topic = "/service/" + i;
            changing.add(repeat(() -> {
                ServiceRegistrationInfo info = new ServiceRegistrationInfo(client, "/type");
                info.addTopic(topic, request -> {});
                client.registerServiceAsync(info);
                waitAtTheMost(info, ThreadLocalRandom.current().nextInt(20));
                if (ThreadLocalRandom.current().nextInt(25) > 0) {
                    client.unregisterServiceAsync(info);
                } else {
                    wanted.add(info.getServiceId());
                }
            }));
        }

        for (int round = 0; round < ROUNDS; round++) {
            client.disconnect();
            client.connect();
        }
        over.set(true);
        for (CompletableFuture<Void> each : changing) {
            each.get(10, TimeUnit.SECONDS);
        }
        client.reconnect();

        await().during(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(known(registry)).isEqualTo(wanted));
        assertThat(client.getActiveServices()).hasSize(wanted.size());
        assertThat(client.getSubscriptions()).hasSizeLessThanOrEqualTo(ASKERS);
    }

    private static void waitAtTheMost(ServiceRegistrationInfo info, int millis) throws DxlException {
        try {
            info.waitForRegistration(millis);
        } catch (WaitTimeoutException e) {
            // Then it is unregistered before it is registered.
        }
    }

    /** The services whose last message is a registration. */
    private static Set<String> known(RegistryOfServices registry) {
        Map<String, Boolean> last = new HashMap<>();
        for (Request each : registry.all) {
            boolean registers = each.getDestinationTopic().equals(RegistryOfServices.REGISTER);
            last.put((String) json(each).get("serviceGuid"), registers);
        }
        Set<String> known = new HashSet<>(last.keySet());
        known.removeIf(id -> !last.get(id));
        return known;
    }

    private static Fate askWithCallback(DxlClient client) {
        Fate fate = new Fate(new AtomicInteger(), new AtomicBoolean());
        try {
            client.asyncRequest(request(TOPIC, ""), response -> fate.told().incrementAndGet());
        } catch (DxlException e) {
            fate.thrown().set(true);
        }
        return fate;
    }

    private static void askAndWait(DxlClient client) {
        try {
            client.syncRequest(request(TOPIC, ""));
        } catch (DxlException e) {
            // Not connected, or not any more.
        }
    }

    private void awaitConnected(DxlClient client) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> client.isConnected() || over.get());
    }

    private static CompletableFuture<Response> ask(DxlClient client) {
        CompletableFuture<Response> answer = client.requestAsync(request(TOPIC, ""));
        answer.handle((response, failure) -> null).join();
        return answer;
    }

    private interface Act {
        void run() throws Exception;
    }

    private CompletableFuture<Void> repeat(Act act) {
        return Clients.inBackground(() -> {
            while (!over.get()) {
                act.run();
            }
            return null;
        });
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }
}
