package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.connection.BackOff;
import io.github.dxlcdi.client.log.TextLogger;
import io.github.dxlcdi.client.service.RefusedException;
import io.github.dxlcdi.client.service.Registration;
import io.github.dxlcdi.client.service.RegistryText;
import io.github.dxlcdi.client.wire.ForeignText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One service between its first registration and its end, and how the broker is told of it. */
final class OfferedService implements Registration.Registry {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.service");
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final ServiceRegistrationInfo info;
    private final Requests requests;
    private final TopicDemand demand;
    private final Registration registration;
    private final long ttl;
    private final long ttlMins;
    private final Set<String> tenants;
    private volatile Set<String> topics = Set.of();
    private volatile Instant registeredAt;

    OfferedService(ServiceRegistrationInfo info, Requests requests, TopicDemand demand, BackOff.Settings pauses) {
        this.info = info;
        this.requests = requests;
        this.demand = demand;
        this.ttl = info.getTtl();
        this.ttlMins = info.getTtlMins();
        this.tenants = info.getDestTenantGuids();
        this.registration = new Registration(
                this,
                pauses,
                info.lifetime().of(ttl),
                info.lifetime().of(info.lifetime().grace()),
                System::nanoTime);
    }

    /**
     * Refuses what could never be registered.
     *
     * @throws DxlException if the registration is larger than a message may be
     */
    static void requireSendable(ServiceRegistrationInfo info, Requests requests) throws DxlException {
        requests.bytes(registration(info, info.getTopics(), info.getTtlMins(), info.getDestTenantGuids()));
    }

    ServiceRegistrationInfo info() {
        return info;
    }

    /** To be used on the event loop. */
    Registration registration() {
        return registration;
    }

    Set<String> topics() {
        return topics;
    }

    /** It has these topics now, which are subscribed to, and no others. */
    void update(Set<String> now) {
        Set<String> dropped = new LinkedHashSet<>(topics);
        dropped.removeAll(now);
        topics = Collections.unmodifiableSet(new LinkedHashSet<>(now));
        demand.serve(now);
        demand.serveNot(dropped);
    }

    /** What {@code DxlClient.getActiveServices} tells of it. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("type", info.getServiceType());
        facts.put("guid", info.getServiceId());
        facts.put("topics", topics);
        facts.put("metadata", info.getMetadata());
        facts.put("ttl", ttl);
        facts.put("registration", registeredAt == null ? 0L : registeredAt.toEpochMilli());
        return facts;
    }

    @Override
    public CompletableFuture<Void> subscribe() {
        // A subscription that was refused before is tried again; one that is there costs nothing.
        return demand.serve(topics);
    }

    @Override
    public CompletableFuture<Void> register() {
        return ask(registration(info, topics, ttlMins, tenants));
    }

    @Override
    public CompletableFuture<Void> unregister() {
        CompletableFuture<Void> told =
                ask(request(RegistryText.UNREGISTER, RegistryText.unregister(info.getServiceId()), tenants));
        told.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.log(
                        Level.DEBUG,
                        "DXL0404 Service {0} {1} could not be unregistered: {2}",
                        info.getServiceType(),
                        info.getServiceId(),
                        Waiting.cause(failure).getMessage());
            }
        });
        return told;
    }

    @Override
    public void registered() {
        registeredAt = Instant.now();
        info.notifyRegistrationSucceeded();
    }

    @Override
    public void failed(Throwable failure, Duration nextTry) {
        String reason = Waiting.cause(failure).getMessage();
        info.registrationFailed(reason);
        LOG.log(
                Level.WARNING,
                "DXL0403 Service {0} {1} could not be registered: {2}; next try in {3} ms",
                info.getServiceType(),
                info.getServiceId(),
                reason,
                nextTry.toMillis());
    }

    private static Request registration(
            ServiceRegistrationInfo info, Set<String> topics, long ttlMins, Set<String> tenants) {
        return request(
                RegistryText.REGISTER,
                RegistryText.register(info.getServiceType(), info.getServiceId(), topics, info.getMetadata(), ttlMins),
                tenants);
    }

    private static Request request(String topic, byte[] payload, Set<String> tenants) {
        Request request = new Request(topic);
        request.setDestTenantGuids(tenants);
        request.setPayload(payload);
        return request;
    }

    private CompletableFuture<Void> ask(Request request) {
        try {
            return requests.ask(request, WAIT).thenCompose(OfferedService::confirmation);
        } catch (DxlException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletableFuture<Void> confirmation(Response response) {
        return response instanceof ErrorResponse error
                ? CompletableFuture.failedFuture(
                        new RefusedException("the broker refused: " + ForeignText.shown(error.getErrorMessage())
                                + " (0x" + Integer.toHexString(error.getErrorCode()) + ")"))
                : CompletableFuture.completedFuture(null);
    }
}
