package io.github.dxlcdi.benchmarks.contender;

import java.util.concurrent.ExecutorService;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho's MQTT client, as one connects it by hand: Paho's thread hands over to a thread of ours, so as not to be held up. */
final class Paho {
    private static final long LIMIT_MILLIS = 10_000;

    private Paho() {}

    /** Takes the bytes of one message, on a thread of its own. */
    interface Bytes {
        void arrived(byte[] bytes);
    }

    static void subscribe(Endpoint endpoint, Bytes bytes) throws Exception {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(true);
        options.setKeepAliveInterval(Endpoint.KEEP_ALIVE_SECONDS);
        options.setSocketFactory(PemFiles.context(endpoint).getSocketFactory());
        options.setHttpsHostnameVerificationEnabled(false);
        // Nothing is written to disk.
        MqttAsyncClient client = new MqttAsyncClient(
                "ssl://" + endpoint.host() + ":" + endpoint.port(), "paho-by-hand", new MemoryPersistence());
        ExecutorService pool = OneThread.pool();
        // Costs less than a listener for the topic, which Paho looks for at each message.
        client.setCallback(new Callback(pool, bytes));
        client.connect(options).waitForCompletion(LIMIT_MILLIS);
        client.subscribe(Endpoint.TOPIC, 0).waitForCompletion(LIMIT_MILLIS);
    }

    private record Callback(ExecutorService pool, Bytes bytes) implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            pool.execute(() -> bytes.arrived(message.getPayload()));
        }

        @Override
        public void connectionLost(Throwable cause) {
            cause.printStackTrace();
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // Nothing is sent.
        }
    }
}
