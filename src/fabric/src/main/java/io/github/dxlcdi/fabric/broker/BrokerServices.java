package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.wire.WireMessage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The services of the broker itself, each under a topic of its own. Runs on the event loop. */
final class BrokerServices {
    static final String PREFIX = "/mcafee/service/dxl/";

    private static final String HEALTH = "broker/health";
    private static final String HAS_CLIENT = "clientregistry/query";

    /** What every broker answers for itself. */
    private static final Set<String> OF_EACH_BROKER = Set.of(HEALTH, HAS_CLIENT);

    private static final byte[] EMPTY = {};

    private final Router router;
    private final boolean offered;

    /** Under the rest of the topic. */
    private final Map<String, Service> services;

    /** Serves a request; no payload: no answer. */
    @FunctionalInterface
    private interface Service {
        Optional<byte[]> serve(WireMessage request);
    }

    BrokerServices(Router router, Registrar registrar, BrokerQueries queries, boolean offered) {
        this.router = router;
        this.offered = offered;
        services = Map.of(
                Registrar.REGISTERED,
                registrar::register,
                Registrar.UNREGISTERED,
                registrar::unregister,
                "brokerregistry/query",
                query(question -> told(queries.brokers(question))),
                "brokerregistry/topicquery",
                query(question -> told(queries.topics(question))),
                "svcregistry/query",
                query(question -> told(queries.services(question))),
                "broker/subs",
                query(question -> queries.subscriptions(question).map(Payload::write)),
                HEALTH,
                query(question -> told(queries.health())),
                HAS_CLIENT,
                query(question -> queries.hasClient(question) ? Optional.of(EMPTY) : Optional.empty()));
    }

    /** Whether it is a DXL broker at all, and not like a plain MQTT broker. */
    boolean areOffered() {
        return offered;
    }

    /**
     * Whether a request to {@code topic} is for one of these services. It is then answered: by the brokers that it names;
     * or by all of them, where each has something of its own to say; or else by this one. Health is told by all of them
     * even then, as DXL's own brokers do, and here by this one last.
     */
    boolean serve(String topic, WireMessage request) {
        if (!topic.startsWith(PREFIX)) {
            return false;
        }
        String name = topic.substring(PREFIX.length());
        if (!services.containsKey(name)) {
            return false;
        }
        Set<String> asked = Parcel.named(request.brokerIds());
        boolean all = name.equals(HEALTH) || (asked.isEmpty() && OF_EACH_BROKER.contains(name));
        for (Router other : router.beyond()) {
            if (all || asked.contains(other.brokerId())) {
                other.brokerServices().answer(name, request);
            }
        }
        if (all || asked.isEmpty() || asked.contains(router.brokerId())) {
            answer(name, request);
        }
        return true;
    }

    private void answer(String name, WireMessage request) {
        services.get(name).serve(request).ifPresent(payload -> router.answer(request, payload));
    }

    private static Service query(Function<Map<String, Object>, Optional<byte[]>> answer) {
        return request -> Payload.read(request.payload()).flatMap(answer);
    }

    private static Optional<byte[]> told(Map<String, Object> answer) {
        return Optional.of(Payload.write(answer));
    }
}
