package io.github.dxlcdi.fabric.registry;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is known about topics, and about all topics below one, written {@code /a/#} or {@code #}: routing understands no
 * other wildcard. Not thread-safe.
 */
final class RoutingTable<V> {
    private static final String BELOW = "/#";
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final Map<String, V> byTopic = new HashMap<>();
    private final Map<String, V> byWildcard = new TreeMap<>(LONGEST_FIRST);

    void merge(String channel, V value, BinaryOperator<V> merging) {
        side(channel).merge(channel, value, merging);
    }

    /** Replaces a value; null removes it. */
    void change(String channel, UnaryOperator<V> change) {
        side(channel).computeIfPresent(channel, (same, value) -> change.apply(value));
    }

    void clear() {
        byTopic.clear();
        byWildcard.clear();
    }

    /** For {@code topic} itself, then for the nearest level above it, and so on. Takes one step for each wildcard. */
    List<V> matching(String topic) {
        return Stream.concat(
                        Optional.ofNullable(byTopic.get(topic)).stream(),
                        byWildcard.entrySet().stream()
                                .filter(entry -> isBelow(topic, entry.getKey()))
                                .map(Map.Entry::getValue))
                .toList();
    }

    private Map<String, V> side(String channel) {
        return channel.equals("#") || channel.endsWith(BELOW) ? byWildcard : byTopic;
    }

    private static boolean isBelow(String topic, String wildcard) {
        int level = Math.max(0, wildcard.length() - BELOW.length());
        return wildcard.equals("#")
                || topic.startsWith(wildcard.substring(0, level))
                        && (topic.length() == level || topic.charAt(level) == '/');
    }
}
