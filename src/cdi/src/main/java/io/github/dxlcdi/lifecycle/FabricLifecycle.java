package io.github.dxlcdi.lifecycle;

import com.opendxl.client.DxlClient;
import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.configuration.DxlConfiguration;
import io.github.dxlcdi.delivery.Delivery;
import io.github.dxlcdi.tie.TieTopic;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The client's life in the application's. {@link #check}, {@link #start} and {@link #stop} are called once each by the
 * extension, further calls do nothing; the rest may be called from any thread.
 */
public final class FabricLifecycle {
    private static final Logger LOG = System.getLogger("io.github.dxlcdi.lifecycle");

    private enum Phase {
        DEPLOYED,
        STARTED,
        STOPPED
    }

    private final DxlConfiguration configuration;
    private final Set<TieTopic> topics;
    private final boolean clientWanted;
    private final Function<ObserverMethod<?>, String> observerNames;
    private final ClassLoader applicationLoader;
    private final ClientSource source;
    private final Map<TieTopic, EventCallback> callbacks = new EnumMap<>(TieTopic.class);
    private final Instant deployed = Instant.now();
    private volatile Phase phase = Phase.DEPLOYED;
    private ServerThreads threads;
    private Delivery delivery;
    private DxlClient client;
    private volatile ClientExtras extras;

    /**
     * @param topics the topics of which something is observed
     * @param clientWanted whether the application injects the client
     * @param observerNames says an observer's class and method
     * @param applicationLoader the application's class loader, which every thread that delivers gets
     */
    public FabricLifecycle(
            DxlConfiguration configuration,
            Set<TieTopic> topics,
            boolean clientWanted,
            OwnBeans ownBeans,
            Function<ObserverMethod<?>, String> observerNames,
            ClassLoader applicationLoader) {
        this.configuration = configuration;
        this.topics = topics;
        this.clientWanted = clientWanted;
        this.observerNames = observerNames;
        this.applicationLoader = applicationLoader;
        this.source = new ClientSource(configuration, ownBeans, applicationLoader);
    }

    /** Checks all that can be checked without the network; what is wrong becomes a problem of the configuration. */
    public void check() {
        if (isNeeded()) {
            source.check();
        }
    }

    /**
     * Starts to connect, and does not wait for it, unless {@code dxl.connect.fail-fast} is set.
     *
     * @throws IllegalStateException if it is, and no broker could be connected
     */
    public synchronized void start(BeanContainer container) {
        if (phase != Phase.DEPLOYED) {
            return;
        }
        phase = Phase.STARTED;
        if (!isNeeded()) {
            LOG.log(
                    Level.INFO,
                    configuration.enabled()
                            ? "DXL1102 Nothing of the fabric is observed, so there is no connection to it"
                            : "DXL1107 dxl.enabled is false, so there is no connection to the fabric");
            return;
        }
        threads = ServerThreads.lookUp(applicationLoader);
        delivery = new Delivery(container, observerNames, threads.executor(), applicationLoader);
        try {
            client = source.client(container);
            extras = ClientExtras.of(client);
            extras.deliverOn(threads.factory());
            extras.shutdownTimeout(configuration.shutdownTimeout());
            extras.listen(new ConnectionEvents(delivery, new ControlLane(threads.executor())));
            for (TieTopic topic : topics) {
                EventCallback callback = event -> delivery.deliver(topic, event);
                callbacks.put(topic, callback);
                client.addEventCallback(topic.topic(), callback);
            }
            LOG.log(
                    Level.INFO,
                    "DXL1101 Looking for the fabric; to be subscribed to: {0}",
                    topics.stream().map(TieTopic::topic).toList());
            connect();
        } catch (DxlException e) {
            stop();
            throw new IllegalStateException("DXL1108 No connection to the fabric: " + e.getMessage(), e);
        }
    }

    /** Ends the connection and all threads; observers that are running may take {@code dxl.delivery.shutdown-timeout}. */
    public synchronized void stop() {
        boolean running = phase == Phase.STARTED && threads != null;
        phase = Phase.STOPPED;
        if (!running) {
            return;
        }
        delivery.stop();
        try {
            if (source.isOfTheApplication()) {
                for (Map.Entry<TieTopic, EventCallback> each : callbacks.entrySet()) {
                    client.removeEventCallback(each.getKey().topic(), each.getValue());
                }
            } else if (client != null) {
                client.close();
            }
        } catch (Exception e) {
            LOG.log(Level.WARNING, "DXL1109 The client could not be closed", e);
        }
        source.close();
        threads.close();
    }

    /**
     * The client of this application.
     *
     * @throws IllegalStateException if there is none, saying why
     */
    public synchronized DxlClient client(BeanContainer container) {
        if (!configuration.enabled()) {
            throw new IllegalStateException("DXL1107 There is no DxlClient, because dxl.enabled is false");
        }
        try {
            return source.client(container);
        } catch (DxlException e) {
            throw new IllegalStateException("DXL1108 There is no DxlClient: " + e.getMessage(), e);
        }
    }

    /** Whether the application is between its start and its stop. */
    public boolean isRunning() {
        return phase == Phase.STARTED;
    }

    /** How the application stands to the fabric; never waits. */
    public FabricState state() {
        if (!configuration.enabled()) {
            return FabricState.notConnecting(true, "switched off by dxl.enabled", deployed);
        }
        if (!isNeeded()) {
            return FabricState.notConnecting(true, "nothing observed", deployed);
        }
        ClientExtras known = extras;
        return known == null ? FabricState.notConnecting(false, "not started", deployed) : known.state();
    }

    private boolean isNeeded() {
        return configuration.enabled() && (!topics.isEmpty() || clientWanted);
    }

    private void connect() throws DxlException {
        if (configuration.failFast()) {
            client.connect();
            return;
        }
        Thread connector = new Thread(this::connectAtLeisure, "dxl-connect-" + client.getUniqueId());
        connector.setDaemon(true);
        connector.setContextClassLoader(applicationLoader);
        connector.start();
    }

    private void connectAtLeisure() {
        try {
            client.connect();
        } catch (DxlException e) {
            if (isRunning()) {
                LOG.log(Level.ERROR, "DXL1104 The fabric is not sought any more: {0}", e.getMessage());
            }
        }
    }
}
