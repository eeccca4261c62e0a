package io.github.dxlcdi.fabric.broker;

import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who a client is to the fabric. What it calls itself counts for nothing.
 *
 * @param canonicalId SHA-1 thumbprint of its certificate, 40 hexadecimal digits; the same for all its connections
 * @param instanceId id of one connection: {@code <canonical id>:<uuid>}
 * @param certificates thumbprints of its certificate chain joined by {@code ;}, the root's first, its own last
 */
public record Sender(String canonicalId, String instanceId, String certificates) {

    private static final int THUMBPRINT_BYTES = 20;

    /**
     * A new connection of the client with these thumbprints.
     *
     * @param rootThumbprint thumbprint of the authority that issued its certificate
     * @param thumbprint thumbprint of its certificate
     */
    public static Sender connecting(String rootThumbprint, String thumbprint) {
        return new Sender(thumbprint, thumbprint + ":" + UUID.randomUUID(), rootThumbprint + ";" + thumbprint);
    }

    /** A new connection of a client whose certificate nobody has ever seen. */
    public static Sender unseen(String rootThumbprint) {
        byte[] thumbprint = new byte[THUMBPRINT_BYTES];
        ThreadLocalRandom.current().nextBytes(thumbprint);
        return connecting(rootThumbprint, HexFormat.of().formatHex(thumbprint));
    }

    /** Whether a message to the clients of these ids is for this one. */
    boolean isAmong(Set<String> clientIds) {
        return clientIds.contains(instanceId) || clientIds.contains(canonicalId);
    }
}
