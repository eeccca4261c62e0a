package io.github.dxlcdi.fabric.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    private final RoutingTable<Set<String>> idsByChannel = new RoutingTable<>();

    /** Prefixes of the requests that events are to become: for each topic of events, the one registered last. */
    private final RoutingTable<String> requestPrefixes = new RoutingTable<>();

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
            idsByChannel.merge(channel, new LinkedHashSet<>(Set.of(registration.serviceGuid())), (ids, added) -> {
                ids.addAll(added);
                return ids;
            });
        }
        addRequestPrefixes(registration);
        return true;
    }

    /** Removes the service of this id, and returns it. */
    public Optional<ServiceRegistration> remove(String serviceGuid) {
        Entry removed = entries.remove(serviceGuid);
        if (removed == null) {
            return Optional.empty();
        }
        for (String channel : removed.registration().requestChannels()) {
            idsByChannel.change(channel, ids -> {
                ids.remove(serviceGuid);
                return ids.isEmpty() ? null : ids;
            });
        }
        if (!removed.registration().requestPrefixes().isEmpty()) {
            requestPrefixes.clear();
            entries.values().forEach(left -> addRequestPrefixes(left.registration()));
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

    /** Topics of the requests that an event to {@code topic} is to become, each once. */
    public Set<String> requestTopics(String topic) {
        return requestPrefixes.matching(topic).stream()
                .map(prefix -> prefix + topic)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void addRequestPrefixes(ServiceRegistration registration) {
        registration
                .requestPrefixes()
                .forEach((event, prefix) -> requestPrefixes.merge(event, prefix, (earlier, last) -> last));
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
        Set<String> ids = new LinkedHashSet<>();
        idsByChannel.matching(topic).forEach(ids::addAll);
        return ids;
    }

    private Instant end(ServiceRegistration registration) {
        return settings.clock()
                .instant()
                .plus(settings.ttlUnit().multipliedBy(registration.ttlMins()))
                .plus(settings.grace());
    }
}
