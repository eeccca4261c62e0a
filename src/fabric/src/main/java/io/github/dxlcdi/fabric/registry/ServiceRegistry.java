package io.github.dxlcdi.fabric.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The registrations that a broker knows: those of its own clients, and those that it has heard of from other brokers. Of
 * its own ones it knows when they end; the others end when their broker says so. Not thread-safe.
 */
public final class ServiceRegistry {
    /** Topics of which it is remembered whose turn it is. */
    private static final int REMEMBERED_TURNS = 10_000;

    private final String brokerId;
    private final RegistrySettings settings;

    /** By id, in the order of registration. */
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private final Map<String, Set<String>> idsByChannel = new HashMap<>();

    /** Topics of requests that events are to become: by the event's topic, then by the id of the service that wants it. */
    private final Map<String, Map<String, String>> requestTopicsByEvent = new HashMap<>();

    /** How often each topic has been asked for; the topic longest not asked for is forgotten first. */
    private final Map<String, Integer> turns = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED_TURNS;
        }
    };

    private record Entry(ServiceRegistration registration, Instant end) {}

    /** For the broker of this id. */
    public ServiceRegistry(String brokerId, RegistrySettings settings) {
        this.brokerId = brokerId;
        this.settings = settings;
    }

    /**
     * Adds a service, or takes the place of what was registered under its id; one that says the same only lasts longer for
     * it.
     *
     * @return whether anything but the time changed
     */
    public boolean add(ServiceRegistration registration) {
        Entry known = entries.get(registration.serviceGuid());
        if (known != null && known.registration().isRenewedBy(registration)) {
            entries.put(registration.serviceGuid(), new Entry(known.registration(), end(registration)));
            return false;
        }
        remove(registration.serviceGuid());
        entries.put(registration.serviceGuid(), new Entry(registration, end(registration)));
        for (String channel : registration.requestChannels()) {
            idsByChannel.computeIfAbsent(channel, c -> new LinkedHashSet<>()).add(registration.serviceGuid());
        }
        registration
                .requestTopicsByEvent()
                .forEach((event, request) -> requestTopicsByEvent
                        .computeIfAbsent(event, e -> new LinkedHashMap<>())
                        .put(registration.serviceGuid(), request));
        return true;
    }

    /** Removes the service of this id, and returns it. */
    public Optional<ServiceRegistration> remove(String serviceGuid) {
        Entry removed = entries.remove(serviceGuid);
        if (removed == null) {
            return Optional.empty();
        }
        for (String channel : removed.registration().requestChannels()) {
            idsByChannel.computeIfPresent(channel, (c, ids) -> {
                ids.remove(serviceGuid);
                return ids.isEmpty() ? null : ids;
            });
        }
        for (String event : removed.registration().requestTopicsByEvent().keySet()) {
            requestTopicsByEvent.computeIfPresent(event, (e, requests) -> {
                requests.remove(serviceGuid);
                return requests.isEmpty() ? null : requests;
            });
        }
        return Optional.of(removed.registration());
    }

    /** The service of this id. */
    public Optional<ServiceRegistration> find(String serviceGuid) {
        return Optional.ofNullable(entries.get(serviceGuid)).map(Entry::registration);
    }

    /** All services, in the order of registration; a copy. */
    public List<ServiceRegistration> all() {
        return entries.values().stream().map(Entry::registration).toList();
    }

    /** The services of this broker's own clients, in the order of registration; a copy. */
    public List<ServiceRegistration> own() {
        return all().stream()
                .filter(registration -> registration.brokerGuid().equals(brokerId))
                .toList();
    }

    /** The services that this connection has registered; a copy. */
    public List<ServiceRegistration> ofInstance(String clientInstanceGuid) {
        return all().stream()
                .filter(registration -> registration.clientInstanceGuid().equals(clientInstanceGuid))
                .toList();
    }

    /** Whose turn it is to serve a request to {@code topic}; each time another's. Empty if nobody serves it. */
    public Optional<ServiceRegistration> nextFor(String topic) {
        List<String> serving = List.copyOf(serving(topic));
        if (serving.isEmpty()) {
            return Optional.empty();
        }
        int turn = turns.merge(topic, 1, Integer::sum) - 1;
        return find(serving.get(Math.floorMod(turn, serving.size())));
    }

    /** Topics of the requests that an event to {@code topic} is to become, each once; a copy. */
    public Set<String> requestTopics(String topic) {
        return new LinkedHashSet<>(
                requestTopicsByEvent.getOrDefault(topic, Map.of()).values());
    }

    /** The services of this broker's clients whose time is over; they stay until they are removed. */
    public List<ServiceRegistration> ended() {
        Instant now = settings.clock().instant();
        List<ServiceRegistration> ended = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.registration().brokerGuid().equals(brokerId) && !now.isBefore(entry.end())) {
                ended.add(entry.registration());
            }
        }
        return ended;
    }

    /** Ids of the services for a topic: those for exactly it, then those for the nearest level above it, and so on. */
    private Collection<String> serving(String topic) {
        Set<String> ids = new LinkedHashSet<>(idsByChannel.getOrDefault(topic, Set.of()));
        for (int end = topic.length(); end >= 0; end = topic.lastIndexOf('/', end - 1)) {
            ids.addAll(idsByChannel.getOrDefault(topic.substring(0, end) + "/#", Set.of()));
        }
        ids.addAll(idsByChannel.getOrDefault("#", Set.of()));
        return ids;
    }

    private Instant end(ServiceRegistration registration) {
        return settings.clock()
                .instant()
                .plus(settings.ttlUnit().multipliedBy(registration.ttlMins()))
                .plus(settings.grace());
    }
}
