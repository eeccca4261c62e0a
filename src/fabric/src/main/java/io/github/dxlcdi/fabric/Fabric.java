package io.github.dxlcdi.fabric;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.client.spi.EmbeddedFabric;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.fabric.broker.Brokers;
import io.github.dxlcdi.fabric.broker.Sender;
import io.github.dxlcdi.fabric.pki.Authority;
import io.github.dxlcdi.fabric.pki.Identity;
import io.github.dxlcdi.fabric.pki.Thumbprint;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A DXL fabric with one broker, or several that are bridged, on 127.0.0.1 and with a certificate authority of its own that ends with it.
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
    private static final String REVOCATION_LIST = "/mcafee/event/dxl/revocation/list";

    /** Keys of {@code dxl-cdi} that would lead elsewhere. */
    private static final List<String> OF_ANOTHER_FABRIC = List.of(
            "dxl.config-file",
            "dxl.websockets",
            "dxl.proxy.host",
            "dxl.proxy.port",
            "dxl.proxy.user",
            "dxl.proxy.password");

    private final EventLoop loop;
    private final Brokers doors;
    private final List<FabricBroker> brokers;
    private final Identities identities = new Identities();
    private final ClientIdentity identity;

    /** The endpoint that sends what {@link #publish} and {@link #detections()} publish. */
    private final Sender endpoint;

    private final Detections detections = new Detections(this);
    private final Faults faults;
    private final Authorisation authorisation;
    private boolean closed;

    Fabric(FabricBuilder builder) throws IOException {
        List<CompletableFuture<KeyPair>> brokerKeys =
                Stream.generate(Authority::makeKey).limit(builder.brokers()).toList();
        CompletableFuture<KeyPair> clientKey = Authority.makeKey();
        loop = new EventLoop("dxl-fabric");
        doors = new Brokers(loop);
        try {
            brokers = builder.start(doors, identities, brokerKeys);
            endpoint = Sender.unseen(Thumbprint.of(identities.authority()));
            identity = identities.client("dxl-client", clientKey.join());
        } catch (IOException | RuntimeException e) {
            doors.close();
            loop.close();
            // Keys that are still being made would outlive a start that has failed.
            Stream.concat(brokerKeys.stream(), Stream.of(clientKey))
                    .forEach(key -> key.handle((made, failed) -> null).join());
            throw e;
        }
        faults = new Faults(brokers);
        authorisation = new Authorisation(doors);
        brokers.forEach(broker -> broker.door().witness(detections::saw));
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
    public static FabricBuilder builder() {
        return new FabricBuilder();
    }

    /** The port that its first broker listens on; it stays the same over a restart. */
    public int port() {
        return broker(0).port();
    }

    /** The id of its first broker, a UUID without braces: the {@code sourceBrokerId} of what clients send there. */
    public String brokerId() {
        return broker(0).id();
    }

    /** Of the first broker. In braces: clients in JavaScript and Python take an id that begins with a digit for the port. */
    @Override
    public String brokerLine() {
        return broker(0).line();
    }

    /** The line of each broker, the first one's first. */
    public List<String> brokerLines() {
        return brokers.stream().map(FabricBroker::line).toList();
    }

    /** Its brokers, in the order of their ports if those were chosen; never empty. */
    public List<FabricBroker> brokers() {
        return brokers;
    }

    /** One of {@link #brokers()}, the first is 0; IndexOutOfBoundsException if there is none. */
    public FabricBroker broker(int index) {
        return brokers.get(index);
    }

    /** {@link FabricBroker#webSocketPort()} of its first broker. */
    public int webSocketPort() {
        return broker(0).webSocketPort();
    }

    /** {@link FabricBroker#webSocketLine()} of its first broker. */
    public String webSocketBrokerLine() {
        return broker(0).webSocketLine();
    }

    boolean hasWebSockets() {
        return broker(0).hasWebSockets();
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
     * the brokers and, inline, the certificates; and those that would name another fabric or a way there, emptied.
     */
    public Map<String, String> configuration() {
        Map<String, String> values = new HashMap<>(Map.of(
                "dxl.brokers", String.join(",", brokerLines()),
                "dxl.tls.ca", caPem(),
                "dxl.tls.certificate", certificatePem(),
                "dxl.tls.private-key", privateKeyPem(),
                "dxl.fabric.embedded", "false"));
        OF_ANOTHER_FABRIC.forEach(key -> values.put(key, ""));
        return Map.copyOf(values);
    }

    /** Publishes file detections, and waits for them. */
    public Detections detections() {
        return detections;
    }

    /** Breaks things, at every broker; {@link FabricBroker#faults()} does at one. */
    public Faults faults() {
        return faults;
    }

    /** Says who may send to a topic or receive from it. */
    public Authorisation authorisation() {
        return authorisation;
    }

    /**
     * Revokes a client's certificate, for good: its connections end, and new ones are refused in the TLS handshake with the
     * alert {@code certificate_unknown} (with TLS 1.3 the client's part is over by then). The event {@code
     * /mcafee/event/dxl/revocation/list} then brings the thumbprints of all that are revoked, as a JSON array of strings.
     */
    public void revoke(ClientIdentity client) {
        doors.revoke(client.thumbprint());
        publish(REVOCATION_LIST, doors.revocationList());
    }

    /**
     * Publishes an event with any payload, as if an endpoint had sent it: the first broker that is up stamps it and hands it to all who
     * subscribed. On return it is on its way.
     *
     * @param topic any topic without wildcards
     * @throws IllegalArgumentException if it has one, or if the message is above the message size limit
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
     * @param topic any topic without wildcards
     * @throws IllegalArgumentException if it has one, or if the message is above the message size limit
     */
    public void publishBytes(String topic, byte[] body) {
        doors.publish(endpoint, topic, body);
    }

    /** Number of clients that are connected. */
    public int connectedClients() {
        return brokers.stream().mapToInt(FabricBroker::connectedClients).sum();
    }

    /** Topics, and topics with wildcards, that somebody has subscribed at this moment; sorted. */
    public Set<String> subscriptions() {
        return brokers.stream()
                .flatMap(broker -> broker.subscriptions().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The services that clients have registered and that have not ended, broker by broker in the order of registration. */
    public List<ServiceRegistration> services() {
        return brokers.stream()
                .flatMap(broker -> broker.services().stream())
                .distinct()
                .toList();
    }

    boolean hasSubscriber(String topic) {
        return brokers.stream().anyMatch(broker -> broker.door().hasSubscriber(topic));
    }

    /** Messages that clients have lost because they read too slowly. */
    public long droppedMessages() {
        return brokers.stream().mapToLong(broker -> broker.door().dropped()).sum();
    }

    /** Ends all connections, takes a good second and leaves no thread. A second call waits for the first. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            doors.close();
            loop.close();
        }
    }
}
