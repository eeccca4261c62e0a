package io.github.dxlcdi.fabric;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.spi.EmbeddedFabric;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.fabric.broker.Broker;
import io.github.dxlcdi.fabric.broker.BrokerSettings;
import io.github.dxlcdi.fabric.broker.Sender;
import io.github.dxlcdi.fabric.pki.Authority;
import io.github.dxlcdi.fabric.pki.Identity;
import io.github.dxlcdi.fabric.pki.Thumbprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A DXL fabric with one broker, on 127.0.0.1 and with a certificate authority of its own that ends with it.
 *
 * <pre>{@code
 * try (Fabric fabric = Fabric.start()) {
 *     fabric.writeConfig(folder);      // any DXL client joins with folder/dxlclient.config
 *     fabric.detections().publishRandom();
 * }
 * }</pre>
 *
 * <p>Safe from any thread. Once closed, what would act throws IllegalStateException, what only tells still tells.
 */
public final class Fabric implements EmbeddedFabric.Running {
    private static final int THUMBPRINT_BYTES = 20;

    private final EventLoop loop;
    private final Broker broker;
    private final String brokerId;
    private final Identities identities;
    private final ClientIdentity identity;

    /** The endpoint that sends what {@link #publish} and {@link #detections()} publish. */
    private final Sender endpoint;

    private final Detections detections = new Detections(this);
    private final Faults faults;
    private boolean closed;

    private Fabric(Builder builder) throws IOException {
        CompletableFuture<KeyPair> brokerKey = Authority.makeKey();
        CompletableFuture<KeyPair> clientKey = Authority.makeKey();
        loop = new EventLoop("dxl-fabric");
        try {
            brokerId = UUID.randomUUID().toString();
            broker = new Broker(loop, builder.settings(brokerId));
            identities = new Identities("OpenDxlBroker-" + brokerId, brokerKey.join());
            endpoint = Sender.connecting(Thumbprint.of(identities.authority()), randomThumbprint());
            broker.serve(identities.broker(), identities.authority());
            identity = identities.client("dxl-client", clientKey.join());
        } catch (IOException | RuntimeException e) {
            loop.close();
            // Keys that are still being made would outlive a start that has failed.
            CompletableFuture.allOf(brokerKey, clientKey)
                    .handle((made, failed) -> null)
                    .join();
            throw e;
        }
        faults = new Faults(broker, identities);
        broker.witness(detections::saw);
    }

    /**
     * Starts a fabric on a free port.
     *
     * @throws UncheckedIOException if it can't listen
     */
    public static Fabric start() {
        return builder().start();
    }

    /** A fabric with settings of one's own. */
    public static Builder builder() {
        return new Builder();
    }

    /** The port that its broker listens on; it stays the same over a restart. */
    public int port() {
        return broker.port();
    }

    /** The id of its broker, a UUID without braces: the {@code sourceBrokerId} of what passes it. */
    public String brokerId() {
        return brokerId;
    }

    /** In braces: clients in JavaScript and Python take an id that begins with a digit for the port. */
    @Override
    public String brokerLine() {
        return "{" + brokerId + "};" + port() + ";localhost;127.0.0.1";
    }

    @Override
    public String caPem() {
        return Identity.pem(identities.authority());
    }

    /** The certificate of {@link #identity()}, PEM. */
    @Override
    public String certificatePem() {
        return identity.certificatePem();
    }

    /** The key of {@link #identity()}: RSA 2048, unencrypted PKCS#8 PEM. */
    @Override
    public String privateKeyPem() {
        return identity.privateKeyPem();
    }

    /** The client that {@link #writeConfig} makes a folder for. */
    public ClientIdentity identity() {
        return identity;
    }

    /** Another client that is let in; takes a third of a second. */
    public ClientIdentity newIdentity(String commonName) {
        return identities.client(commonName);
    }

    /** A client with a key of its own, RSA or EC, that is let in: its certificate, PEM. */
    public String certify(String commonName, PublicKey key) {
        return identities.certify(commonName, key);
    }

    /**
     * A client that is let in, but whose certificate ends after {@code validity}; takes a third of a second.
     *
     * @param validity negative for one that has ended already
     */
    public ClientIdentity newIdentity(String commonName, Duration validity) {
        return identities.client(commonName, validity);
    }

    /** A client whose certificate has expired an hour ago, and is refused; takes a third of a second. */
    public ClientIdentity expiredIdentity(String commonName) {
        return identities.expiredClient(commonName);
    }

    /**
     * Writes what a DXL client of any language needs to join: {@code dxlclient.config}, {@code ca-bundle.crt}, {@code
     * client.crt} and {@code client.key}, the key readable by its owner only where the file system can do that. Makes the
     * folder if it isn't there, and overwrites files of these names.
     *
     * @throws UncheckedIOException if it can't be written
     */
    public void writeConfig(Path folder) {
        try {
            ConfigFolder.write(folder, this);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't write the client's configuration to " + folder, e);
        }
    }

