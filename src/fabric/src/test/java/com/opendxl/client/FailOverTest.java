package com.opendxl.client;

import static com.opendxl.client.Responder.request;
import static com.opendxl.client.Responder.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.FabricBroker;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client with a service, an observed topic and requests that wait, at one of three bridged brokers. At each of them a
 * client keeps sending it events and requests. The broker that it is connected to is killed again and again.
 */
class FailOverTest {
    private static final int ROUNDS = 20;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String TOPIC = "/failover/event";
    private static final String SERVICE = "/failover/service";

    private final Map<String, Integer> lastNumber = new ConcurrentHashMap<>();
    private final List<String> misplaced = new CopyOnWriteArrayList<>();
    private final AtomicInteger events = new AtomicInteger();
    private final List<DxlClient> askers = new ArrayList<>();
    private final List<Traffic> traffic = new ArrayList<>();
    private final Clients clients = new Clients();

    private Fabric fabric;
    private DxlClient client;
    private ServiceRegistrationInfo service;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        fabric = Fabric.builder().brokers(3).start();
        DxlClientConfig config = Clients.config(fabric, folder);
        // One thread: the events come in their order.
        config.setIncomingMessageThreadPoolSize(1);
        client = clients.connected(config);
        client.addEventCallback(TOPIC, this::note);
        service = new ServiceRegistrationInfo(client, "/failover");
        service.addTopic(SERVICE, new Responder(client)::echo);
        client.registerServiceSync(service, SOON.toMillis());
        for (FabricBroker broker : fabric.brokers()) {
            DxlClient asker = clients.connected(onlyAt(broker));
            askers.add(asker);
            traffic.add(new Traffic(broker.id(), asker, TOPIC, SERVICE));
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Traffic each : traffic) {
            each.close();
        }
        clients.close();
        fabric.close();
    }

    @Test
    void whenever_its_broker_is_killed_a_client_is_soon_whole_again_at_another() throws Exception {
        List<Unanswered> unanswered = new ArrayList<>();
        int threads = threadsOf(client);
        for (int round = 0; round < ROUNDS; round++) {
            FabricBroker lost = Clients.brokerInUse(fabric, client);
            Unanswered pending = Unanswered.ask(client);
            unanswered.add(pending);

            lost.faults().stop();

            pending.assertFailed(SOON);
            soon().until(() -> client.isConnected());
            FabricBroker now = Clients.brokerInUse(fabric, client);
            assertThat(now).isNotEqualTo(lost);
            assertServes(now, lost);
            lost.faults().restart().get(10, TimeUnit.SECONDS);
            assertServes(now, null);
        }

        for (Traffic each : traffic) {
            each.close();
        }
        await().untilAsserted(() -> assertThat(traffic).allMatch(Traffic::isDecided));
        assertThat(traffic).flatExtracting(each -> each.faults).isEmpty();
        assertThat(misplaced).as("events that came twice or too late").isEmpty();
        assertThat(unanswered).allMatch(Unanswered::isToldOnce);
        await().untilAsserted(() -> assertThat(threadsOf(client)).isEqualTo(threads));
        assertThat(client.getAsyncCallbackCount()).isZero();
        assertThat(askers).allMatch(asker -> asker.getAsyncCallbackCount() == 0);
    }

    /** With {@code lost} down, or all brokers up. */
    private void assertServes(FabricBroker now, FabricBroker lost) {
        soon().untilAsserted(() -> {
            assertThat(now.subscriptions()).contains(TOPIC, SERVICE, Unanswered.TOPIC);
            for (FabricBroker broker : fabric.brokers()) {
                if (broker != lost) {
                    assertThat(broker.services())
                            .singleElement()
                            .returns(service.getServiceId(), ServiceRegistration::serviceGuid)
                            .returns(now.id(), ServiceRegistration::brokerGuid);
                }
            }
        });
        for (int i = 0; i < askers.size(); i++) {
            if (fabric.broker(i) != lost) {
                assertHears(askers.get(i), traffic.get(i));
            }
        }
    }

    /** Events of {@code asker} arrive, and each of its requests is answered from now on. */
    private void assertHears(DxlClient asker, Traffic itsTraffic) {
        soon().until(asker::isConnected);
        assertAnswered(asker);
        int eventsBefore = events.get();
        int answersBefore = itsTraffic.answered();
        soon().until(() -> events.get() > eventsBefore && itsTraffic.answered() > answersBefore);
    }

    private static void assertAnswered(DxlClient asker) {
        try {
            assertThat(text(asker.syncRequest(request(SERVICE, "there?"), SOON.toMillis())))
                    .isEqualTo("there?");
        } catch (DxlException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void killed_brokers_leave_no_thread_behind() throws Exception {
        for (int round = 0; round < 3; round++) {
            Unanswered.ask(client);
            Clients.brokerInUse(fabric, client).faults().restart().get(10, TimeUnit.SECONDS);
            await().until(() -> client.isConnected());
        }
        String id = client.getUniqueId();

        client.close();

        // Sooner than idle threads end by themselves.
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(namesOfThreads()).noneMatch(name -> name.contains(id)));
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(SOON);
    }

    private void note(Event event) {
        String[] words = new String(event.getPayload(), UTF_8).split(" ");
        int number = Integer.parseInt(words[1]);
        Integer last = lastNumber.put(words[0], number);
        if (last != null && last >= number) {
            misplaced.add(number + " after " + last);
        }
        events.incrementAndGet();
    }

    private DxlClientConfig onlyAt(FabricBroker broker) throws DxlException {
        DxlClientConfig config = Clients.config(fabric, folder);
        config.getBrokerList().removeIf(each -> each.getPort() != broker.port());
        return config;
    }

    private static int threadsOf(DxlClient client) {
        return (int) namesOfThreads().stream()
                .filter(name -> name.contains(client.getUniqueId()))
                .count();
    }

    private static Set<String> namesOfThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }
}
