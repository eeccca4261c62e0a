package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.fabric.registry.ServiceRegistry;
import java.util.List;

/** Events that services have asked, by their metadata, to get as requests. Runs on the event loop. */
final class EventRequests {
    private final Router router;
    private final ServiceRegistry registry;
    private final RequestRouting requests;

    EventRequests(Router router, ServiceRegistry registry, RequestRouting requests) {
        this.router = router;
        this.registry = registry;
        this.requests = requests;
    }

    /** Sends one request for each topic that a stamped event to everybody is wanted under. */
    void saw(String topic, WireMessage event) {
        for (String requestTopic : registry.requestTopics(topic)) {
            if (TopicFilter.isTopic(requestTopic) && !router.isForbidden(requestTopic)) {
                requests.route(requestTopic, request(event));
            }
        }
    }

    /** Only who sent the event, and its payload, are left of it. */
    private static WireMessage request(WireMessage event) {
        return new WireMessage(
                event.version(),
                event.messageId(),
                event.sourceClientId(),
                event.sourceBrokerId(),
                List.of(),
                List.of(),
                event.payload(),
                new RequestFields(Router.REPLIES + event.sourceClientId(), ""),
                List.of(),
                "",
                List.of(),
                event.sourceClientInstanceId());
    }
}
