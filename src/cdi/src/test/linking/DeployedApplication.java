package io.github.dxlcdi.linking;

import static org.awaitility.Awaitility.await;

import com.opendxl.client.DxlClient;
import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.DxlConnected;
import io.github.dxlcdi.DxlDisconnected;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;

/** Applications deployed with the other client; compiled in a test, against the classes that stand in. */
public final class DeployedApplication {
    private static final AtomicBoolean CONNECTED = new AtomicBoolean();

    private DeployedApplication() {}

    /** Deploys with this configuration, a line for each key, and returns what that fails with. */
    public static String problems(String configuration) {
        String[] keysAndValues = configuration.split("[=\n]");
        try (TestApplication application = TestApplication.with(keysAndValues).start(Quarantine.class)) {
            return "";
        } catch (DeploymentException e) {
            return e.getMessage();
        }
    }

    /** Deploys observers of the connection. */
    public static String observeTheConnection(String unused) {
        TestApplication.with().start(Watcher.class, Quarantine.class, OwnClient.class).close();
        return "";
    }

    /** What the health check tells as "since": when deployed, when connected, the same again, and when disconnected. */
    public static String sinces(String unused) {
        try (TestApplication application = TestApplication.with().start(Quarantine.class, OwnClient.class)) {
            StringBuilder sinces = new StringBuilder();
            for (boolean connected : new boolean[] {false, true, true, false}) {
                CONNECTED.set(connected);
                sinces.append(application.readiness().getData().orElseThrow().get("since")).append(' ');
                long then = System.currentTimeMillis();
                await().until(() -> System.currentTimeMillis() > then);
            }
            return sinces.toString();
        } finally {
            CONNECTED.set(false);
        }
    }

    @ApplicationScoped
    static class Watcher {
        void connected(@Observes DxlConnected event) {}

        void lost(@ObservesAsync DxlDisconnected event) {}

        void anything(@Observes Object event) {}
    }

    static final class Client extends DxlClient {
        Client() throws DxlException {
            super(null);
        }

        @Override
        public boolean isConnected() {
            return CONNECTED.get();
        }
    }

    @ApplicationScoped
    static class OwnClient {
        @Produces
        @Singleton
        DxlClient client() throws DxlException {
            return new Client();
        }
    }
}
