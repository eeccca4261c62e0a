package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a broker tells about itself and its clients when it is asked, as JSON objects. Runs on the event loop. */
final class BrokerQueries {
    /** That of the broker whose rules this one follows. */
    private static final String VERSION = "6.0.1";

    private static final int TTL_MINS = 60;
    private static final int NO_PORT = 0;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Router router;
    private final String brokerId;
    private final Instant started;
    private int port;
    private int webSocketPort = NO_PORT;

    BrokerQueries(Router router, String brokerId, Instant started) {
        this.router = router;
        this.brokerId = brokerId;
        this.started = started;
    }

    /** The ports that it listens on; 0 for none. */
    void listensOn(int port, int webSocketPort) {
        this.port = port;
        this.webSocketPort = webSocketPort;
    }

    Map<String, Object> brokers(Map<String, Object> question) {
        Optional<String> guid = Payload.nonEmptyText(question, "brokerGuid");
        Map<String, Object> brokers = new LinkedHashMap<>();
        Stream.concat(Stream.of(router), router.beyond().stream())
                .filter(broker -> guid.map(broker.brokerId()::equals).orElse(true))
                .forEach(broker ->
                        brokers.put(broker.brokerId(), broker.queries().broker()));
        return Map.of("brokers", brokers);
    }

    /** All services, or those of an id or of a type. */
    Map<String, Object> services(Map<String, Object> question) {
        Optional<String> guid = Payload.nonEmptyText(question, "serviceGuid");
        Optional<String> type = Payload.nonEmptyText(question, "serviceType");
        Map<String, Object> services = new LinkedHashMap<>();
        for (ServiceRegistration service : router.services().all()) {
            if (guid.map(service.serviceGuid()::equals).orElse(true)
                    && type.map(service.serviceType()::equals).orElse(true)) {
                services.put(service.serviceGuid(), service(service));
            }
        }
        return Map.of("services", services);
    }

    /** How many topics and filters are subscribed, those of answers left out, and whether all those asked for are. */
    Map<String, Object> topics(Map<String, Object> question) {
        String guid = Payload.nonEmptyText(question, "brokerGuid").orElse(brokerId);
        Optional<Set<String>> subscribed = Stream.concat(Stream.of(router), router.beyond().stream())
                .filter(broker -> broker.brokerId().equals(guid))
                .findFirst()
                .map(broker -> broker.subscriptions().filters());
        Collection<?> asked = question.get("topics") instanceof Collection<?> topics ? topics : List.of();
        long count = subscribed.stream()
                .flatMap(Set::stream)
                .filter(filter -> !filter.startsWith(Router.REPLIES))
                .count();
        boolean exists =
                subscribed.filter(filters -> filters.containsAll(asked)).isPresent();
        return Map.of("count", count, "exists", exists);
    }

    /** How many copies a message to the topic would be delivered in. */
    Optional<Map<String, Object>> subscriptions(Map<String, Object> question) {
        return Payload.nonEmptyText(question, "topic").map(topic -> {
            int[] count = {0};
            router.subscriptions().forEach(topic, connection -> count[0]++);
            return Map.of("count", count[0]);
        });
    }

    Map<String, Object> health() {
        long own = router.services().all().stream().filter(this::isLocal).count();
        return Map.of(
                "connectedClients",
                router.connections().size(),
                "incomingMessages",
                perSecond(router.incoming()),
                "outgoingMessages",
                perSecond(router.outgoing()),
                "localServiceCounter",
                own,
                "startTime",
                started.getEpochSecond());
    }

    private double perSecond(long messages) {
        return messages / Math.max(1.0, Duration.between(started, Instant.now()).toMillis() / MILLIS_PER_SECOND);
    }

    /** Whether the client is connected here, by either of its ids. */
    boolean hasClient(Map<String, Object> question) {
        Optional<String> client = Payload.text(question, "clientGuid");
        return client.isPresent()
                && router.connections().stream()
                        .anyMatch(connection -> connection.sender().isAmong(Set.of(client.get())));
    }

    private boolean isLocal(ServiceRegistration service) {
        return service.brokerGuid().equals(brokerId);
    }

    private Map<String, Object> service(ServiceRegistration service) {
        Map<String, Object> json = service.toJson();
        json.put("local", isLocal(service));
        json.put(
                "unauthorizedChannels",
                service.requestChannels().stream()
                        .filter(channel -> !router.mayReceive(service.clientGuid(), channel))
                        .toList());
        return json;
    }

    private Map<String, Object> broker() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("guid", brokerId);
        json.put("hostname", "localhost");
        json.put("port", port);
        json.put("webSocketPort", webSocketPort);
        json.put("ttlMins", TTL_MINS);
        json.put("version", VERSION);
        json.put("startTime", started.getEpochSecond());
        json.put("policyHostname", "localhost");
        json.put("policyIpAddress", "127.0.0.1");
        json.put("policyHub", "");
        json.put("policyPort", port);
        json.put("connectionLimit", router.connectionLimit());
        List<String> bridges = router.beyond().stream().map(Router::brokerId).toList();
        json.put("topicRouting", !bridges.isEmpty());
        json.put("bridges", bridges);
        json.put("bridgeChildren", List.of());
        return json;
    }
}
