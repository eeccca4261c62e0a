package com.opendxl.client;

import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.message.DxlErrorMessageEnum;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Request;
import io.github.dxlcdi.client.dispatch.TopicCallbacks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The services of this client as a request finds them. Safe from any thread. */
final class OfferedServices {
    private static final int REMEMBERED = 256;

    private record Offer(Map<String, Set<RequestCallback>> byTopic, TopicCallbacks<RequestCallback> callbacks) {}

    private final Map<String, Offer> byId = new ConcurrentHashMap<>();

    /** The ids of services that were here: whoever still asks for one shall not wait in vain. */
    private final Set<String> gone = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    private final Consumer<ErrorResponse> refuse;

    /** @param refuse sends an answer to a request that no service takes */
    OfferedServices(Consumer<ErrorResponse> refuse) {
        this.refuse = refuse;
    }

    /** From now on the service has these callbacks, and no others. */
    void put(String serviceId, Map<String, Set<RequestCallback>> byTopic) {
        TopicCallbacks<RequestCallback> callbacks = new TopicCallbacks<>();
        byTopic.forEach((topic, all) -> all.forEach(callback -> callbacks.add(topic, callback)));
        gone.remove(serviceId);
        byId.put(serviceId, new Offer(byTopic, callbacks));
    }

    void remove(String serviceId) {
        if (byId.remove(serviceId) != null) {
            gone.add(serviceId);
        }
    }

    /** Whether a service has exactly this topic. */
    boolean use(String topic) {
        return byId.values().stream().anyMatch(offer -> offer.byTopic().containsKey(topic));
    }

    /**
     * Hands a request to the service that it names, or to every one that has its topic if it names none. One that is
     * named and isn't here is answered for, if the request came because of our services.
     *
     * @return whether it was handed on or answered
     */
    boolean handle(Request request, Consumer<RequestCallback> calling) {
        String topic = request.getDestinationTopic();
        String serviceId = request.getServiceId();
        if (serviceId.isEmpty()) {
            boolean handled = hasFor(topic);
            byId.values().forEach(offer -> offer.callbacks().forEach(topic, calling));
            return handled;
        }
        Offer named = byId.get(serviceId);
        if (named != null && named.callbacks().hasFor(topic)) {
            named.callbacks().forEach(topic, calling);
            return true;
        }
        if (named == null && !gone.contains(serviceId) && !hasFor(topic)) {
            return false;
        }
        DxlErrorMessageEnum unavailable = DxlErrorMessageEnum.FABRICSERVICEUNAVAILABLE;
        refuse.accept(new ErrorResponse(request, unavailable.getErrorCode(), unavailable.getErrorMessage()));
        return true;
    }

    private boolean hasFor(String topic) {
        return byId.values().stream().anyMatch(offer -> offer.callbacks().hasFor(topic));
    }
}
