package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.wire.WireMessage;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The services of the broker itself, each under a topic of its own. Runs on the event loop. */
final class BrokerServices {
    static final String PREFIX = "/mcafee/service/dxl/";

    private final Router router;

    /** Under the rest of the topic; an empty answer is none at all. */
    private final Map<String, Function<WireMessage, Optional<byte[]>>> services;

    BrokerServices(Router router, Registrar registrar) {
        this.router = router;
        services = Map.of(
                Registrar.REGISTERED, registrar::register,
                Registrar.UNREGISTERED, registrar::unregister);
    }

    /** Answers a request, if it is to one of these services. */
    boolean serve(String topic, WireMessage request) {
        if (!topic.startsWith(PREFIX)) {
            return false;
        }
        Function<WireMessage, Optional<byte[]>> service = services.get(topic.substring(PREFIX.length()));
        if (service == null) {
            return false;
        }
        service.apply(request).ifPresent(payload -> router.answer(request, payload));
        return true;
    }
}
