package io.github.dxlcdi.lifecycle;

import com.opendxl.client.Broker;
import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.configuration.ConfigurationProblem;
import io.github.dxlcdi.configuration.DxlConfiguration;
import io.github.dxlcdi.tie.log.TextLogger;
import jakarta.enterprise.inject.spi.BeanContainer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Where the client comes from: a bean of the application's, the embedded fabric, or the configuration. */
final class ClientSource implements AutoCloseable {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.lifecycle");

    private final DxlConfiguration configuration;
    private final OwnBeans ownBeans;
    private final ClassLoader applicationLoader;

    // Guarded by this
    private DxlClient client;
    private RunningFabric fabric;
    private boolean closed;

    ClientSource(DxlConfiguration configuration, OwnBeans ownBeans, ClassLoader applicationLoader) {
        this.configuration = configuration;
        this.ownBeans = ownBeans;
        this.applicationLoader = applicationLoader;
    }

    /** Checks all that can be checked without the network; what is wrong becomes a problem of the configuration. */
    synchronized void check() {
        if (configuration.embeddedFabric()) {
            configuration.refuseBrokersBesideEmbeddedFabric();
            if (ownBeans.client() || ownBeans.clientConfig()) {
                configuration.problem("dxl.fabric.embedded is true, but the application has a bean of its own of type"
                        + " DxlClient or DxlClientConfig; remove one of them");
            }
            if (!SpiAccess.isThere()) {
                configuration.problem("dxl.fabric.embedded is true, but the client on the class path is not dxl-client,"
                        + " which the embedded fabric is built on; name the brokers of a real fabric, or put"
                        + " dxl-client back");
            } else if (SpiAccess.embeddedFabric(applicationLoader).isEmpty()) {
                configuration.problem("dxl.fabric.embedded is true, but there is no dxl-fabric in the application: add"
                        + " the dependency io.github.dxlcdi:dxl-fabric, or name the brokers of a real fabric");
            }
        } else if (!ownBeans.client() && !ownBeans.clientConfig()) {
            try {
                client = configured();
            } catch (DxlException e) {
                // Among the problems by now.
            }
        }
    }

    /** Whether the client is the application's, which then closes it as well. */
    boolean isOfTheApplication() {
        return ownBeans.client();
    }

    /** The client; made at the first call if it was not before. */
    synchronized DxlClient client(BeanContainer container) throws DxlException {
        if (closed) {
            throw new DxlException("The application has stopped");
        }
        if (client == null) {
            client = make(container);
        }
        return client;
    }

    /** Ends the client, unless it is the application's, and the embedded fabric, if there is one. */
    @Override
    public void close() {
        DxlClient made;
        RunningFabric started;
        synchronized (this) {
            closed = true;
            made = ownBeans.client() ? null : client;
            started = fabric;
        }
        if (made != null) {
            try {
                made.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "DXL1109 The client could not be closed", e);
            }
        }
        if (started != null) {
            started.end().run();
        }
    }

    private DxlClient make(BeanContainer container) throws DxlException {
        if (ownBeans.client()) {
            return container.createInstance().select(DxlClient.class).get();
        }
        if (ownBeans.clientConfig()) {
            return new DxlClient(
                    container.createInstance().select(DxlClientConfig.class).get());
        }
        return configuration.embeddedFabric() ? embedded() : configured();
    }

    private DxlClient configured() throws DxlException {
        boolean ours = SpiAccess.isThere();
        if (!ours) {
            configuration.refuseWhatOnlyOurClientKnows();
        }
        DxlClientConfig config = configuration.clientConfig();
        // The other client would take a private key for the path of one, and show it.
        if (config != null && (ours || configuration.problems().isEmpty())) {
            try {
                return new DxlClient(secured(config));
            } catch (DxlException e) {
                configuration.problemOfClient(e.getMessage());
            }
        }
        throw new DxlException(configuration.problems().stream()
                .map(ConfigurationProblem::text)
                .collect(Collectors.joining("; ")));
    }

    private DxlClient embedded() throws DxlException {
        try {
            fabric = SpiAccess.startEmbeddedFabric(applicationLoader);
        } catch (IOException e) {
            throw new DxlException("DXL1106 The embedded fabric can't be started", e);
        }
        LOG.log(
                Level.WARNING,
                "DXL1103 The fabric is an embedded one, {0}: for development and tests, not for production. Its"
                        + " certificates are thrown away with it",
                fabric.brokerLine());
        return new DxlClient(secured(configuration.clientConfig(
                fabric.caPem(),
                fabric.certificatePem(),
                fabric.privateKeyPem(),
                List.of(Broker.parse(fabric.brokerLine())))));
    }

    /** What the API of the OpenDXL Java client has no word for. */
    private DxlClientConfig secured(DxlClientConfig config) {
        if (SpiAccess.isThere()) {
            char[] password = configuration.privateKeyPassword();
            SpiAccess.secure(config, password, configuration.tlsProvider());
            configuration
                    .verifyExtendedKeyUsage()
                    .ifPresent(verify -> SpiAccess.verifyExtendedKeyUsage(config, verify));
            SpiAccess.limit(config, configuration.maxPacketSize());
            if (password != null) {
                Arrays.fill(password, '\0');
            }
        }
        return config;
    }
}
