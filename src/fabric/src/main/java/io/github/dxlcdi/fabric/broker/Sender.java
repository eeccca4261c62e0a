package io.github.dxlcdi.fabric.broker;

import java.util.Set;
import java.util.UUID;

/**
 * Who a client is to the fabric. What it calls itself counts for nothing.
 *
 * @param canonicalId SHA-1 thumbprint of its certificate, 40 hexadecimal digits; the same for all its connections
 * @param instanceId id of one connection: {@code <canonical id>:<uuid>}
 * @param certificates thumbprints of its certificate chain joined by {@code ;}, the root's first, its own last
 */
public record Sender(String canonicalId, String instanceId, String certificates) {

    /**
     * A new connection of the client with these thumbprints.
     *
     * @param rootThumbprint thumbprint of the authority that issued its certificate
     * @param thumbprint thumbprint of its certificate
     */
    public static Sender connecting(String rootThumbprint, String thumbprint) {
        return new Sender(thumbprint, thumbprint + ":" + UUID.randomUUID(), rootThumbprint + ";" + thumbprint);
    }

    /** Whether a message to the clients of these ids is for this one. */
    boolean isAmong(Set<String> clientIds) {
        return clientIds.contains(instanceId) || clientIds.contains(canonicalId);
    }
}
