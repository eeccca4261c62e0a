package io.github.dxlcdi.fabric;

import io.github.dxlcdi.client.transport.PacketSize;
import io.github.dxlcdi.fabric.broker.Broker;
import io.github.dxlcdi.fabric.broker.BrokerSettings;
import io.github.dxlcdi.fabric.broker.Brokers;
import io.github.dxlcdi.fabric.registry.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Settings of a fabric, from {@link Fabric#builder()}. Not thread-safe. */
public final class FabricBuilder {
    private static final int LARGEST_MESSAGE_SIZE_LIMIT = 32 * 1024 * 1024;
    private static final int PENDING_BYTES_LIMIT = 64 * 1024 * 1024;
    private static final int LAST_PORT = 65_535;
    private static final int MOST_BROKERS = 16;
    private static final List<String> TLS_PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    private int port;
    private int brokers = 1;
    private List<String> tlsProtocols = TLS_PROTOCOLS;
    private CipherProfile ciphers = CipherProfile.JDK;
    private int messageSizeLimit = PacketSize.BROKER_DEFAULT;
    private int pendingBytesLimit = PENDING_BYTES_LIMIT;
    private RegistrySettings registry = RegistrySettings.DEFAULT;
    private boolean ownServices = true;
    private boolean announceClients;
    private int connectionLimit;
    private boolean webSockets;
    private boolean ipv6;

    FabricBuilder() {}

    /** The first broker's port, 1 to 65535, others take those after it; 0, the default, for free ones. */
    public FabricBuilder port(int port) {
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("Port " + port + " is not in 0 to " + LAST_PORT);
        }
        this.port = port;
        return this;
    }

    /**
     * How many brokers the fabric has, 1 to 16; 1 by default. They are bridged: what is published at
     * one reaches the subscribers of all, once. But as at DXL brokers only topics and {@code #} are known beyond the
     * bridge: who has subscribed with a {@code +} receives from other brokers only what another subscription at the same
     * broker draws there.
     */
    public FabricBuilder brokers(int brokers) {
        if (brokers < 1 || brokers > MOST_BROKERS) {
            throw new IllegalArgumentException(brokers + " brokers are not 1 to " + MOST_BROKERS);
        }
        this.brokers = brokers;
        return this;
    }

    /** Versions of TLS to speak: {@code TLSv1.2}, {@code TLSv1.3}, or both, which is the default. */
    public FabricBuilder tlsProtocols(String... protocols) {
        if (protocols.length == 0 || !TLS_PROTOCOLS.containsAll(List.of(protocols))) {
            throw new IllegalArgumentException(
                    "TLS protocols " + List.of(protocols) + " are not some of " + TLS_PROTOCOLS);
        }
        this.tlsProtocols = List.of(protocols);
        return this;
    }

    /** The cipher suites to speak, and with them the versions of TLS; {@link CipherProfile#JDK} by default. */
    public FabricBuilder ciphers(CipherProfile ciphers) {
        this.ciphers = ciphers;
        this.tlsProtocols = ciphers.protocols();
        return this;
    }

    /**
     * Longest MQTT packet in bytes that a client may send, its header and topic included, 1 to 33,554,432. A longer one
     * costs the sender its connection, without a word. 1,048,576 by default; all as at a DXL broker.
     */
    public FabricBuilder messageSizeLimit(int bytes) {
        if (bytes < 1 || bytes > LARGEST_MESSAGE_SIZE_LIMIT) {
            throw new IllegalArgumentException(
                    "Message size limit " + bytes + " is not in 1 to " + LARGEST_MESSAGE_SIZE_LIMIT);
        }
        this.messageSizeLimit = bytes;
        return this;
    }

    /** For tests: bytes that may wait for one slow client. */
    FabricBuilder pendingBytesLimit(int bytes) {
        this.pendingBytesLimit = bytes;
        return this;
    }

    /** When registrations of services end; by default as at a DXL broker: five minutes or more after their time. */
    public FabricBuilder serviceRegistry(RegistrySettings settings) {
        this.registry = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Whether a broker has services of its own under {@code /mcafee/service/dxl/}: the registry of services and the queries.
     * {@code true} by default, as at a DXL broker; without them it is like a plain MQTT broker: requests go to all who have
     * subscribed to their topic, and a client may stand in for the registry, to refuse registrations or to be silent.
     */
    public FabricBuilder ownServices(boolean ownServices) {
        this.ownServices = ownServices;
        return this;
    }

    /** Whether the broker publishes an event when a client comes or goes; as at a DXL broker it doesn't by default. */
    public FabricBuilder announceClients(boolean announceClients) {
        this.announceClients = announceClients;
        return this;
    }

    /** Most clients at each broker, the next is refused with MQTT's return code 3; 0, the default, for any number. */
    public FabricBuilder connectionLimit(int clients) {
        if (clients < 0) {
            throw new IllegalArgumentException("A limit of " + clients + " connections is negative");
        }
        this.connectionLimit = clients;
        return this;
    }

    /** Whether it listens for web sockets over TLS too, each broker on a free port; not by default. */
    public FabricBuilder webSockets(boolean webSockets) {
        this.webSockets = webSockets;
        return this;
    }

    /** Whether it listens on {@code ::1} too, on the same port or ports; not by default, as not every machine has it. */
    public FabricBuilder ipv6(boolean ipv6) {
        this.ipv6 = ipv6;
        return this;
    }

    /**
     * Starts it.
     *
     * @throws UncheckedIOException if it can't listen on the port; the message says so
     */
    public Fabric start() {
        if (port + brokers - 1 > LAST_PORT) {
            throw new IllegalArgumentException(
                    "Port " + port + " and those after it are not enough for " + brokers + " brokers");
        }
        try {
            return new Fabric(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    int brokers() {
        return brokers;
    }

    /** Starts the brokers of a fabric. */
    List<FabricBroker> start(Brokers doors, Identities identities, List<CompletableFuture<KeyPair>> keys)
            throws IOException {
        List<FabricBroker> started = new ArrayList<>();
        for (CompletableFuture<KeyPair> key : keys) {
            String id = UUID.randomUUID().toString();
            Broker broker = doors.add(settings(id, port == 0 ? 0 : port + started.size()));
            started.add(FabricBroker.serving(id, broker, identities.broker(id, key.join())));
        }
        return List.copyOf(started);
    }

    private BrokerSettings settings(String brokerId, int port) {
        return new BrokerSettings(
                brokerId,
                port,
                tlsProtocols,
                messageSizeLimit,
                pendingBytesLimit,
                registry,
                ownServices,
                announceClients,
                connectionLimit,
                webSockets,
                ipv6,
                ciphers.suites());
    }
}
