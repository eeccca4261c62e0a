package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.log.TextLogger;
import io.github.dxlcdi.fabric.pki.Thumbprint;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/** One client's conversation in MQTT, from CONNECT to the end of its socket. Runs on the event loop. */
final class Connection extends SimpleChannelInboundHandler<MqttMessage> {
    private static final Logger LOG = TextLogger.of(Connection.class.getName());

    /** MQTT 3.1.1, 3.1.2.10: silent for half as long again as it promised, a client counts as gone. */
    private static final long KEEP_ALIVE_GRACE_MILLIS_PER_SECOND = 1_500;

    private final Router router;
    private final String rootThumbprint;
    private ChannelHandlerContext ctx;

    /** Null until the client's CONNECT has been accepted. */
    private Sender sender;

    private Will will;
    private boolean flushDue;

    /** Nothing that comes counts any more: what was read together with the packet that ended it, nor a deadline. */
    private boolean ended;

    /** A message that the broker sends in the client's name when it goes without a word. */
    private record Will(String topic, byte[] body) {}

    Connection(Router router, String rootThumbprint) {
        this.router = router;
        this.rootThumbprint = rootThumbprint;
    }

    Sender sender() {
        return sender;
    }

    /** Bytes that wait for the client to read them. */
    long pendingBytes() {
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Writes a message without sending it off yet; true if a {@link #flush()} became due by it. */
    boolean write(String topic, byte[] body) {
        ctx.write(
                new MqttPublishMessage(
                        Packets.PUBLISH, new MqttPublishVariableHeader(topic, 0), Unpooled.wrappedBuffer(body)),
                ctx.voidPromise());
        boolean becameDue = !flushDue;
        flushDue = true;
        return becameDue;
    }

    void flush() {
        flushDue = false;
        ctx.flush();
    }

    void writeGarbage(byte[] bytes) {
        ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    /** Forgets the client as if it had never come; its socket is the caller's concern. */
    void forget() {
        ended = true;
        router.leave(this);
    }

    /** Ends the connection of a client whose certificate has been revoked; its will is not carried out. */
    void expel() {
        will = null;
        router.leave(this);
        end("its certificate is revoked");
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, MqttMessage packet) {
        if (ended) {
            return;
        }
        if (packet.decoderResult().isFailure()) {
            refuseMalformed(packet.decoderResult().cause());
        } else if (sender == null) {
            if (packet instanceof MqttConnectMessage connect) {
                connect(connect);
            } else {
                end("its first packet is no CONNECT");
            }
        } else {
            converse(packet);
        }
    }

    private void converse(MqttMessage packet) {
        MqttFixedHeader header = packet.fixedHeader();
        switch (header.messageType()) {
            case PUBLISH -> publish((MqttPublishMessage) packet);
            case SUBSCRIBE -> subscribe((MqttSubscribeMessage) packet);
            case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) packet);
            case PINGREQ -> ctx.writeAndFlush(MqttMessage.PINGRESP);
            case DISCONNECT -> {
                will = null;
                end("it said good-bye");
            }
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> {
                // Belongs to a QoS that is never spoken here.
            }
            default -> end("a client never sends " + header.messageType());
        }
    }

    private void connect(MqttConnectMessage connect) {
        var header = connect.variableHeader();
        if (!Packets.isSpoken(header)) {
            refuse(Packets.CONNACK_WRONG_VERSION, "it speaks neither MQTT 3.1 nor 3.1.1");
            return;
        }
        if (!header.isCleanSession()) {
            end("it asked for a session that outlives the connection");
            return;
        }
        if (header.isWillFlag() && !TopicFilter.isTopic(connect.payload().willTopic())) {
            end("its will has no proper topic");
            return;
        }
        if (router.isFull()) {
            refuse(Packets.CONNACK_UNAVAILABLE, "as many clients as may be are connected");
            return;
        }
        Sender client;
        try {
            client = identify();
        } catch (SSLPeerUnverifiedException e) {
            end("it has no certificate");
            return;
        }
        if (router.isRevoked(client)) {
            end("its certificate has been revoked since its handshake");
            return;
        }
        sender = client;
        if (header.isWillFlag()) {
            will = new Will(connect.payload().willTopic(), connect.payload().willMessageInBytes());
        }
        if (header.keepAliveTimeSeconds() > 0) {
            long deadline = header.keepAliveTimeSeconds() * KEEP_ALIVE_GRACE_MILLIS_PER_SECOND;
            ctx.pipeline().addBefore(ctx.name(), null, new IdleStateHandler(deadline, 0, 0, TimeUnit.MILLISECONDS));
        }
        ctx.writeAndFlush(Packets.connack(Packets.CONNACK_ACCEPTED));
        router.join(this);
    }

    private Sender identify() throws SSLPeerUnverifiedException {
        var session = ctx.pipeline().get(SslHandler.class).engine().getSession();
        X509Certificate own = (X509Certificate) session.getPeerCertificates()[0];
        return Sender.connecting(rootThumbprint, Thumbprint.of(own));
    }

    private void publish(MqttPublishMessage packet) {
        String topic = packet.variableHeader().topicName();
        if (!TopicFilter.isTopic(topic)) {
            end("nothing can be published to the topic '" + topic + "'");
        } else if (packet.fixedHeader().qosLevel() != MqttQoS.AT_MOST_ONCE) {
            LOG.log(
                    Level.DEBUG,
                    "DXL0601 A message to {0} vanished without an answer, as at a DXL broker: it was published with"
                            + " QoS {1}, use 0",
                    topic,
                    packet.fixedHeader().qosLevel().value());
        } else {
            router.route(sender, topic, ByteBufUtil.getBytes(packet.payload()));
        }
    }

    private void subscribe(MqttSubscribeMessage packet) {
        List<MqttTopicSubscription> wanted = packet.payload().topicSubscriptions();
        for (MqttTopicSubscription subscription : wanted) {
            if (!TopicFilter.isFilter(subscription.topicFilter())) {
                end("'" + subscription.topicFilter() + "' can't be subscribed");
                return;
            }
        }
        ctx.writeAndFlush(Packets.suback(packet));
        for (MqttTopicSubscription subscription : wanted) {
            router.subscribe(subscription.topicFilter(), this);
        }
    }

    private void unsubscribe(MqttUnsubscribeMessage packet) {
        for (String filter : packet.payload().topics()) {
            router.unsubscribe(filter, this);
        }
        ctx.writeAndFlush(Packets.unsuback(packet));
    }

    private void refuseMalformed(Throwable cause) {
        if (sender == null && Packets.isUnknownVersion(cause)) {
            refuse(Packets.CONNACK_WRONG_VERSION, cause.getMessage());
        } else if (sender == null && Packets.isBadClientId(cause)) {
            refuse(Packets.CONNACK_BAD_CLIENT_ID, cause.getMessage());
        } else if (cause instanceof TooLongFrameException) {
            end("a packet is longer than the message size limit: " + cause.getMessage());
        } else {
            end("a packet is malformed: " + cause.getMessage());
        }
    }

    private void refuse(byte code, String reason) {
        ctx.writeAndFlush(Packets.connack(code));
        end(reason);
    }

    /** Once only: closing may itself fail, and tell so by way of {@link #exceptionCaught}. */
    private void end(String reason) {
        if (ended) {
            return;
        }
        LOG.log(
                Level.DEBUG,
                "DXL0600 Closing the connection of {0}: {1}",
                ctx.channel().remoteAddress(),
                reason);
        ended = true;
        ctx.close();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        router.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        boolean weDoNotListen = ctx.pipeline().get(Gate.class).isShut();
        if (event instanceof IdleStateEvent && !weDoNotListen) {
            end("no packet came within one and a half times its keep alive");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        router.leave(this);
        if (will != null) {
            router.route(sender, will.topic(), will.body());
            router.flush();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(cause.toString());
    }
}
