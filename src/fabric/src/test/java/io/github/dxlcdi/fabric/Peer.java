package io.github.dxlcdi.fabric;

import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** An MQTT client by other people's hands, on a TLS connection to the fabric. */
public final class Peer implements AutoCloseable, MqttCallback {
    private static final long WAIT_MILLIS = 10_000;

    /** What has come: in Paho's form, so that the flags of the packet can be looked at. */
    public record Arrived(String topic, MqttMessage message) {
        public byte[] body() {
            return message.getPayload();
        }
    }

    private final MqttClient client;
    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> lost = new CompletableFuture<>();

    private Peer(MqttClient client) {
        this.client = client;
    }

    /** MQTT 3.1.1, as the fabric's default client. */
    public static Peer join(Fabric fabric) throws Exception {
        return join(fabric, fabric.identity());
    }

    public static Peer join(Fabric fabric, ClientIdentity identity) throws Exception {
        return join(fabric, UUID.randomUUID().toString(), options(fabric, identity));
    }

    /** At one of several brokers. */
    public static Peer join(Fabric fabric, FabricBroker broker, ClientIdentity identity) throws Exception {
        return join(broker.port(), UUID.randomUUID().toString(), options(fabric, identity));
    }

    public static Peer join(Fabric fabric, String clientId, MqttConnectOptions options) throws Exception {
        return join(fabric.port(), clientId, options);
    }

    private static Peer join(int port, String clientId, MqttConnectOptions options) throws Exception {
        MqttClient client = new MqttClient("ssl://localhost:" + port, clientId, new MemoryPersistence());
        client.setTimeToWait(WAIT_MILLIS);
        Peer peer = new Peer(client);
        client.setCallback(peer);
        try {
            client.connect(options);
        } catch (MqttException e) {
            client.close();
            throw e;
        }
        return peer;
    }

    public static MqttConnectOptions options(Fabric fabric, ClientIdentity identity) throws Exception {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setSocketFactory(Tls.context(fabric.caPem(), identity).getSocketFactory());
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setConnectionTimeout(10);
        return options;
    }

    public Peer subscribe(String... filters) throws Exception {
        for (String filter : filters) {
            client.subscribe(filter, 0);
        }
        return this;
    }

    public void publish(String topic, byte[] body) throws Exception {
        client.publish(topic, body, 0, false);
    }

    /** The next message; fails if none comes. */
    public Arrived next() throws InterruptedException {
        Arrived next = arrived.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("Nothing arrived within " + WAIT_MILLIS + " ms");
        }
        return next;
    }

    /** How many messages have come that nobody has asked for yet. */
    public int waiting() {
        return arrived.size();
    }

    /** Whether the connection has been lost. */
    public boolean isLost() {
        return lost.isDone();
    }

    public MqttClient client() {
        return client;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        arrived.add(new Arrived(topic, message));
    }

    @Override
    public void connectionLost(Throwable cause) {
        lost.complete(cause);
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // Tells nothing for QoS 0.
    }

    @Override
    public void close() throws Exception {
        if (client.isConnected()) {
            client.disconnect();
        }
        client.close();
    }
}
