package com.opendxl.client;

import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import com.opendxl.client.util.UuidGenerator;
import io.github.dxlcdi.client.dispatch.TopicCallbacks;
import io.github.dxlcdi.client.service.Lifetime;
import io.github.dxlcdi.client.transport.MqttTopic;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A service that a client offers: which topics it answers, and by which callbacks. A change counts when the service is
 * registered the next time, by {@link DxlClient#registerServiceAsync}; lifetime and tenants only at the first time. Safe
 * from any thread.
 */
public class ServiceRegistrationInfo {
    private final String serviceType;
    private final String serviceId = UuidGenerator.generateIdAsString();
    private final Lifetime lifetime = Lifetime.read();

    // Guarded by this
    private final Map<String, Set<RequestCallback>> callbacks = new LinkedHashMap<>();
    private Map<String, String> metadata = new LinkedHashMap<>();
    private Set<String> destTenantGuids = new LinkedHashSet<>();
    private long ttl = lifetime.standard();
    private CompletableFuture<Void> registered = new CompletableFuture<>();
    private CompletableFuture<Void> unregistered = new CompletableFuture<>();
    private String lastFailure;

    /**
     * A service with an id made at random.
     *
     * @param client the client that will offer it
     * @param serviceType what kind of service it is, such as {@code /mycompany/myservice}
     * @throws IllegalArgumentException if the type is null or empty
     */
    public ServiceRegistrationInfo(DxlClient client, String serviceType) {
        if (serviceType == null || serviceType.isEmpty()) {
            throw new IllegalArgumentException(
                    "A service needs a type, but it is " + (serviceType == null ? "null" : "empty"));
        }
        this.serviceType = serviceType;
    }

    /** What kind of service it is; several services may be of one kind. */
    public String getServiceType() {
        return serviceType;
    }

    /** The id of this one service, a UUID in braces. */
    public String getServiceId() {
        return serviceId;
    }

    /** How long a registration holds, in minutes, rounded up: what the broker is told. */
    public long getTtlMins() {
        return lifetime.minutes(getTtl());
    }

    /** How long a registration holds before it is renewed, in minutes, or the unit of {@link #getTtlResolution()}. */
    public synchronized long getTtl() {
        return ttl;
    }

    /**
     * Sets it; 60 by default, or the number in the system property {@code dxlClient.service.ttlDefault}.
     *
     * @throws IllegalArgumentException below 10, or the number in {@code dxlClient.service.ttlLowerLimit}; above 2,147,483,647
     *     minutes, as the broker counts them in an int
     */
    public synchronized void setTtl(long ttl) throws IllegalArgumentException {
        if (ttl < lifetime.least()) {
            throw new IllegalArgumentException(
                    "The lifetime of a registration is " + ttl + ", expected " + lifetime.least() + " or more");
        }
        if (ttl > lifetime.most()) {
            throw new IllegalArgumentException(
                    "The lifetime of a registration is " + ttl + ", expected " + lifetime.most() + " at the most");
        }
        this.ttl = ttl;
    }

    /** How many units of {@link #getTtl()} make a minute: 1, or 60 with {@code dxlClient.service.ttlResolution=sec}. */
    public long getTtlResolution() {
        return lifetime.unitsPerMinute();
    }

    /** A copy of the topics that it answers. */
    public synchronized Set<String> getTopics() {
        return new LinkedHashSet<>(callbacks.keySet());
    }

    /** A copy of the topics with their callbacks. */
    public synchronized Map<String, Set<RequestCallback>> getCallbacksByTopic() {
        Map<String, Set<RequestCallback>> copy = new LinkedHashMap<>();
        callbacks.forEach((topic, all) -> copy.put(topic, new LinkedHashSet<>(all)));
        return copy;
    }

    /**
     * Adds a topic, or to a topic a callback. A topic that ends in {@code #} stands for all below it.
     *
     * @throws IllegalArgumentException if the topic is null or empty or has a misplaced wildcard, or if the callback is
     *     null; then nothing is added
     */
    public synchronized void addTopic(String topic, RequestCallback callback) {
        TopicCallbacks.requireCallback(topic, callback);
        callbacks
                .computeIfAbsent(MqttTopic.requireFilter(topic), first -> new LinkedHashSet<>())
                .add(callback);
    }

    /** Removes a callback, and with the last one its topic; one that is not there is no error. */
    public synchronized void removeTopic(String topic, RequestCallback callback) {
        callbacks.computeIfPresent(topic, (same, all) -> {
            all.remove(callback);
            return all.isEmpty() ? null : all;
        });
    }

    /** A copy of what is told of the service besides. */
    public synchronized Map<String, String> getMetadata() {
        return new LinkedHashMap<>(metadata);
    }

    /**
     * Sets it; null means nothing.
     *
     * @throws IllegalArgumentException if a key or a value is null
     */
    public synchronized void setMetadata(Map<String, String> metadata) {
        Map<String, String> copy = metadata == null ? new LinkedHashMap<>() : new LinkedHashMap<>(metadata);
        copy.forEach(ServiceRegistrationInfo::requireTexts);
        this.metadata = copy;
    }

    /**
     * Adds to it. Brokers heed {@code eventToRequestPrefix} and keys that begin with {@code eventToRequestTopic}: an event
     * on such a topic becomes a request on the prefix followed by the topic. The topic may be a wildcard that ends in
     * {@code #}. Without a prefix no event becomes a request. Each of these topics has only one prefix in the fabric,
     * that of the service registered last.
     *
     * @throws IllegalArgumentException if the key or the value is null
     */
    public synchronized void addMetadata(String key, String value) {
        requireTexts(key, value);
        metadata.put(key, value);
    }

    /** A broker reads texts and nothing else, and never answers a registration that it can't read. */
    private static void requireTexts(String key, String value) {
        if (key == null || value == null) {
            throw new IllegalArgumentException(
                    "Metadata are texts, but the " + (key == null ? "key" : "value of '" + key + "'") + " is null");
        }
    }

    /** A copy of the tenants that may use the service; empty: all. */
    public synchronized Set<String> getDestTenantGuids() {
        return new LinkedHashSet<>(destTenantGuids);
    }

    /** Sets them; null means all. */
    public synchronized void setDestTenantGuids(Set<String> destTenantGuids) {
        this.destTenantGuids = destTenantGuids == null ? new LinkedHashSet<>() : new LinkedHashSet<>(destTenantGuids);
    }

    /**
     * Waits until the broker has confirmed the last registration.
     *
     * @param waitTime how long, ms
     * @throws WaitTimeoutException if it has not by then; the client goes on trying
     * @throws DxlException if the service was unregistered or the client closed meanwhile
     */
    public void waitForRegistration(long waitTime) throws DxlException {
        waitForRegistrationNotification(waitTime, true);
    }

    /**
     * Waits until the broker has confirmed that the service is unregistered.
     *
     * @param waitTime how long, ms
     * @throws WaitTimeoutException if it has not by then
     */
    public void waitForUnregistration(long waitTime) throws DxlException {
        waitForRegistrationNotification(waitTime, false);
    }

    /**
     * What both waits do; a subclass that overrides it changes both.
     *
     * @param waitTime how long, ms
     * @param registration true: {@link #waitForRegistration}; false: {@link #waitForUnregistration}
     * @throws DxlException as these two
     */
    protected void waitForRegistrationNotification(long waitTime, boolean registration) throws DxlException {
        CompletableFuture<Void> awaited;
        synchronized (this) {
            awaited = registration ? registered : unregistered;
        }
        await(awaited, waitTime, registration ? "registered" : "unregistered");
    }

    /** Ends the waits for the registration; called by the client. */
    public void notifyRegistrationSucceeded() {
        CompletableFuture<Void> awaited;
        synchronized (this) {
            lastFailure = null;
            awaited = registered;
        }
        awaited.complete(null);
    }

    /** Ends the waits for the end of the registration; called by the client. */
    public void notifyUnregistrationSucceeded() {
        CompletableFuture<Void> awaited;
        synchronized (this) {
            awaited = unregistered;
        }
        awaited.complete(null);
    }

    Lifetime lifetime() {
        return lifetime;
    }

    /** From now on waits are for a confirmation that is still to come. */
    synchronized void expectRegistration() {
        if (registered.isDone()) {
            registered = new CompletableFuture<>();
        }
        if (unregistered.isDone()) {
            unregistered = new CompletableFuture<>();
        }
    }

    synchronized void registrationFailed(String reason) {
        lastFailure = reason;
    }

    /** No confirmation will come. */
    void registrationEnded(String reason) {
        CompletableFuture<Void> awaited;
        synchronized (this) {
            awaited = registered;
        }
        awaited.completeExceptionally(new DxlException("Service " + serviceType + " is not registered: " + reason));
    }

    private void await(CompletableFuture<Void> confirmed, long millis, String what) throws DxlException {
        try {
            confirmed.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String failure;
            synchronized (this) {
                failure = lastFailure;
            }
            throw new WaitTimeoutException("The broker has not confirmed within " + millis + " ms that service "
                    + serviceType + " is " + what + (failure == null ? "" : "; the last try failed: " + failure));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DxlException("Interrupted while waiting for service " + serviceType + " to be " + what, e);
        } catch (ExecutionException e) {
            throw new DxlException(e.getCause().getMessage());
        }
    }
}
