package io.github.dxlcdi.lifecycle;

import com.opendxl.client.DxlClient;
import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.configuration.DxlConfiguration;
import io.github.dxlcdi.delivery.Delivery;
import io.github.dxlcdi.tie.TieTopic;
import io.github.dxlcdi.tie.log.TextLogger;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The client's life in the application's. {@link #check}, {@link #start} and {@link #stop} are called by the extension,
 * further calls do nothing; all else may be called from any thread. No lock is held while anything is waited for, so a
 * start that waits can be stopped.
 */
public final class FabricLifecycle {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.lifecycle");

    private enum Phase {
        DEPLOYED,
        STARTED,
        STOPPED
    }

    private final DxlConfiguration configuration;
    private final Set<TieTopic> topics;
    private final boolean connectionWanted;
    private final OwnBeans ownBeans;
    private final Function<ObserverMethod<?>, String> observerNames;
    private final ClassLoader applicationLoader;
    private final ClientSource source;
    private final Instant deployed = Instant.now();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.DEPLOYED);

    /** What runs between start and stop; null before, and when there is nothing to connect for. */
    private volatile RunningClient running;

    /**
     * @param topics the topics of which something is observed
     * @param connectionWanted whether the application injects the client, or observes what happens to the connection
     * @param observerNames says an observer's class and method
     * @param applicationLoader the application's class loader, which every thread that delivers gets
     */
    public FabricLifecycle(
            DxlConfiguration configuration,
            Set<TieTopic> topics,
            boolean connectionWanted,
            OwnBeans ownBeans,
            Function<ObserverMethod<?>, String> observerNames,
            ClassLoader applicationLoader) {
        this.configuration = configuration;
        this.topics = topics;
        this.connectionWanted = connectionWanted;
        this.ownBeans = ownBeans;
        this.observerNames = observerNames;
        this.applicationLoader = applicationLoader;
        this.source = new ClientSource(configuration, ownBeans, applicationLoader);
    }

    /**
     * Checks all that can be checked without the network; what is wrong becomes a problem of the configuration.
     *
     * @throws DeploymentException if the client can't run on the Netty that is there
     */
    public void check() {
        if (isNeeded()) {
            checkNetty();
            source.check();
        }
    }

    private static void checkNetty() {
        if (SpiAccess.isThere()) {
            NettyVersion.problem(DxlClient.class.getClassLoader()).ifPresent(problem -> {
                throw new DeploymentException("DXL1020 The DXL client needs Netty 4.2, but " + problem
                        + ". Leave Netty's version to dxl-cdi, or import netty-bom 4.2 in the dependencyManagement of"
                        + " the application; look at what brings the other one with mvn dependency:tree");
            });
        }
    }

    /**
     * Starts to connect, and does not wait for it, unless {@code dxl.connect.fail-fast} is set.
     *
     * @throws IllegalStateException if it is, and no broker could be connected
     */
    public void start(BeanManager container) {
        if (!phase.compareAndSet(Phase.DEPLOYED, Phase.STARTED)) {
            return;
        }
        if (!isNeeded()) {
            logWhyNotNeeded();
            return;
        }
        List<String> names = topics.stream().map(TieTopic::topic).toList();
        LOG.log(Level.INFO, "DXL1101 Looking for the fabric; to be subscribed to: {0}", names);
        try {
            DxlClient client = source.client(container);
            ServerThreads threads = ServerThreads.lookUp(applicationLoader);
            Delivery delivery = new Delivery(
                    container, observerNames, threads.executor(), applicationLoader, ownBeans.requestContextNeeded());
            running = new RunningClient(
                    client,
                    topics,
                    delivery,
                    threads,
                    configuration.shutdownTimeout(),
                    configuration.maxDeliveryTime());
            if (configuration.failFast()) {
                running.connectOnce();
            } else {
                running.connectInBackground(applicationLoader);
            }
        } catch (DxlException e) {
            stop();
            throw new IllegalStateException("DXL1108 No connection to the fabric: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    /** Ends the connection and all threads; observers that are running may take {@code dxl.delivery.shutdown-timeout}. */
    public void stop() {
        if (phase.getAndSet(Phase.STOPPED) == Phase.STOPPED) {
            return;
        }
        RunningClient ending = running;
        if (ending == null) {
            source.close();
        } else {
            ending.stop(source);
        }
    }

    /**
     * The client of this application.
     *
     * @throws IllegalStateException if there is none, saying why
     */
    public DxlClient client(BeanContainer container) {
        if (!configuration.enabled()) {
            throw new IllegalStateException("DXL1107 There is no DxlClient, because dxl.enabled is false");
        }
        try {
            return source.client(container);
        } catch (DxlException e) {
            throw new IllegalStateException("DXL1108 There is no DxlClient: " + e.getMessage(), e);
        }
    }

    /** Whether observers of the connection are ever called: the OpenDXL Java client tells nothing of it. */
    public static boolean tellsOfConnection() {
        return SpiAccess.isThere();
    }

    /** Whether the application is between its start and its stop. */
    public boolean isRunning() {
        return phase.get() == Phase.STARTED;
    }

    /** How the application stands to the fabric; never waits. */
    public FabricState state() {
        if (!configuration.enabled()) {
            return FabricState.notConnecting(true, "switched off by dxl.enabled", deployed);
        }
        if (!isNeeded()) {
            // UP all the same: it may work without, or look the client up, which can't be seen at deployment.
            return FabricState.notConnecting(
                    true,
                    isConfigured()
                            ? "nothing observed, although a fabric is configured; see DXL1111 in the log"
                            : "nothing observed",
                    deployed);
        }
        RunningClient known = running;
        return known == null ? FabricState.notConnecting(false, "not started", deployed) : known.state();
    }

    /** How the connection is protected; empty: there is no client, or it doesn't tell. Any thread. */
    public Optional<FabricSecurity> security() {
        RunningClient known = running;
        return known == null ? Optional.empty() : known.security();
    }

    private void logWhyNotNeeded() {
        if (!configuration.enabled()) {
            LOG.log(Level.INFO, "DXL1107 dxl.enabled is false, so there is no connection to the fabric");
        } else if (isConfigured()) {
            LOG.log(
                    Level.WARNING,
                    "DXL1111 A fabric is configured, but nothing of it is observed, so there is no connection to it."
                            + " An observer has a parameter such as @Observes FileDetection, of jakarta and not of"
                            + " javax, and its class is a bean: it has a scope such as @ApplicationScoped, and no"
                            + " beans.xml says bean-discovery-mode=\"none\". If nothing is to be observed, take the"
                            + " configuration away, or set dxl.enabled=false");
        } else {
            LOG.log(Level.INFO, "DXL1102 Nothing of the fabric is observed, so there is no connection to it");
        }
    }

    private boolean isConfigured() {
        return configuration.namesFabric() || ownBeans.clientConfig();
    }

    private boolean isNeeded() {
        return configuration.enabled() && (!topics.isEmpty() || connectionWanted);
    }
}