    /**
     * What an application needs in MicroProfile Config to join as {@link #identity()}: the keys of {@code dxl-cdi} for
     * the broker and, inline, the certificates; and those that would name another fabric, emptied.
     */
    public Map<String, String> configuration() {
        return Map.of(
                "dxl.brokers", brokerLine(),
                "dxl.tls.ca", caPem(),
                "dxl.tls.certificate", certificatePem(),
                "dxl.tls.private-key", privateKeyPem(),
                "dxl.config-file", "",
                "dxl.fabric.embedded", "false");
    }

    /** Publishes file detections, and waits for them. */
    public Detections detections() {
        return detections;
    }

    /** Breaks things. */
    public Faults faults() {
        return faults;
    }

    /**
     * Publishes an event with any payload, as if an endpoint had sent it: the broker stamps it and hands it to all who
     * subscribed. A payload above the message size limit vanishes. On return it is on its way.
     *
     * @param topic any topic without wildcards; else IllegalArgumentException
     */
    public void publish(String topic, byte[] payload) {
        Event event = new Event(topic);
        event.setPayload(payload);
        try {
            publishBytes(topic, event.toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Publishes {@code body} in place of a whole DXL message, as if an endpoint had sent it. If it is none, it arrives as
     * it is.
     *
     * @param topic any topic without wildcards; else IllegalArgumentException
     */
    public void publishBytes(String topic, byte[] body) {
        broker.publish(endpoint, topic, body);
    }

    /** Number of clients that are connected. */
    public int connectedClients() {
        return broker.connectedClients();
    }

    /** Topics, and topics with wildcards, that somebody has subscribed at this moment; sorted. */
    public Set<String> subscriptions() {
        return broker.subscriptions();
    }

    boolean hasSubscriber(String topic) {
        return broker.hasSubscriber(topic);
    }

    /** Messages that clients have lost because they read too slowly. */
    public long droppedMessages() {
        return broker.dropped();
    }

    /** Ends all connections, takes a good second and leaves no thread. A second call waits for the first. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            broker.close();
            loop.close();
        }
    }

    private static String randomThumbprint() {
        byte[] random = new byte[THUMBPRINT_BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Settings of a fabric. Not thread-safe. */
    public static final class Builder {
        private static final int DEFAULT_MESSAGE_SIZE_LIMIT = 1024 * 1024;
        private static final int LARGEST_MESSAGE_SIZE_LIMIT = 32 * 1024 * 1024;
        private static final int PENDING_BYTES_LIMIT = 64 * 1024 * 1024;
        private static final List<String> TLS_PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

        private int port;
        private List<String> tlsProtocols = TLS_PROTOCOLS;
        private CipherProfile ciphers = CipherProfile.JDK;
        private int messageSizeLimit = DEFAULT_MESSAGE_SIZE_LIMIT;

        private Builder() {}

        /** The port to listen on, 1 to 65535; 0, the default, for a free one. */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("Port " + port + " is not in 0 to 65535");
            }
            this.port = port;
            return this;
        }

        /** Versions of TLS to speak: {@code TLSv1.2}, {@code TLSv1.3}, or both, which is the default. */
        public Builder tlsProtocols(String... protocols) {
            if (protocols.length == 0 || !TLS_PROTOCOLS.containsAll(List.of(protocols))) {
                throw new IllegalArgumentException(
                        "TLS protocols " + List.of(protocols) + " are not some of " + TLS_PROTOCOLS);
            }
            this.tlsProtocols = List.of(protocols);
            return this;
        }

        /** The cipher suites to speak, and with them the versions of TLS; {@link CipherProfile#JDK} by default. */
        public Builder ciphers(CipherProfile ciphers) {
            this.ciphers = ciphers;
            this.tlsProtocols = ciphers.protocols();
            return this;
        }

        /** Longest message in bytes, 1 to 32 MiB; a longer one vanishes. 1 MiB by default, as at a DXL broker. */
        public Builder messageSizeLimit(int bytes) {
            if (bytes < 1 || bytes > LARGEST_MESSAGE_SIZE_LIMIT) {
                throw new IllegalArgumentException(
                        "Message size limit " + bytes + " is not in 1 to " + LARGEST_MESSAGE_SIZE_LIMIT);
            }
            this.messageSizeLimit = bytes;
            return this;
        }

        /**
         * Starts it.
         *
         * @throws UncheckedIOException if it can't listen on the port; the message says so
         */
        public Fabric start() {
            try {
                return new Fabric(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }

        private BrokerSettings settings(String brokerId) {
            return new BrokerSettings(
                    brokerId, port, tlsProtocols, messageSizeLimit, PENDING_BYTES_LIMIT, ciphers.suites());
        }
    }
}
