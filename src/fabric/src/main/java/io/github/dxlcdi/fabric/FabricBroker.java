package io.github.dxlcdi.fabric;

import io.github.dxlcdi.fabric.broker.Broker;
import io.github.dxlcdi.fabric.registry.ServiceRegistration;
import java.util.List;
import java.util.Set;

/**
 * One of the brokers of a {@link Fabric}: where it is, who is attached to it, and what goes wrong with it alone. Safe from
 * any thread; once the fabric is closed it still tells its id and its port, and has no clients.
 */
public final class FabricBroker {
    private final String id;
    private final Broker broker;
    private final BrokerCertificates certificates;
    private final Faults faults = new Faults(List.of(this));

    private FabricBroker(String id, Broker broker, BrokerCertificates certificates) {
        this.id = id;
        this.broker = broker;
        this.certificates = certificates;
    }

    /** {@code broker}, which lets clients in from now on. */
    static FabricBroker serving(String id, Broker broker, BrokerCertificates certificates) {
        broker.serve(certificates.good(), certificates.authority());
        return new FabricBroker(id, broker, certificates);
    }

    /** Its id, a UUID without braces: the {@code sourceBrokerId} of what a client sends by way of it. */
    public String id() {
        return id;
    }

    /** The port on 127.0.0.1 that it listens on; it stays the same over a restart. */
    public int port() {
        return broker.port();
    }

    /**
     * The port on which it speaks web sockets.
     *
     * @throws IllegalStateException if the fabric was started without {@link FabricBuilder#webSockets}
     */
    public int webSocketPort() {
        if (!hasWebSockets()) {
            throw new IllegalStateException("This fabric speaks no web sockets; start it with webSockets(true)");
        }
        return broker.webSocketPort();
    }

    /** Its line for {@code [BrokersWebSockets]}; IllegalStateException as {@link #webSocketPort()}. */
    public String webSocketLine() {
        return line(webSocketPort());
    }

    boolean hasWebSockets() {
        return broker.webSocketPort() != 0;
    }

    /** Its line in a client's configuration, as {@link Fabric#brokerLine()} is the first one's. */
    public String line() {
        return line(port());
    }

    private String line(int port) {
        return "{" + id + "};" + port + ";localhost;127.0.0.1";
    }

    /** Whether it is up: neither stopped nor in the pause of a restart. */
    public boolean isUp() {
        return broker.isUp();
    }

    /** Number of clients that are connected to it. */
    public int connectedClients() {
        return broker.connectedClients();
    }

    /** The thumbprints of the clients that are connected to it, one for each connection, the oldest first. */
    public List<String> clients() {
        return broker.clients();
    }

    /** Topics, and topics with wildcards, that its own clients have subscribed at this moment; sorted. */
    public Set<String> subscriptions() {
        return broker.subscriptions();
    }

    /** The services that it knows of, whichever broker their clients are connected to, in the order of registration. */
    public List<ServiceRegistration> services() {
        return broker.services();
    }

    /** Breaks things at this broker; the others don't take part, but are cut off from it while it is down. */
    public Faults faults() {
        return faults;
    }

    /** Names the broker and its port. */
    @Override
    public String toString() {
        return line();
    }

    Broker door() {
        return broker;
    }

    BrokerCertificates certificates() {
        return certificates;
    }
}
