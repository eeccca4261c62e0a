package io.github.dxlcdi.fabric.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A service that a client has registered. Field by field what brokers tell each other and their clients about it.
 *
 * @param serviceGuid id of this service, the client's choice
 * @param serviceType what kind of service it is; several may be of one type
 * @param requestChannels topics whose requests it serves; one that ends in {@code /#} stands for all topics below
 * @param metaData whatever the client wants to be known, name to value
 * @param ttlMins how long it lasts without being renewed, in minutes
 * @param clientGuid the client that registered it: the thumbprint of its certificate
 * @param clientInstanceGuid the connection that registered it
 * @param brokerGuid the broker that this client is connected to, without braces
 * @param certificates thumbprints of the client's certificate chain, the root's first
 * @param registrationTime when it was registered, in seconds since 1970
 */
public record ServiceRegistration(
        String serviceGuid,
        String serviceType,
        List<String> requestChannels,
        Map<String, String> metaData,
        long ttlMins,
        String clientGuid,
        String clientInstanceGuid,
        String brokerGuid,
        List<String> certificates,
        long registrationTime) {

    private static final String EVENT_TOPIC = "eventToRequestTopic";
    private static final String REQUEST_PREFIX = "eventToRequestPrefix";

    /** Keeps copies of the collections. */
    public ServiceRegistration {
        requestChannels = List.copyOf(requestChannels);
        metaData = Collections.unmodifiableMap(new LinkedHashMap<>(metaData));
        certificates = List.copyOf(certificates);
    }

    /** Whether {@code other} says the same, whenever it was said: then it renews this one and changes nothing. */
    public boolean isRenewedBy(ServiceRegistration other) {
        return equals(other.registeredAt(registrationTime));
    }

    /** The same, registered at another time, in seconds since 1970. */
    public ServiceRegistration registeredAt(long registrationTime) {
        return new ServiceRegistration(
                serviceGuid,
                serviceType,
                requestChannels,
                metaData,
                ttlMins,
                clientGuid,
                clientInstanceGuid,
                brokerGuid,
                certificates,
                registrationTime);
    }

    /**
     * The topics of the events that the service wants as requests, with the prefix of such a request's topic. Both are
     * in the metadata, under names that start with {@code eventToRequestTopic}, and {@code eventToRequestPrefix}.
     * Without a prefix there are none.
     */
    public Map<String, String> requestPrefixes() {
        String prefix = metaData.getOrDefault(REQUEST_PREFIX, "");
        if (prefix.isEmpty()) {
            return Map.of();
        }
        return metaData.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(EVENT_TOPIC))
                .collect(Collectors.toMap(Map.Entry::getValue, entry -> prefix, (same, again) -> same));
    }

    /** The JSON object that brokers publish about it, under the field's own names. A new map. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("serviceType", serviceType);
        json.put("serviceGuid", serviceGuid);
        json.put("requestChannels", requestChannels);
        json.put("metaData", metaData);
        json.put("ttlMins", ttlMins);
        json.put("clientGuid", clientGuid);
        json.put("clientInstanceGuid", clientInstanceGuid);
        json.put("brokerGuid", brokerGuid);
        json.put("registrationTime", registrationTime);
        json.put("certificates", certificates);
        json.put("managed", false);
        return json;
    }
}
