package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * SmallRye Reactive Messaging's MQTT connector to a method with {@code @Incoming}; Weld SE. The method runs on
 * Vert.x's event loop, which costs less than a worker thread. The connector holds nobody back: when its buffer is full, the
 * method never gets another message. So the buffer is large, and the sender doesn't fill it.
 */
public final class SmallRyeIncoming implements Subscriber {
    /** Events that may wait. */
    static final int BUFFER = 65_536;

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
        set("keep-alive-seconds", Endpoint.KEEP_ALIVE_SECONDS);
        set("buffer-size", BUFFER);
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
        /** Called for each message, on the event loop. */
        @Incoming(CHANNEL)
        public void detected(byte[] message) throws IOException {
            HandReadDetection detection =
                    HandReadDetection.read(HandReadMessage.read(message).payload());
            Tally.OF_THIS_JVM.arrived(
                    detection.agentGuid().length() + detection.name().length());
        }
    }
}
