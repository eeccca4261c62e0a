package io.github.dxlcdi.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageFactory;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketHandlerTest {
    private final List<String> told = new ArrayList<>();
    private int toldUntilReadAll;
    private EmbeddedChannel channel = channel(Duration.ofSeconds(60));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void after_the_tls_handshake_it_introduces_itself() {
        assertThat(channel.<Object>readOutbound()).isNull();

        channel.pipeline().fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);

        MqttConnectMessage connect = channel.readOutbound();
        assertThat(connect.variableHeader().name()).isEqualTo("MQTT");
        assertThat(connect.variableHeader().version()).isEqualTo(4);
        assertThat(connect.variableHeader().isCleanSession()).isTrue();
        assertThat(connect.variableHeader().isWillFlag()).isFalse();
        assertThat(connect.variableHeader().hasUserName()).isFalse();
        assertThat(connect.variableHeader().keepAliveTimeSeconds()).isEqualTo(60);
        assertThat(connect.payload().clientIdentifier()).isEqualTo("{client}");
    }

    @Test
    void a_keep_alive_beyond_what_the_packet_can_say_is_the_longest_that_it_can() {
        channel.finishAndReleaseAll();
        channel = channel(Duration.ofDays(2));

        channel.pipeline().fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);

        MqttConnectMessage connect = channel.readOutbound();
        assertThat(connect.variableHeader().keepAliveTimeSeconds()).isEqualTo(65_535);
    }

    @Test
    void accepted_is_told_and_nothing_is_after_it_for_the_connect_timeout() {
        connack(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        elapse(Duration.ofSeconds(20));

        assertThat(told).containsExactly("accepted");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, 1, unacceptable protocol version",
        "CONNECTION_REFUSED_IDENTIFIER_REJECTED, 2, identifier rejected",
        "CONNECTION_REFUSED_SERVER_UNAVAILABLE, 3, server unavailable",
        "CONNECTION_REFUSED_NOT_AUTHORIZED, 5, not authorized"
    })
    void a_refusal_is_told_with_its_code_and_closes(MqttConnectReturnCode code, int number, String words) {
        connack(code);

        assertThat(told).hasSize(1);
        assertThat(told.get(0))
                .startsWith("closed peer: ")
                .contains("CONNACK " + number)
                .contains(words);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void the_end_is_told_once_though_a_handler_before_it_lets_nothing_through() {
        connack(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelInactive(ChannelHandlerContext context) {
                throw new OutOfMemoryError("injected");
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                throw new OutOfMemoryError("injected");
            }
        });

        channel.close();

        assertThat(told).containsExactly("accepted", "closed peer: the broker closed the connection");
    }

    @Test
    void a_broker_that_does_not_accept_in_time_is_left() {
        elapse(Duration.ofMillis(9_900));
        assertThat(told).isEmpty();
        elapse(Duration.ofMillis(200));

        assertThat(told)
                .containsExactly(
                        "closed peer: the broker did not accept the connection within 10000 ms; check that it is a"
                                + " DXL broker and not overloaded");
        assertThat(channel.isOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, true", "128, false"})
    void an_acknowledged_subscription_is_told_as_granted_or_not(int code, boolean granted) {
        accept();
        channel.writeInbound(suback(7, code));

        assertThat(told).containsExactly("subscribed 7 " + granted);
    }

    @Test
    void one_refused_of_several_is_a_refusal() {
        accept();
        channel.writeInbound(suback(7, 0, 128, 0));

        assertThat(told).containsExactly("subscribed 7 false");
    }

    /** Three is reserved; and without any code nothing was granted. */
    @ParameterizedTest
    @CsvSource({"9003000703, none of MQTT's", "90020007, missing"})
    void an_answer_to_a_subscription_with_other_codes_than_mqtts_ends_the_link(String packet, String what) {
        accept();
        channel.pipeline().addFirst(new MqttDecoder());
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(packet)));

        assertThat(told)
                .containsExactly(
                        "closed peer: the broker sent a malformed MQTT packet (a SUBACK whose return codes are " + what
                                + ")");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void an_ended_subscription_is_told() {
        accept();
        channel.writeInbound(MqttMessageFactory.newMessage(
                fixed(MqttMessageType.UNSUBACK), MqttMessageIdVariableHeader.from(9), null));

        assertThat(told).containsExactly("unsubscribed 9");
    }

    @Test
    void the_end_of_a_read_is_told_be_it_of_one_message() {
        accept();
        channel.writeInbound(publish("one"));
        assertThat(toldUntilReadAll).isEqualTo(1);

        channel.writeInbound(publish("two"), publish("three"));
        assertThat(toldUntilReadAll).isEqualTo(3);
    }

    @Test
    void messages_before_the_end_of_the_link_are_all_before_it_is_told() {
        accept();
        channel.pipeline().fireChannelRead(publish("last"));

        channel.pipeline().fireExceptionCaught(new IllegalStateException("on purpose"));

        assertThat(told).hasSize(2).first().isEqualTo("published /a last");
        assertThat(toldUntilReadAll).isEqualTo(1);
    }

    private static MqttPublishMessage publish(String body) {
        return new MqttPublishMessage(
                fixed(MqttMessageType.PUBLISH),
                new MqttPublishVariableHeader("/a", 0),
                Unpooled.copiedBuffer(body, UTF_8));
    }

    @Test
    void a_message_is_copied_out_of_the_buffer_and_the_buffer_released() {
        accept();
        ByteBuf buffer = Unpooled.copiedBuffer("body", UTF_8);
        channel.writeInbound(
                new MqttPublishMessage(fixed(MqttMessageType.PUBLISH), new MqttPublishVariableHeader("/a", 0), buffer));

        assertThat(told).containsExactly("published /a body");
        assertThat(buffer.refCnt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "3005 0002 2f61 31, PUBLISH",
        "9003 0001 00, SUBACK",
        "b002 0001, UNSUBACK",
        "d000, PINGRESP",
        "4002 0001, PUBACK",
        "c000, PINGREQ",
        "e000, DISCONNECT"
    })
    void a_packet_before_the_broker_accepted_us_ends_the_link(String packet, MqttMessageType type) {
        channel.pipeline().addFirst(new MqttDecoder());

        receive(packet + "20020000");

        assertThat(told)
                .containsExactly("closed peer: the broker sent " + type
                        + " before it accepted the connection (CONNACK); check that it is a DXL broker");
        assertThat(channel.isOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2002 0000, CONNACK",
        "2002 0005, CONNACK",
        "8206 0001 0001 61 00, SUBSCRIBE",
        "a205 0001 0001 61, UNSUBSCRIBE",
        "c000, PINGREQ",
        "e000, DISCONNECT",
        "1010 0004 4d515454 0402 003c 0004 7b63697d, CONNECT"
    })
    void a_packet_that_no_broker_sends_ends_the_link(String packet, MqttMessageType type) {
        accept();
        channel.pipeline().addFirst(new MqttDecoder());

        receive(packet);

        assertThat(told)
                .containsExactly("closed peer: the broker sent " + type
                        + ", an MQTT packet that no broker sends to a client that it has accepted");
        assertThat(channel.isOpen()).isFalse();
    }

    private void receive(String packet) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(packet.replace(" ", ""))));
    }

    @Test
    void a_pong_is_no_news() {
        accept();
        channel.writeInbound(new MqttMessage(fixed(MqttMessageType.PINGRESP)));

        assertThat(told).isEmpty();
    }

    @Test
    void a_malformed_packet_ends_the_link() {
        channel.writeInbound(MqttMessageFactory.newInvalidMessage(new IllegalArgumentException("bad length")));

        assertThat(told).containsExactly("closed peer: the broker sent a malformed MQTT packet (bad length)");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void the_end_is_told_once_and_nothing_after_it() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void close(ChannelHandlerContext context, ChannelPromise promise) {
                // The socket takes its time.
            }
        });
        channel.pipeline().fireExceptionCaught(new SocketException("Connection reset"));
        channel.pipeline().fireExceptionCaught(new IOException("again"));
        connack(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        channel.writeInbound(suback(7, 0));
        channel.pipeline().fireChannelInactive();

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).startsWith("closed peer: ").contains("Connection reset");
    }

    @Test
    void a_failed_tls_handshake_ends_the_link() {
        channel.pipeline()
                .fireUserEventTriggered(new SslHandshakeCompletionEvent(
                        new SSLHandshakeException("Received fatal alert: certificate_unknown")));

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("the broker refused our certificate");
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void a_link_that_ends_before_it_was_accepted_may_be_due_to_our_certificate() {
        channel.close();

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("before it accepted us").contains("our certificate");
    }

    @Test
    void a_link_that_ends_later_was_closed_by_the_broker() {
        connack(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        channel.close();

        assertThat(told).containsExactly("accepted", "closed peer: the broker closed the connection");
    }

    private EmbeddedChannel channel(Duration keepAlive) {
        MqttLink.Settings settings =
                new MqttLink.Settings(null, null, "{client}", keepAlive, Duration.ofSeconds(10), 1_000_000);
        KeepAlive first = new KeepAlive(Duration.ZERO);
        EmbeddedChannel made = new EmbeddedChannel(first, new PacketHandler(new Told(), settings, "peer", first));
        made.freezeTime();
        return made;
    }

    private void connack(MqttConnectReturnCode code) {
        channel.writeInbound(MqttMessageFactory.newMessage(
                fixed(MqttMessageType.CONNACK), new MqttConnAckVariableHeader(code, false), null));
    }

    /** Has the broker accept us, of which nothing more is said. */
    private void accept() {
        connack(MqttConnectReturnCode.CONNECTION_ACCEPTED);
        told.clear();
    }

    private void elapse(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private static MqttSubAckMessage suback(int packetId, int... codes) {
        return new MqttSubAckMessage(
                fixed(MqttMessageType.SUBACK),
                MqttMessageIdVariableHeader.from(packetId),
                new MqttSubAckPayload(codes));
    }

    private static MqttFixedHeader fixed(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }

    private final class Told implements MqttLink.Listener {
        @Override
        public void accepted() {
            told.add("accepted");
        }

        @Override
        public void published(String topic, byte[] body) {
            told.add("published " + topic + " " + new String(body, UTF_8));
        }

        @Override
        public void readAll() {
            toldUntilReadAll = told.size();
        }

        @Override
        public void subscribed(int packetId, boolean granted) {
            told.add("subscribed " + packetId + " " + granted);
        }

        @Override
        public void unsubscribed(int packetId) {
            told.add("unsubscribed " + packetId);
        }

        @Override
        public void closed(LinkException reason) {
            told.add("closed " + reason.getMessage());
        }
    }
}
