package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import io.github.dxlcdi.fabric.registry.ServiceRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the registry of services true, and tells the fabric what changes: clients register and unregister, go away, or let
 * their time run out. Runs on the event loop.
 */
final class Registrar {
    static final String REGISTERED = "svcregistry/register";
    static final String UNREGISTERED = "svcregistry/unregister";

    private static final byte[] EMPTY = {};

    private final Router router;
    private final ServiceRegistry registry;
    private final String brokerId;
    private final InstantSource clock;

    Registrar(Router router, ServiceRegistry registry, String brokerId, InstantSource clock) {
        this.router = router;
        this.registry = registry;
        this.brokerId = brokerId;
        this.clock = clock;
    }

    /** Registers what the payload of {@code request} says; no answer if that is no registration. */
    Optional<byte[]> register(WireMessage request) {
        Optional<ServiceRegistration> registration =
                Payload.read(request.payload()).flatMap(json -> registration(request, json));
        registration.filter(registry::add).ifPresent(added -> {
            router.beyond().forEach(other -> other.services().add(added));
            router.announce(REGISTERED, added.toJson());
        });
        return registration.map(known -> EMPTY);
    }

    /** Unregisters a service of the connection that asks; of anybody else's, nothing happens. Answers always. */
    Optional<byte[]> unregister(WireMessage request) {
        Payload.read(request.payload())
                .flatMap(json -> Payload.text(json, "serviceGuid"))
                .flatMap(registry::find)
                .filter(known -> known.clientInstanceGuid().equals(request.sourceClientInstanceId()))
                .ifPresent(known -> remove(known.serviceGuid()));
        return Optional.of(EMPTY);
    }

    /** Removes a service, if it is there, at all brokers, and says so. */
    void remove(String serviceGuid) {
        registry.remove(serviceGuid).ifPresent(removed -> {
            router.beyond().forEach(other -> other.services().remove(serviceGuid));
            router.announce(UNREGISTERED, gone(serviceGuid));
        });
    }

    /** Another broker can be reached, with these services of its clients. */
    void learn(List<ServiceRegistration> services) {
        services.stream().filter(registry::add).forEach(added -> router.announceHere(REGISTERED, added.toJson()));
    }

    /** Another broker can be reached no more, nor the services of its clients. */
    void lose(String brokerGuid) {
        registry.all().stream()
                .filter(known -> known.brokerGuid().equals(brokerGuid))
                .map(ServiceRegistration::serviceGuid)
                .forEach(lost -> {
                    registry.remove(lost);
                    router.announceHere(UNREGISTERED, gone(lost));
                });
    }

    private static Map<String, String> gone(String serviceGuid) {
        return Map.of("serviceGuid", serviceGuid);
    }

    /** A connection is gone, and what it served with it. */
    void left(String clientInstanceGuid) {
        registry.ofInstance(clientInstanceGuid).forEach(gone -> remove(gone.serviceGuid()));
    }

    /** Removes those that nobody has renewed in time. */
    void removeEnded() {
        registry.ended().forEach(ended -> remove(ended.serviceGuid()));
    }

    private Optional<ServiceRegistration> registration(WireMessage request, Map<String, Object> json) {
        Optional<String> guid = Payload.nonEmptyText(json, "serviceGuid");
        Optional<String> type = Payload.text(json, "serviceType");
        boolean lasting = json.get("ttlMins") instanceof Integer mins && mins >= 0;
        Optional<List<String>> channels = channels(json.get("requestChannels"));
        Optional<Map<String, String>> metaData = metaData(json.get("metaData"));
        if (guid.isEmpty() || type.isEmpty() || !lasting || channels.isEmpty() || metaData.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ServiceRegistration(
                guid.get(),
                type.get(),
                channels.get(),
                metaData.get(),
                (Integer) json.get("ttlMins"),
                request.sourceClientId(),
                request.sourceClientInstanceId(),
                brokerId,
                certificates(request.sourceClientInstanceId()),
                clock.instant().getEpochSecond()));
    }

    /** Those of the connection, for what a message says about them may be forged. */
    private List<String> certificates(String clientInstanceGuid) {
        return router.client(clientInstanceGuid)
                .map(client -> List.of(client.certificates().split(";")))
                .orElse(List.of());
    }

    /** The client in Java leaves out what is empty. */
    private static Optional<List<String>> channels(Object json) {
        if (json == null) {
            return Optional.of(List.of());
        }
        if (!(json instanceof Collection<?> values)) {
            return Optional.empty();
        }
        List<String> channels = new ArrayList<>();
        for (Object value : values) {
            if (!(value instanceof String channel)) {
                return Optional.empty();
            }
            channels.add(channel);
        }
        return Optional.of(channels);
    }

    private static Optional<Map<String, String>> metaData(Object json) {
        if (json == null) {
            return Optional.of(Map.of());
        }
        if (!(json instanceof Map<?, ?> values)) {
            return Optional.empty();
        }
        Map<String, String> metaData = new LinkedHashMap<>();
        values.forEach((name, value) -> metaData.put((String) name, String.valueOf(value)));
        return Optional.of(metaData);
    }
}
