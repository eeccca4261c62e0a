package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.wire.WireMessage;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The services of the broker itself, each under a topic of its own. Runs on the event loop. */
final class BrokerServices {
    static final String PREFIX = "/mcafee/service/dxl/";

    private static final byte[] EMPTY = {};

    private final Router router;
    private final String brokerId;

    /** Under the rest of the topic. */
    private final Map<String, Service> services;

    /** Serves a request; no payload: no answer. */
    @FunctionalInterface
    private interface Service {
        Optional<byte[]> serve(WireMessage request);
    }

    BrokerServices(Router router, String brokerId, Registrar registrar, BrokerQueries queries) {
        this.router = router;
        this.brokerId = brokerId;
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
                "broker/health",
                query(question -> told(queries.health())),
                "clientregistry/query",
                query(question -> queries.hasClient(question) ? Optional.of(EMPTY) : Optional.empty()));
    }

    /** Whether a request to {@code topic} is for one of these services, which then has answered it, if it is for this broker. */
    boolean serve(String topic, WireMessage request) {
        if (!topic.startsWith(PREFIX)) {
            return false;
        }
        Service service = services.get(topic.substring(PREFIX.length()));
        if (service == null) {
            return false;
        }
        if (isForThis(request)) {
            service.serve(request).ifPresent(payload -> router.answer(request, payload));
        }
        return true;
    }

    /** An empty id stands for none: clients in Java write it where they know none. */
    private boolean isForThis(WireMessage request) {
        return request.brokerIds().contains(brokerId)
                || request.brokerIds().stream().allMatch(String::isEmpty);
    }

    private static Service query(Function<Map<String, Object>, Optional<byte[]>> answer) {
        return request -> Payload.read(request.payload()).flatMap(answer);
    }

    private static Optional<byte[]> told(Map<String, Object> answer) {
        return Optional.of(Payload.write(answer));
    }
}
