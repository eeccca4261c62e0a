package io.github.dxlcdi.fabric.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Who subscribed what. A subscriber that has subscribed two filters that match gets a message twice, as from DXL's own
 * broker; the same filter twice counts once. Not thread-safe.
 */
final class Subscriptions<S> {
    private final Map<String, Set<S>> byTopic = new HashMap<>();
    private final Map<String, Set<S>> byWildcard = new HashMap<>();

    /** Returns whether nobody had subscribed {@code filter} before. */
    boolean add(String filter, S subscriber) {
        Set<S> subscribers = side(filter).computeIfAbsent(filter, f -> new LinkedHashSet<>());
        return subscribers.add(subscriber) && subscribers.size() == 1;
    }

    /** Returns whether nobody has subscribed {@code filter} any more, and somebody had. */
    boolean remove(String filter, S subscriber) {
        Map<String, Set<S>> side = side(filter);
        return side.containsKey(filter)
                && side.computeIfPresent(filter, (f, subscribers) -> without(subscriber, subscribers)) == null;
    }

    /** Returns the filters that nobody has subscribed any more. */
    List<String> removeAll(S subscriber) {
        List<String> gone = new ArrayList<>();
        for (Map<String, Set<S>> side : List.of(byTopic, byWildcard)) {
            side.entrySet().removeIf(entry -> {
                boolean last = without(subscriber, entry.getValue()) == null;
                if (last) {
                    gone.add(entry.getKey());
                }
                return last;
            });
        }
        return gone;
    }

    /** Whether somebody has subscribed exactly {@code topic}. */
    boolean isSubscribed(String topic) {
        return byTopic.containsKey(topic);
    }

    /** Calls {@code action} once for each subscription that {@code topic} matches. */
    void forEach(String topic, Consumer<S> action) {
        byTopic.getOrDefault(topic, Set.of()).forEach(action);
        byWildcard.forEach((filter, subscribers) -> {
            if (TopicFilter.matches(filter, topic)) {
                subscribers.forEach(action);
            }
        });
    }

    /** Whether the other brokers of the fabric know that {@code topic} is wanted here: they understand {@code #} only. */
    boolean areKnownBeyond(String topic) {
        return byTopic.containsKey(topic)
                || byWildcard.keySet().stream()
                        .anyMatch(filter -> filter.indexOf('+') < 0 && TopicFilter.matches(filter, topic));
    }

    /** All filters that somebody has subscribed, sorted; a copy. */
    Set<String> filters() {
        Set<String> filters = new TreeSet<>(byTopic.keySet());
        filters.addAll(byWildcard.keySet());
        return filters;
    }

    private Map<String, Set<S>> side(String filter) {
        return TopicFilter.hasWildcard(filter) ? byWildcard : byTopic;
    }

    private static <S> Set<S> without(S subscriber, Set<S> subscribers) {
        subscribers.remove(subscriber);
        return subscribers.isEmpty() ? null : subscribers;
    }
}
