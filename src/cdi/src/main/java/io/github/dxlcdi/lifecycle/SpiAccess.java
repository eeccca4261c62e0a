package io.github.dxlcdi.lifecycle;

import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import com.opendxl.client.message.Message;
import io.github.dxlcdi.client.spi.EmbeddedFabric;
import io.github.dxlcdi.client.spi.FabricConnection;
import io.github.dxlcdi.client.spi.SendSettings;
import io.github.dxlcdi.client.spi.TlsSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;

/**
 * The one class that touches what our client has beyond the API of the OpenDXL Java client. The rest of it may be called
 * only if {@link #isThere()}: with the other client the JVM would look in vain for the classes that it names.
 */
final class SpiAccess {
    private SpiAccess() {}

    /** Whether the client on the class path is ours. */
    static boolean isThere() {
        try {
            Class.forName("io.github.dxlcdi.client.spi.FabricConnection", false, DxlClient.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static ClientExtras extras(DxlClient client) {
        Object any = client;
        return any instanceof FabricConnection.Source source
                ? new SpiClientExtras(source.fabricConnection())
                : new PlainClientExtras(client);
    }

    /** @param password opens the private key; copied; null: there is none */
    static void secure(DxlClientConfig config, char[] password, String provider) {
        Object any = config;
        if (any instanceof TlsSettings settings) {
            settings.setPrivateKeyPassword(password);
            settings.setTlsProvider(provider);
        }
    }

    /** @param maxPacketSize the largest packet that is sent, in bytes, 0 for any; empty: as the client has it */
    static void limit(DxlClientConfig config, OptionalInt maxPacketSize) {
        Object any = config;
        if (any instanceof SendSettings settings) {
            maxPacketSize.ifPresent(settings::setMaxPacketSize);
        }
    }

    static void verifyExtendedKeyUsage(DxlClientConfig config, boolean verify) {
        Object any = config;
        if (any instanceof TlsSettings settings) {
            settings.setExtendedKeyUsageVerificationEnabled(verify);
        }
    }

    /** The provider of an embedded fabric that the application brings; empty: none. */
    static Optional<EmbeddedFabric> embeddedFabric(ClassLoader applicationLoader) {
        return ServiceLoader.load(EmbeddedFabric.class, applicationLoader).findFirst();
    }

    static RunningFabric startEmbeddedFabric(ClassLoader applicationLoader) throws IOException {
        EmbeddedFabric provider = embeddedFabric(applicationLoader)
                .orElseThrow(() -> new IOException("there is no dxl-fabric on the class path"));
        EmbeddedFabric.Running fabric = provider.start(0);
        return new RunningFabric(
                fabric.brokerLine(), fabric.caPem(), fabric.certificatePem(), fabric.privateKeyPem(), fabric::close);
    }

    private record SpiClientExtras(FabricConnection connection) implements ClientExtras {
        @Override
        public void deliverOn(ThreadFactory threads) {
            connection.deliverOn(threads);
        }

        @Override
        public void shutdownTimeout(Duration timeout) {
            connection.shutdownTimeout(timeout);
        }

        @Override
        public void listen(ConnectionListener listener) {
            connection.listen(new FabricConnection.Listener() {
                @Override
                public void ready(String broker, Instant at) {
                    listener.ready(broker, at);
                }

                @Override
                public void lost(String broker, Instant lastHeard, String reason) {
                    listener.lost(broker, lastHeard, reason);
                }

                @Override
                public void unreadable(String topic, byte[] body, IOException cause) {
                    listener.unreadable(topic, body, cause);
                }
            });
        }

        @Override
        public void callThrough(Predicate<Object> which, CallbackCaller caller) {
            connection.callThrough(new FabricConnection.Caller() {
                @Override
                public boolean takes(Object callback) {
                    return which.test(callback);
                }

                @Override
                public void call(Object callback, Object message, Runnable call) {
                    caller.call(callback, (Message) message, call);
                }
            });
        }

        @Override
        public Optional<FabricSecurity> security() {
            FabricConnection.Security security = connection.security();
            return Optional.of(new FabricSecurity(
                    security.tls(),
                    security.forwardSecrecy(),
                    security.hostNameChecked(),
                    security.certificateExpires(),
                    security.authorityExpires()));
        }

        @Override
        public FabricState state() {
            FabricConnection.State state = connection.state();
            return new FabricState(
                    state.ready(),
                    state.phase(),
                    state.since(),
                    state.broker(),
                    state.lastError(),
                    state.subscriptions(),
                    state.queueDepth());
        }
    }
}
