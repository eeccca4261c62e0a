package io.github.dxlcdi.client.transport;

import java.nio.charset.StandardCharsets;

/**
 * The rules of MQTT for topics. A broker closes the connection of a client that breaks them, and would do so again after
 * each reconnect; so what breaks them never leaves. Safe from any thread.
 */
public final class MqttTopic {
    private static final int MAX_BYTES = 65_535;

    private MqttTopic() {}

    /**
     * Returns {@code topic} if something can be published to it.
     *
     * @throws IllegalArgumentException if it is null, empty or too long, or has a wildcard in it
     */
    public static String requireName(String topic) {
        requireText(topic);
        if (topic.indexOf('#') >= 0 || topic.indexOf('+') >= 0) {
            throw wrong(topic, "has a wildcard in it, but nothing can be published to a wildcard");
        }
        return topic;
    }

    /**
     * Returns {@code filter} if it can be subscribed to.
     *
     * @throws IllegalArgumentException if it is null, empty or too long, or has a misplaced wildcard
     */
    public static String requireFilter(String filter) {
        requireText(filter);
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean isWildcard = levels[i].equals("+") || (levels[i].equals("#") && i == levels.length - 1);
            if (!isWildcard && (levels[i].indexOf('#') >= 0 || levels[i].indexOf('+') >= 0)) {
                throw wrong(filter, "has a misplaced wildcard: # stands alone at the end, + alone between two slashes");
            }
        }
        return filter;
    }

    private static void requireText(String topic) {
        if (topic == null || topic.isEmpty()) {
            throw new IllegalArgumentException("A topic is needed, but it is " + (topic == null ? "null" : "empty"));
        }
        if (topic.indexOf('\0') >= 0 || topic.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw wrong(topic.substring(0, Math.min(topic.length(), 100)), "has a NUL character or is too long");
        }
    }

    private static IllegalArgumentException wrong(String topic, String why) {
        return new IllegalArgumentException("The topic '" + topic + "' " + why);
    }
}
