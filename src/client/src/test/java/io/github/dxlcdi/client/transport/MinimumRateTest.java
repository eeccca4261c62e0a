package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.config.ProxyAddress;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that sends without ever finishing what it sends. */
class MinimumRateTest {
    private static final byte[] CONNACK = HexFormat.of().parseHex("20020000");
    private static final byte[] PINGRESP = HexFormat.of().parseHex("d000");
    private static final byte[] LARGE = FuzzedLink.publish("/a", new byte[1024 * 1024]);

    private EmbeddedChannel channel = new EmbeddedChannel();
    private MqttLink link;
    private int published;
    private String end;

    @BeforeEach
    void open() {
        channel.freezeTime();
        open(null, false);
        receive(CONNACK);
    }

    private void open(SslContext tls, boolean webSocket) {
        Optional<ProxyAddress> noProxy = Optional.empty();
        link = MqttLink.open(
                new Line(channel, tls == null),
                new MqttLink.Target("broker.example.org", 8883, webSocket, noProxy),
                new MqttLink.Settings(
                        tls, null, "{client}", Duration.ofSeconds(60), Duration.ofSeconds(10), 2 * LARGE.length),
                new Told());
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void a_packet_that_trickles_in_ends_the_link() {
        receiveEverySecond(LARGE, 1, 60);

        assertThat(end)
                .startsWith(
                        "broker.example.org:8883: the broker sends an MQTT packet too slowly: 32 bytes of it have come"
                                + " in 31 s");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void a_megabyte_at_64_kilobits_a_second_arrives() {
        receiveEverySecond(LARGE, 64_000 / 8, LARGE.length);

        assertThat(published).isEqualTo(1);
        assertThat(end).isNull();
    }

    @Test
    void packet_on_a_network_that_stalls_for_a_while_arrives() {
        receive(Arrays.copyOf(LARGE, 8 * 1024));

        elapse(40);
        receive(Arrays.copyOfRange(LARGE, 8 * 1024, 16 * 1024));
        receive(Arrays.copyOfRange(LARGE, 16 * 1024, LARGE.length));

        assertThat(published).isEqualTo(1);
        assertThat(end).isNull();
    }

    @Test
    void the_time_while_reading_is_paused_does_not_count() {
        receiveEverySecond(LARGE, 1, 20);
        link.setReading(false);
        elapse(600);
        link.setReading(true);

        receiveEverySecond(LARGE, 1, 20);

        assertThat(end).isNull();
        receiveEverySecond(LARGE, 1, 20);
        assertThat(end).contains("too slowly");
    }

    @Test
    void whole_packets_may_be_as_rare_as_they_like() {
        for (int i = 0; i < 20; i++) {
            elapse(50);
            receive(PINGRESP);
        }

        assertThat(end).isNull();
    }

    @Test
    void packets_whose_parts_come_one_at_a_time_are_each_on_their_own() {
        for (int i = 0; i < 100; i++) {
            elapse(1);
            receive(PINGRESP[0]);
            elapse(1);
            receive(PINGRESP[1]);
        }

        assertThat(end).isNull();
    }

    @Test
    void a_web_socket_frame_that_trickles_in_ends_the_link_too() {
        channel.finishAndReleaseAll();
        channel = new EmbeddedChannel();
        channel.freezeTime();
        open(null, true);
        receive(WebSocketFuzzTest.accepting(FuzzedLink.sent(channel)));
        receive(WebSocketFuzzTest.frame(0x82, CONNACK));
        end = null;

        receiveEverySecond(WebSocketFuzzTest.frame(0x82, FuzzedLink.publish("/a", new byte[10_000])), 1, 60);

        assertThat(end).contains("the broker sends a web socket frame too slowly: ");
    }

    @Test
    void a_tls_record_that_trickles_in_ends_the_link_too() throws Exception {
        channel.finishAndReleaseAll();
        channel = new EmbeddedChannel();
        channel.freezeTime();
        X509Bundle own = new CertificateBuilder()
                .ecp256()
                .subject("CN=broker")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        EmbeddedChannel broker =
                new EmbeddedChannel(SslContextBuilder.forServer(own.getKeyPair().getPrivate(), own.getCertificatePath())
                        .sslProvider(SslProvider.JDK)
                        .build()
                        .newHandler(UnpooledByteBufAllocator.DEFAULT));
        open(
                SslContextBuilder.forClient()
                        .sslProvider(SslProvider.JDK)
                        .trustManager(own.getCertificate())
                        .endpointIdentificationAlgorithm(null)
                        .build(),
                false);
        exchange(broker);
        broker.writeOutbound(Unpooled.wrappedBuffer(CONNACK));
        exchange(broker);
        end = null;
        broker.writeOutbound(Unpooled.wrappedBuffer(LARGE));

        receiveEverySecond(FuzzedLink.sent(broker), 1, 60);

        assertThat(end).contains("the broker sends a TLS record too slowly: ");
        broker.finishAndReleaseAll();
    }

    /** Until both have nothing more to say. */
    private void exchange(EmbeddedChannel broker) {
        byte[] said;
        do {
            said = FuzzedLink.sent(channel);
            broker.writeInbound(Unpooled.wrappedBuffer(said));
            byte[] answer = FuzzedLink.sent(broker);
            receive(answer);
            said = FuzzedLink.join(said, answer);
        } while (said.length > 0);
    }

    private void receiveEverySecond(byte[] packet, int portion, int most) {
        for (int at = 0; at < most && channel.isOpen(); at += portion) {
            elapse(1);
            receive(Arrays.copyOfRange(packet, at, Math.min(packet.length, at + portion)));
        }
    }

    private void receive(byte... bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    private void elapse(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private final class Told implements MqttLink.Listener {
        @Override
        public void accepted() {}

        @Override
        public void published(String topic, byte[] body) {
            published++;
        }

        @Override
        public void readAll() {}

        @Override
        public void subscribed(int packetId, boolean granted) {}

        @Override
        public void unsubscribed(int packetId) {}

        @Override
        public void closed(LinkException reason) {
            end = reason.getMessage();
        }
    }
}
