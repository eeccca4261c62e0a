package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** SmallRye Reactive Messaging's MQTT connector to a method with {@code @Incoming} on a worker thread; Weld SE. */
public final class SmallRyeIncoming implements Subscriber {
    private static final String CHANNEL = "detections";

    /** Of PEM files; but it has to be there. */
    private static final String NOT_USED = "-";

    @Override
    public void start(Endpoint endpoint, Tally tally) {
        set("connector", "smallrye-mqtt");
        set("host", endpoint.host());
        set("port", endpoint.port());
        set("topic", Endpoint.TOPIC);
        set("qos", 0);
        set("ssl", true);
        set("ssl.hostname-verification-algorithm", "");
        set("ssl.keystore.type", "pem");
        set("ssl.keystore.location", endpoint.certificate());
        // Where it wants a password it takes the path of the key.
        set("ssl.keystore.password", endpoint.key());
        set("ssl.truststore.type", "pem");
        set("ssl.truststore.location", endpoint.authority());
        set("ssl.truststore.password", NOT_USED);
        // Makes one, which its beans only look for.
        ConfigProvider.getConfig();
        SeContainerInitializer.newInstance().addBeanClasses(Counter.class).initialize();
    }

    private static void set(String key, Object value) {
        System.setProperty("mp.messaging.incoming." + CHANNEL + "." + key, value.toString());
    }

    /** Reads a message and what it carries, as the others do by hand. */
    @ApplicationScoped
    public static class Counter {
        /** Called for each message, in order. */
        @Incoming(CHANNEL)
        @Blocking
        public void detected(byte[] message) throws IOException {
            Tally.OF_THIS_JVM.arrived(
                    HandReadDetection.read(HandReadMessage.read(message).payload())
                            .name());
        }
    }
}
