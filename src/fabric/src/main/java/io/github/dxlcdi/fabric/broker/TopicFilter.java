package io.github.dxlcdi.fabric.broker;

/**
 * The rules of MQTT for topics and the filters of subscriptions (MQTT 3.1.1, 4.7): {@code +} stands for one level, {@code
 * #} for the last level and all below it and for the level above it. Apart from the client's rules on purpose: a wrong
 * rule that both shared would be hidden on both sides at once.
 */
final class TopicFilter {
    private TopicFilter() {}

    /** Whether messages may be sent to {@code topic}. */
    static boolean isTopic(String topic) {
        return !topic.isEmpty() && !hasWildcard(topic) && topic.indexOf('\0') < 0;
    }

    /** Whether {@code filter} may be subscribed: not empty, each wildcard a level of its own, {@code #} the last. */
    static boolean isFilter(String filter) {
        if (filter.isEmpty() || filter.indexOf('\0') >= 0) {
            return false;
        }
        for (int i = 0; i < filter.length(); i++) {
            char c = filter.charAt(i);
            boolean last = i == filter.length() - 1;
            boolean alone = (i == 0 || filter.charAt(i - 1) == '/') && (last || filter.charAt(i + 1) == '/');
            if (c == '+' && !alone || c == '#' && !(alone && last)) {
                return false;
            }
        }
        return true;
    }

    static boolean hasWildcard(String filter) {
        return filter.indexOf('#') >= 0 || filter.indexOf('+') >= 0;
    }

    /** Whether a message to {@code topic} is for who subscribed {@code filter}. */
    static boolean matches(String filter, String topic) {
        if (topic.charAt(0) == '$' && (filter.charAt(0) == '#' || filter.charAt(0) == '+')) {
            return false;
        }
        int f = 0;
        int t = 0;
        while (f < filter.length()) {
            char c = filter.charAt(f);
            if (c == '#') {
                return true;
            } else if (c == '+') {
                f++;
                while (t < topic.length() && topic.charAt(t) != '/') {
                    t++;
                }
            } else if (t < topic.length() && topic.charAt(t) == c) {
                f++;
                t++;
            } else {
                return t == topic.length() && filter.startsWith("/#", f);
            }
        }
        return t == topic.length();
    }
}
