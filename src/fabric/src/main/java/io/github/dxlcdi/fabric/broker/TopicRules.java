package io.github.dxlcdi.fabric.broker;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which clients alone may send to a topic, or receive from it. A topic that no rule is about is free to all; one that
 * several are about is free to those that any of them names. Runs on the event loop.
 */
final class TopicRules {
    /** Filters of topics, and the canonical ids of the clients that may send to these. */
    private final Map<String, Set<String>> senders = new LinkedHashMap<>();

    /** The same for those that may receive. */
    private final Map<String, Set<String>> receivers = new LinkedHashMap<>();

    void allowSending(String filter, Collection<String> clients) {
        senders.computeIfAbsent(filter, f -> new HashSet<>()).addAll(clients);
    }

    void allowReceiving(String filter, Collection<String> clients) {
        receivers.computeIfAbsent(filter, f -> new HashSet<>()).addAll(clients);
    }

    void clear() {
        senders.clear();
        receivers.clear();
    }

    boolean maySend(String canonicalId, String topic) {
        return allows(senders, canonicalId, topic);
    }

    boolean mayReceive(String canonicalId, String topic) {
        return allows(receivers, canonicalId, topic);
    }

    private static boolean allows(Map<String, Set<String>> rules, String canonicalId, String topic) {
        boolean free = true;
        for (Map.Entry<String, Set<String>> rule : rules.entrySet()) {
            if (TopicFilter.matches(rule.getKey(), topic)) {
                if (rule.getValue().contains(canonicalId)) {
                    return true;
                }
                free = false;
            }
        }
        return free;
    }
}
