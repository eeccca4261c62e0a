package io.github.dxlcdi.fabric.broker;

import static io.github.dxlcdi.fabric.broker.FabricError.SERVICE_OVERLOADED;
import static io.github.dxlcdi.fabric.broker.FabricError.SERVICE_UNAVAILABLE;

import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.ErrorFields;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireWriter;
import io.github.dxlcdi.fabric.broker.Router.Delivery;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import io.github.dxlcdi.fabric.registry.ServiceRegistry;
import java.util.List;
import java.util.Optional;

/** Which service gets a request, and what the requester hears when none does. Runs on the event loop. */
final class RequestRouting {
    private final Router router;
    private final ServiceRegistry registry;
    private final Registrar registrar;
    private final BrokerServices brokerServices;

    RequestRouting(Router router, ServiceRegistry registry, Registrar registrar, BrokerServices brokerServices) {
        this.router = router;
        this.registry = registry;
        this.registrar = registrar;
        this.brokerServices = brokerServices;
    }

    /** Takes a stamped request to one service: the one that it names, or whose turn it is. */
    void route(String topic, WireMessage request) {
        if (!brokerServices.areOffered()) {
            toSubscribers(topic, request);
            return;
        }
        if (brokerServices.serve(topic, request)) {
            return;
        }
        String serviceId = ((RequestFields) request.typeFields()).serviceId();
        Optional<ServiceRegistration> service =
                serviceId.isEmpty() ? registry.nextFor(topic) : registry.find(serviceId);
        Delivery delivery;
        if (service.isPresent()) {
            delivery = toService(service.get(), topic, request);
        } else if (serviceId.isEmpty() && router.isSubscribedAnywhere(topic)) {
            // Somebody serves who has not registered, as at a plain MQTT broker.
            delivery = toSubscribers(topic, request);
        } else {
            delivery = Delivery.NOBODY;
        }
        switch (delivery) {
            case DONE -> {}
            case FULL -> router.refuse(request, SERVICE_OVERLOADED);
            case NOBODY -> router.refuse(request, SERVICE_UNAVAILABLE);
        }
    }

    /** A service that is not there, so its client or its broker says, is no longer registered. */
    void answered(ErrorFields error) {
        if (error.errorCode() == SERVICE_UNAVAILABLE.code()
                && !error.serviceId().isEmpty()) {
            registrar.remove(error.serviceId());
        }
    }

    private Delivery toSubscribers(String topic, WireMessage request) {
        return router.distribute(Parcel.of(topic, WireWriter.write(request), request, List.of()));
    }

    private Delivery toService(ServiceRegistration service, String topic, WireMessage request) {
        byte[] body = WireWriter.write(addressed(request, service));
        return router.sendTo(service.brokerGuid(), service.clientInstanceGuid(), topic, body);
    }

    /** The request as its service gets it: what the broker chose is written into it. */
    static WireMessage addressed(WireMessage request, ServiceRegistration service) {
        return new WireMessage(
                request.version(),
                request.messageId(),
                request.sourceClientId(),
                request.sourceBrokerId(),
                List.of(service.brokerGuid()),
                List.of(service.clientInstanceGuid()),
                request.payload(),
                new RequestFields(((RequestFields) request.typeFields()).replyToTopic(), service.serviceGuid()),
                request.otherFields(),
                request.sourceTenantGuid(),
                request.destTenantGuids(),
                request.sourceClientInstanceId());
    }
}
