package io.github.dxlcdi.linking;

import com.opendxl.client.DxlClient;
import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An application whose client is neither ours nor anybody's: compiled in a test, against the classes that stand in. */
public final class LinkedApplication {
    static final BlockingQueue<EventCallback> CALLBACKS = new LinkedBlockingQueue<>();

    private LinkedApplication() {}

    /** A record of the payload, read where the client's own interfaces are missing. */
    public static String read(String payload) {
        return FileDetection.read(new Detection(payload)).toJson();
    }

    /** Deploys an observer, hands the payload to the callback that was added for it, and returns what it has seen. */
    public static String observe(String payload) throws Exception {
        try (TestApplication application = TestApplication.with().start(Quarantine.class, OwnClient.class)) {
            CALLBACKS.poll(10, TimeUnit.SECONDS).onEvent(new Detection(payload));
            return application.get(Quarantine.class).seen().get(0).toJson();
        }
    }

    static final class Detection extends Event {
        private final String payload;

        Detection(String payload) {
            super(FileDetection.TOPIC);
            this.payload = payload;
        }

        @Override
        public String getDestinationTopic() {
            return FileDetection.TOPIC;
        }

        @Override
        public String getMessageId() {
            return "{a-message}";
        }

        @Override
        public byte[] getPayload() {
            return payload.getBytes(StandardCharsets.UTF_8);
        }
    }

    static final class Client extends DxlClient {
        Client() throws DxlException {
            super(null);
        }

        @Override
        public void addEventCallback(String topic, EventCallback callback) {
            CALLBACKS.add(callback);
        }

        @Override
        public void addEventCallback(String topic, EventCallback callback, boolean subscribeToTopic) {
            CALLBACKS.add(callback);
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
