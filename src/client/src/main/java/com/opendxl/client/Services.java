package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import io.github.dxlcdi.client.connection.BackOff;
import io.github.dxlcdi.client.connection.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The services of this client and their registrations. Its methods may be called from any thread, but for {@link #ready} and
 * {@link #lost}, which are the event loop's.
 */
final class Services {
    private static final long LEAVE_MILLIS = 300;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Connection connection;
    private final Requests requests;
    private final OfferedServices offered;
    private final TopicDemand demand;
    private final BackOff.Settings pauses;
    private final Map<String, OfferedService> byId = new ConcurrentHashMap<>();

    /** Those that were unregistered and that a broker may know all the same; it is told on the next connect. Event loop. */
    private final List<OfferedService> toTakeBack = new ArrayList<>();

    /** Whether there is a broker, and the client is not about to leave it. Set on the event loop. */
    private volatile boolean connected;

    private volatile boolean closed;

    /** @param pauses the pauses between tries to register */
    Services(
            Connection connection,
            Requests requests,
            OfferedServices offered,
            TopicDemand demand,
            BackOff.Settings pauses) {
        this.connection = connection;
        this.requests = requests;
        this.offered = offered;
        this.demand = demand;
        this.pauses = pauses;
    }

    /** Registers, or tells the broker what has changed. Done when that is under way. */
    CompletableFuture<Void> register(ServiceRegistrationInfo info) throws DxlException {
        OfferedService service;
        synchronized (this) {
            if (closed) {
                throw new DxlException("The client is closed");
            }
            OfferedService.requireSendable(info, requests);
            service =
                    byId.computeIfAbsent(info.getServiceId(), id -> new OfferedService(info, requests, demand, pauses));
            var byTopic = info.getCallbacksByTopic();
            offered.put(info.getServiceId(), byTopic);
            service.update(byTopic.keySet());
        }
        return startUnlessOffline(service);
    }

    /** Registers and waits for the confirmation. */
    void registerSync(ServiceRegistrationInfo info, long millis) throws DxlException {
        requests.requireMayWait("registerServiceSync", "registerServiceAsync");
        requireConnected();
        Waiting.await(register(info), "register a service");
        info.waitForRegistration(millis);
    }

    /** Takes it back; done when the broker has confirmed, or need not be asked. */
    CompletableFuture<Void> unregister(String serviceId) {
        OfferedService service;
        synchronized (this) {
            service = serviceId == null ? null : byId.remove(serviceId);
            if (service == null) {
                return DONE;
            }
            offered.remove(serviceId);
        }
        service.info().registrationEnded("it was unregistered");
        CompletableFuture<Void> takenBack = connection.call(loop -> {
            CompletableFuture<Void> told = service.registration().withdraw();
            toTakeBack.add(service);
            toTakeBack.removeIf(each -> !each.registration().mayBeKnown());
            if (!connected && service.registration().mayBeKnown()) {
                return CompletableFuture.failedFuture(new DxlException(
                        "Not connected to a broker; the service is unregistered on the next connect, if there is one"));
            }
            return told;
        });
        // Not before: requests that the broker has sent on by then are refused, not lost.
        return takenBack
                .whenComplete((told, failure) -> demand.serveNot(service.topics()))
                .exceptionallyCompose(
                        failure -> service.registration().mayBeKnown() ? CompletableFuture.failedFuture(failure) : DONE)
                .thenRun(service.info()::notifyUnregistrationSucceeded);
    }

    /** Takes it back and waits for the confirmation; one that is not there is none to wait for. */
    void unregisterSync(ServiceRegistrationInfo info, long millis) throws DxlException {
        requests.requireMayWait("unregisterServiceSync", "unregisterServiceAsync");
        try {
            unregister(info.getServiceId()).get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new WaitTimeoutException("The broker has not confirmed within " + millis + " ms that service "
                    + info.getServiceType() + " is unregistered");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DxlException("Interrupted while waiting to unregister a service", e);
        } catch (ExecutionException e) {
            throw new DxlException("Service " + info.getServiceType() + " could not be unregistered", e.getCause());
        }
    }

    /** Registers all that are there, and takes back what was unregistered meanwhile. */
    void ready() {
        connected = true;
        connection.call(loop -> {
            // First: one that is offered again has the id of one that was withdrawn.
            toTakeBack.removeIf(service -> !service.registration().mayBeKnown());
            toTakeBack.forEach(service -> service.registration().connected(loop));
            byId.values().forEach(service -> service.registration().connected(loop));
            return DONE;
        });
    }

    void lost() {
        connected = false;
        byId.values().forEach(service -> service.registration().lost());
    }

    /** Takes all back before the client leaves its broker, at the same time, and waits no longer than a moment. */
    void leave() {
        if (!connected) {
            return;
        }
        CompletableFuture<Void> left = connection.call(loop -> {
            // A service that is registered from here on would be one too many at the broker: it waits for the next
            // connect.
            connected = false;
            return CompletableFuture.allOf(byId.values().stream()
                    .map(service -> service.registration().leave())
                    .toArray(CompletableFuture<?>[]::new));
        });
        if (connection.isEventLoop()) {
            return;
        }
        try {
            left.get(LEAVE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The broker forgets them when their lifetime is over.
        }
    }

    /** Nothing is registered any more, and nobody waits for it. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        byId.values().forEach(service -> service.info().registrationEnded("the client is closed"));
    }

    /** What {@code DxlClient.getActiveServices} tells. */
    List<Map<String, Object>> active() {
        return byId.values().stream().map(OfferedService::facts).toList();
    }

    private CompletableFuture<Void> startUnlessOffline(OfferedService service) {
        CompletableFuture<Void> started = connection.call(loop -> {
            service.info().expectRegistration();
            if (byId.containsValue(service)) {
                toTakeBack.removeIf(each -> follows(service, each));
                if (connected) {
                    service.registration().connected(loop);
                }
            }
            return DONE;
        });
        // Without an event loop there is no broker, and the first connect will find the service.
        return started.exceptionally(failure -> {
            service.info().expectRegistration();
            return null;
        });
    }

    /** Whether they have one id: then to take back what it was before would take back what it is now. */
    private static boolean follows(OfferedService service, OfferedService withdrawn) {
        boolean follows = withdrawn.info().getServiceId().equals(service.info().getServiceId());
        if (follows) {
            service.registration().follow(withdrawn.registration());
        }
        return follows;
    }

    private void requireConnected() throws DxlException {
        if (!connected) {
            throw new DxlException("Not connected to a broker; connect first, or register asynchronously");
        }
    }
}
