package io.github.dxlcdi.client.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Callbacks by topic. A topic has those of every topic ({@code null}), its own, and those of its {@code #} ancestors from
 * the nearest outwards, in this order: {@code /a/b} has {@code /a/#}, {@code /#} and {@code #}. Here {@code +} is no
 * wildcard, as in the OpenDXL Java client, although brokers take it for one. A callback is held once per topic. Safe from
 * any thread.
 *
 * @param <C> the kind of callback
 */
public final class TopicCallbacks<C> {
    /** Stands for null, which the map can't hold; no topic of MQTT has this character. */
    private static final String EVERY_TOPIC = "\0";

    /** So many topics are remembered with what they have, and none that is longer: the network says which there are. */
    private static final int REMEMBERED_TOPICS = 256;

    private static final int LONGEST_REMEMBERED = 256;

    private static final String WILDCARD = "#";

    private final Map<String, List<C>> byTopic = new ConcurrentHashMap<>();

    /**
     * The lengths of the topics that end in a wildcard, without it, and how many there are of each; the longest first.
     * What a topic costs depends on these and not on how many levels its sender has given it.
     */
    private final Map<Integer, Integer> wildcardLengths = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    /** What topics were found to have; a new map after each change, so that what was found before it is forgotten. */
    private volatile Map<String, List<C>> found = new ConcurrentHashMap<>();

    /**
     * Refuses a callback that would fail only when a message comes.
     *
     * @throws IllegalArgumentException if it is null
     */
    public static void requireCallback(String topic, Object callback) {
        if (callback == null) {
            throw new IllegalArgumentException("A callback is needed for "
                    + (topic == null ? "all topics" : "the topic '" + topic + "'") + ", but it is null");
        }
    }

    /**
     * Adds a callback; {@code topic} null means every topic.
     *
     * @throws IllegalArgumentException if the callback is null
     */
    public synchronized void add(String topic, C callback) {
        requireCallback(topic, callback);
        String key = key(topic);
        if (isWildcard(key) && !byTopic.containsKey(key)) {
            wildcardLengths.merge(lengthBelow(key), 1, Integer::sum);
        }
        byTopic.merge(
                key,
                List.of(callback),
                (before, added) -> before.contains(callback) ? before : append(before, callback));
        found = new ConcurrentHashMap<>();
    }

    /** Removes a callback from a topic; one that is not there is no error. */
    public synchronized void remove(String topic, C callback) {
        String key = key(topic);
        boolean there = byTopic.containsKey(key);
        byTopic.computeIfPresent(key, (same, before) -> {
            List<C> rest =
                    before.stream().filter(other -> !other.equals(callback)).toList();
            return rest.isEmpty() ? null : rest;
        });
        if (there && isWildcard(key) && !byTopic.containsKey(key)) {
            wildcardLengths.computeIfPresent(lengthBelow(key), (same, count) -> count == 1 ? null : count - 1);
        }
        found = new ConcurrentHashMap<>();
    }

    /** Whether a callback was added for exactly this topic. */
    public boolean has(String topic) {
        return byTopic.containsKey(key(topic));
    }

    /** Whether {@code topic} has a callback. */
    public boolean hasFor(String topic) {
        return !of(topic).isEmpty();
    }

    /** Calls {@code action} with each callback that {@code topic} has. */
    public void forEach(String topic, Consumer<C> action) {
        of(topic).forEach(action);
    }

    /** The callbacks that {@code topic} has, in their order; what changes later does not change the list. */
    public List<C> of(String topic) {
        // Before it is searched for: what a change makes wrong has to end up in the map that the change replaces.
        Map<String, List<C>> remembered = found;
        List<C> known = remembered.get(topic);
        if (known == null) {
            known = search(topic);
            if (topic.length() <= LONGEST_REMEMBERED) {
                if (remembered.size() >= REMEMBERED_TOPICS) {
                    remembered.clear();
                }
                remembered.put(topic, known);
            }
        }
        return known;
    }

    int remembered() {
        return found.size();
    }

    private List<C> search(String topic) {
        List<C> callbacks = new ArrayList<>();
        addTo(callbacks, EVERY_TOPIC);
        addTo(callbacks, topic);
        if (!topic.endsWith(WILDCARD)) {
            for (int length : wildcardLengths.keySet()) {
                if (length <= topic.length() && endsLevel(topic, length)) {
                    addTo(callbacks, topic.substring(0, length) + WILDCARD);
                }
            }
        }
        return List.copyOf(callbacks);
    }

    private static boolean isWildcard(String topic) {
        return topic.endsWith(WILDCARD) && endsLevel(topic, lengthBelow(topic));
    }

    private static int lengthBelow(String wildcard) {
        return wildcard.length() - WILDCARD.length();
    }

    private static boolean endsLevel(String topic, int length) {
        return length == 0 || topic.charAt(length - 1) == '/';
    }

    private void addTo(List<C> callbacks, String topic) {
        callbacks.addAll(byTopic.getOrDefault(topic, List.of()));
    }

    private static String key(String topic) {
        return topic == null ? EVERY_TOPIC : topic;
    }

    private static <C> List<C> append(List<C> before, C callback) {
        return Stream.concat(before.stream(), Stream.of(callback)).toList();
    }
}
