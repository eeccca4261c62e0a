package io.github.dxlcdi.benchmarks.contender;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * HiveMQ's MQTT client, as one connects it by hand: one thread of Netty's, callbacks on a thread of ours, so as not to hold
 * Netty up. What has quality of service 0 it drops when more than its buffer waits.
 */
final class HiveMq {
    private static final long LIMIT_SECONDS = 10;

    private HiveMq() {}

    static void subscribe(Endpoint endpoint, Consumer<byte[]> bytes) throws Exception {
        Mqtt3AsyncClient client = MqttClient.builder()
                .useMqttVersion3()
                .identifier("hivemq-by-hand")
                .serverHost(endpoint.host())
                .serverPort(endpoint.port())
                .sslConfig()
                .keyManagerFactory(PemFiles.keys(endpoint))
                .trustManagerFactory(PemFiles.trust(endpoint))
                .protocols(List.of("TLSv1.2"))
                .hostnameVerifier((host, session) -> true)
                .applySslConfig()
                .executorConfig()
                .nettyThreads(1)
                .applyExecutorConfig()
                .buildAsync();
        client.connectWith().keepAlive(Endpoint.KEEP_ALIVE_SECONDS).send().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        client.subscribeWith()
                .topicFilter(Endpoint.TOPIC)
                .qos(MqttQos.AT_MOST_ONCE)
                .callback(publish -> bytes.accept(publish.getPayloadAsBytes()))
                .executor(OneThread.pool())
                .send()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
