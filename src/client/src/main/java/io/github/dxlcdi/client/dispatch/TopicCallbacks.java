package io.github.dxlcdi.client.dispatch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Callbacks by topic. A topic has those of every topic ({@code null}), its own, and those of its {@code #} ancestors from
 * the nearest outwards, in this order: {@code /a/b} has {@code /a/#}, {@code /#} and {@code #}. Here {@code +} is no
 * wildcard, as in the OpenDXL Java client, although brokers take it for one. A callback is held once per topic. Safe from
 * any thread; a delivery under way sees the callbacks that were there when it began.
 *
 * @param <C> the kind of callback
 */
public final class TopicCallbacks<C> {
    /** Stands for null, which the map can't hold; no topic of MQTT has this character. */
    private static final String EVERY_TOPIC = "\0";

    private final Map<String, List<C>> byTopic = new ConcurrentHashMap<>();

    /** Adds a callback; {@code topic} null means every topic. */
    public void add(String topic, C callback) {
        byTopic.merge(
                key(topic),
                List.of(callback),
                (before, added) -> before.contains(callback) ? before : append(before, callback));
    }

    /** Removes a callback from a topic; one that is not there is no error. */
    public void remove(String topic, C callback) {
        byTopic.computeIfPresent(key(topic), (same, before) -> {
            List<C> rest =
                    before.stream().filter(other -> !other.equals(callback)).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    /** Whether a callback was added for exactly this topic. */
    public boolean has(String topic) {
        return byTopic.containsKey(key(topic));
    }

    /** Whether {@link #forEach} would find a callback. */
    public boolean hasFor(String topic) {
        boolean[] found = {false};
        forEach(topic, callback -> found[0] = true);
        return found[0];
    }

    /** Calls {@code action} with each callback that {@code topic} has. */
    public void forEach(String topic, Consumer<C> action) {
        call(EVERY_TOPIC, action);
        call(topic, action);
        TopicWildcards.forEach(topic, wildcard -> call(wildcard, action));
    }

    private void call(String topic, Consumer<C> action) {
        List<C> callbacks = byTopic.get(topic);
        if (callbacks != null) {
            callbacks.forEach(action);
        }
    }

    private static String key(String topic) {
        return topic == null ? EVERY_TOPIC : topic;
    }

    private static <C> List<C> append(List<C> before, C callback) {
        return Stream.concat(before.stream(), Stream.of(callback)).toList();
    }
}
