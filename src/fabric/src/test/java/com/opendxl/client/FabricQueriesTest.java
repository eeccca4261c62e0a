package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.exception.WaitTimeoutException;
import io.github.dxlcdi.client.query.BrokerHealth;
import io.github.dxlcdi.client.query.BrokerRecord;
import io.github.dxlcdi.client.query.FabricQueries;
import io.github.dxlcdi.client.query.ServiceRecord;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.FabricBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client is told by a fabric of three bridged brokers, and by one of a single broker. */
class FabricQueriesTest {
    private static final String TYPE = "/queries/service";
    private static final long WAIT_MILLIS = 10_000;

    private static Instant started;
    private static Fabric fabric;
    private static Fabric single;
    private static Clients clients;

    private DxlClient client;
    private FabricQueries queries;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        started = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        fabric = Fabric.builder().brokers(3).webSockets(true).start();
        single = Fabric.builder().connectionLimit(7).start();
        clients = new Clients();
    }

    @AfterAll
    static void stop() {
        clients.close();
        fabric.close();
        single.close();
    }

    @BeforeEach
    void connect() throws Exception {
        client = at(0);
        queries = new FabricQueries(client);
    }

    @AfterEach
    void disconnect() throws Exception {
        clients.disconnectAll();
        await().until(() -> fabric.connectedClients() + single.connectedClients() == 0);
        await().until(() -> fabric.services().isEmpty());
    }

    /** A client of one broker, which does not look for another. */
    private DxlClient at(int broker) throws Exception {
        DxlClientConfig config = Clients.config(fabric, folder);
        config.setBrokers(List.of(Broker.parse(fabric.broker(broker).line())));
        return clients.connected(config);
    }

    private FabricQueries queriesOfSingle() throws Exception {
        return new FabricQueries(clients.connected(Clients.config(single, folder)));
    }

    private static ServiceRegistrationInfo service(DxlClient client, String type) throws Exception {
        ServiceRegistrationInfo info = new ServiceRegistrationInfo(client, type);
        info.addTopic(type + "/first", request -> {});
        info.addTopic(type + "/second", request -> {});
        info.addMetadata("owner", "queries");
        info.setTtl(25);
        client.registerServiceSync(info, WAIT_MILLIS);
        return info;
    }

    private static BrokerRecord record(List<BrokerRecord> all, FabricBroker broker) {
        return all.stream()
                .filter(record -> record.id().equals(broker.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_single_broker_tells_of_itself() throws Exception {
        List<BrokerRecord> brokers = queriesOfSingle().brokers();

        Instant startTime = brokers.get(0).startTime();
        assertThat(brokers)
                .containsExactly(new BrokerRecord(
                        single.brokerId(), "localhost", single.port(), 0, "6.0.1", startTime, 7, false));
        assertThat(startTime).isBetween(started, Instant.now());
    }

    @Test
    void bridged_brokers_are_told_with_their_ports() throws Exception {
        List<BrokerRecord> brokers = queries.brokers();

        assertThat(brokers).hasSize(3).allMatch(BrokerRecord::topicRouting);
        for (FabricBroker broker : fabric.brokers()) {
            assertThat(record(brokers, broker).port()).isEqualTo(broker.port());
            assertThat(record(brokers, broker).webSocketPort()).isEqualTo(broker.webSocketPort());
        }
    }

    @Test
    void a_broker_that_is_down_is_not_among_them() throws Exception {
        fabric.broker(2).faults().stop();
        try {
            await().untilAsserted(() -> assertThat(queries.brokers())
                    .extracting(BrokerRecord::id)
                    .containsExactlyInAnyOrder(
                            fabric.broker(0).id(), fabric.broker(1).id()));
        } finally {
            fabric.broker(2).faults().restart().join();
        }
    }

    @Test
    void a_service_is_told_as_it_was_registered_by_the_brokers_that_have_it_and_that_have_not() throws Exception {
        ServiceRegistrationInfo info = service(client, TYPE);

        ServiceRecord own = queries.service(info.getServiceId()).orElseThrow();
        assertThat(own)
                .isEqualTo(new ServiceRecord(
                        info.getServiceId(),
                        TYPE,
                        List.of(TYPE + "/first", TYPE + "/second"),
                        Map.of("owner", "queries"),
                        Duration.ofMinutes(25),
                        fabric.identity().thumbprint(),
                        own.clientInstanceId(),
                        fabric.broker(0).id(),
                        own.registrationTime(),
                        true));
        assertThat(own.clientInstanceId()).startsWith(own.clientId() + ":");
        assertThat(own.registrationTime()).isBetween(started, Instant.now());
        ServiceRecord elsewhere =
                new FabricQueries(at(1)).service(info.getServiceId()).orElseThrow();
        assertThat(elsewhere.local()).isFalse();
        assertThat(elsewhere.brokerId()).isEqualTo(own.brokerId());
    }

    @Test
    void services_are_told_by_type_by_id_and_all() throws Exception {
        ServiceRegistrationInfo one = service(client, TYPE);
        ServiceRegistrationInfo two = service(at(2), TYPE);
        ServiceRegistrationInfo other = service(client, "/queries/other");

        assertThat(queries.services(TYPE))
                .extracting(ServiceRecord::id)
                .containsExactlyInAnyOrder(one.getServiceId(), two.getServiceId());
        assertThat(queries.services())
                .extracting(ServiceRecord::id)
                .containsExactlyInAnyOrder(one.getServiceId(), two.getServiceId(), other.getServiceId());
        assertThat(queries.service(two.getServiceId())).map(ServiceRecord::id).hasValue(two.getServiceId());
        assertThat(queries.services("/queries/unknown")).isEmpty();
        assertThat(queries.service("{unknown}")).isEmpty();
    }

    @Test
    void subscribers_are_counted_with_wildcards_at_the_broker_that_is_asked() throws Exception {
        client.subscribe("/queries/topic");
        client.subscribe("/queries/#");
        at(1).subscribe("/queries/+");

        assertThat(queries.subscribers("/queries/topic")).isEqualTo(2);
        assertThat(queries.subscribers("/queries/else")).isEqualTo(1);
        assertThat(queries.subscribers("/unknown")).isZero();
    }

    @Test
    void topics_are_subscribed_if_each_is_as_it_is_spelt_at_the_broker_that_is_asked() throws Exception {
        client.subscribe("/queries/one");
        client.subscribe("/queries/#");
        DxlClient elsewhere = at(1);
        elsewhere.subscribe("/queries/elsewhere");

        assertThat(queries.isSubscribed("/queries/one")).isTrue();
        assertThat(queries.isSubscribed("/queries/one", "/queries/#")).isTrue();
        assertThat(queries.isSubscribed("/queries/one", "/queries/two")).isFalse();
        assertThatThrownBy(queries::isSubscribed).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> queries.isSubscribedAt(fabric.broker(1).id()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(queries.isSubscribed("/queries/elsewhere")).isFalse();
        assertThat(queries.isSubscribedAt(fabric.broker(1).id(), "/queries/elsewhere"))
                .isTrue();
        assertThat(queries.isSubscribedAt(fabric.broker(1).id(), "/queries/one"))
                .isFalse();
    }

    @Test
    void health_is_that_of_the_clients_own_broker() throws Exception {
        at(1);
        at(1);
        service(client, TYPE);

        BrokerHealth own = queries.health();

        assertThat(own.connectedClients()).isOne();
        assertThat(own.services()).isOne();
        assertThat(own.startTime()).isBetween(started, Instant.now());
        assertThat(own.incomingMessages()).isPositive();
        assertThat(own.outgoingMessages()).isPositive();
    }

    @Test
    void health_is_told_of_each_broker() throws Exception {
        at(1);
        at(1);

        assertThat(queries.health(fabric.broker(0).id()).connectedClients()).isOne();
        assertThat(queries.health(fabric.broker(1).id()).connectedClients()).isEqualTo(2);
        assertThat(queries.health(fabric.broker(2).id()).connectedClients()).isZero();
    }

    @Test
    void a_broker_that_is_not_there_is_silent() {
        FabricQueries impatient = new FabricQueries(client, Duration.ofMillis(200));

        assertThatThrownBy(() -> impatient.health("unknown")).isInstanceOf(WaitTimeoutException.class);
    }

    @Test
    void a_client_that_is_not_connected_asks_nobody() throws Exception {
        client.disconnect();

        assertThatThrownBy(queries::brokers).hasMessageContaining("Not connected");
    }
}
