package com.opendxl.client;

import com.opendxl.client.callback.EventCallback;
import io.github.dxlcdi.client.connection.Connection;
import io.github.dxlcdi.client.dispatch.TopicCallbacks;
import io.github.dxlcdi.client.transport.MqttTopic;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Who needs which topic: the application, its event callbacks, its services. A subscription ends with the last of them.
 * Any thread; never waits, so a change of what is needed and the call of the connection are one step.
 */
final class TopicDemand {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Connection connection;
    private final TopicCallbacks<EventCallback> eventCallbacks;
    private final OfferedServices services;

    /** Topics that nobody but a service has subscribed to. */
    private final Set<String> onlyOfServices = new HashSet<>();

    TopicDemand(Connection connection, TopicCallbacks<EventCallback> eventCallbacks, OfferedServices services) {
        this.connection = connection;
        this.eventCallbacks = eventCallbacks;
        this.services = services;
    }

    synchronized CompletableFuture<Void> subscribe(String topic) {
        MqttTopic.requireFilter(topic);
        onlyOfServices.remove(topic);
        return connection.subscribe(topic);
    }

    synchronized CompletableFuture<Void> unsubscribe(String topic) {
        onlyOfServices.remove(topic);
        return connection.unsubscribe(MqttTopic.requireFilter(topic));
    }

    synchronized CompletableFuture<Void> add(String topic, EventCallback callback, boolean subscribes) {
        if (!subscribes || topic == null) {
            eventCallbacks.add(topic, callback);
            return DONE;
        }
        MqttTopic.requireFilter(topic);
        eventCallbacks.add(topic, callback);
        return subscribe(topic);
    }

    synchronized CompletableFuture<Void> remove(String topic, EventCallback callback, boolean unsubscribes) {
        eventCallbacks.remove(topic, callback);
        if (!unsubscribes || topic == null || eventCallbacks.has(topic)) {
            return DONE;
        }
        if (services.use(topic)) {
            onlyOfServices.add(topic);
            return DONE;
        }
        return connection.unsubscribe(topic);
    }

    /** Subscribes to the topics of a service; done when all are confirmed. */
    synchronized CompletableFuture<Void> serve(Collection<String> topics) {
        Set<String> before = connection.subscriptions();
        List<CompletableFuture<Void>> confirmed = topics.stream()
                .map(topic -> {
                    if (!before.contains(topic)) {
                        onlyOfServices.add(topic);
                    }
                    return connection.subscribe(topic);
                })
                .toList();
        return CompletableFuture.allOf(confirmed.toArray(CompletableFuture<?>[]::new));
    }

    /** A service has these topics no longer. */
    synchronized void serveNot(Collection<String> topics) {
        for (String topic : topics) {
            if (!services.use(topic) && onlyOfServices.remove(topic) && !eventCallbacks.has(topic)) {
                connection.unsubscribe(topic);
            }
        }
    }
}
