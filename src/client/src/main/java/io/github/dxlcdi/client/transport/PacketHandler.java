package io.github.dxlcdi.client.transport;

import io.github.dxlcdi.client.resilience.MemoryShortage;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The last in the pipeline: turns MQTT packets into calls of the listener. Runs on the event loop.
 *
 * <p>A field that reaches beyond the end of its packet is noticed only when so many bytes have followed, be it those of a
 * PINGRESP: Netty's decoder waits for the whole field before it looks at the length of the packet.
 */
final class PacketHandler extends SimpleChannelInboundHandler<MqttMessage> {
    private static final int REFUSED = 0x80;
    private static final int MAX_KEEP_ALIVE_SECONDS = 65_535;

    /** What else a broker may send; the other acknowledgements belong to a quality of service that is never spoken. */
    private static final Set<MqttMessageType> EXPECTED = EnumSet.of(
            MqttMessageType.PINGRESP,
            MqttMessageType.PUBACK,
            MqttMessageType.PUBREC,
            MqttMessageType.PUBREL,
            MqttMessageType.PUBCOMP);

    private final MqttLink.Listener listener;
    private final MqttLink.Settings settings;
    private final String peer;
    private final KeepAlive keepAlive;
    private ScheduledFuture<?> connectDeadline;
    private boolean accepted;
    private boolean ended;
    private Throwable endCause;
    private Channel channel;

    // Made before memory is short
    private final Runnable telling = this::tellEnd;
    private final Runnable closing = () -> channel.close();

    PacketHandler(MqttLink.Listener listener, MqttLink.Settings settings, String peer, KeepAlive keepAlive) {
        this.listener = listener;
        this.settings = settings;
        this.peer = peer;
        this.keepAlive = keepAlive;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connectDeadline = context.executor()
                .schedule(
                        () -> fail(
                                context,
                                new LinkException("the broker did not accept the connection within "
                                        + settings.connectTimeout().toMillis()
                                        + " ms; check that it is a DXL broker and not overloaded")),
                        settings.connectTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                context.writeAndFlush(MqttMessageBuilders.connect()
                        .protocolVersion(MqttVersion.MQTT_3_1_1)
                        .clientId(settings.clientId())
                        .cleanSession(true)
                        .keepAlive((int) Math.min(
                                MAX_KEEP_ALIVE_SECONDS, settings.keepAlive().toSeconds()))
                        .build());
            } else {
                fail(context, handshake.cause());
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage packet) {
        if (ended) {
            return;
        }
        if (packet.decoderResult().isFailure()) {
            fail(
                    context,
                    LinkException.because(
                            "the broker sent a malformed MQTT packet",
                            packet.decoderResult().cause()));
        } else if (!accepted && !(packet instanceof MqttConnAckMessage)) {
            fail(
                    context,
                    new LinkException("the broker sent " + packet.fixedHeader().messageType()
                            + " before it accepted the connection (CONNACK); check that it is a DXL broker"));
        } else if (packet instanceof MqttPublishMessage publish) {
            listener.published(publish.variableHeader().topicName(), ByteBufUtil.getBytes(publish.payload()));
        } else if (packet instanceof MqttSubAckMessage ack) {
            subscribed(context, ack);
        } else if (packet instanceof MqttUnsubAckMessage ack) {
            listener.unsubscribed(ack.variableHeader().messageId());
        } else if (packet instanceof MqttConnAckMessage ack && !accepted) {
            answered(context, ack.variableHeader().connectReturnCode());
        } else if (!EXPECTED.contains(packet.fixedHeader().messageType())) {
            // Whoever says that has lost the thread, and what follows can't be trusted either.
            fail(
                    context,
                    new LinkException("the broker sent " + packet.fixedHeader().messageType()
                            + ", an MQTT packet that no broker sends to a client that it has accepted"));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!ended) {
            listener.readAll();
        }
        context.fireChannelReadComplete();
    }

    private void subscribed(ChannelHandlerContext context, MqttSubAckMessage ack) {
        List<MqttReasonCodes.SubAck> codes = ack.payload().typedReasonCodes();
        // Netty has null in the place of a code that it does not know.
        if (codes.isEmpty() || codes.stream().anyMatch(Objects::isNull)) {
            fail(
                    context,
                    new LinkException("the broker sent a malformed MQTT packet (a SUBACK whose return codes are "
                            + (codes.isEmpty() ? "missing)" : "none of MQTT's)")));
            return;
        }
        boolean granted = codes.stream().noneMatch(code -> (code.byteValue() & REFUSED) != 0);
        listener.subscribed(ack.variableHeader().messageId(), granted);
    }

    private void answered(ChannelHandlerContext context, MqttConnectReturnCode code) {
        connectDeadline.cancel(false);
        if (code == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
            accepted = true;
            keepAlive.start();
            listener.accepted();
        } else {
            fail(context, LinkException.refused(code, settings.certificate()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(
                accepted
                        ? new LinkException("the broker closed the connection")
                        : LinkException.closedEarly(settings.certificate()));
    }

    /** Comes last, also where a handler before this one has thrown and passed nothing on. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        channelInactive(context);
    }

    private void fail(ChannelHandlerContext context, Throwable cause) {
        end(cause);
        MemoryShortage.outlast(closing);
    }

    /** Tells the listener, once; what follows a first cause is only its consequence. */
    void end(Throwable cause) {
        if (!ended) {
            ended = true;
            if (connectDeadline != null) {
                connectDeadline.cancel(false);
            }
            endCause = cause;
            // Otherwise the client would take itself for connected.
            MemoryShortage.outlast(telling);
        }
    }

    private void tellEnd() {
        listener.readAll();
        listener.closed(LinkException.of(peer, endCause, accepted, settings.certificate(), settings.tls()));
    }
}
