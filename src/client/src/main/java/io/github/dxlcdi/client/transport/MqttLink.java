package io.github.dxlcdi.client.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One TCP connection to a broker, from the first packet to the last: TLS, MQTT 3.1.1 with a clean session, quality of
 * service 0, keep alive. All methods are called on the event loop, and so is the {@link Listener}.
 */
public final class MqttLink {
    private static final int CLOSE_NOTIFY_MILLIS = 200;
    private static final int CLOSE_MILLIS = 2 * CLOSE_NOTIFY_MILLIS;

    /**
     * What a link needs to know besides the address.
     *
     * @param tls the context of our certificate and of the trusted ones
     * @param certificate our certificate, to say which one was refused
     * @param clientId the id in the CONNECT packet
     * @param keepAlive how long a peer may be silent; zero: for ever
     * @param connectTimeout how long TCP may take, and again TLS and CONNACK together
     * @param maxFrameBytes largest MQTT packet that is read
     */
    public record Settings(
            SslContext tls,
            X509Certificate certificate,
            String clientId,
            Duration keepAlive,
            Duration connectTimeout,
            int maxFrameBytes) {}

    /** What happens on a link, told on the event loop. */
    public interface Listener {
        /** The broker has accepted us (CONNACK 0). */
        void accepted();

        /** A PUBLISH packet came; the array is the listener's to keep. */
        void published(String topic, byte[] body);

        /** The broker has answered a SUBSCRIBE or UNSUBSCRIBE. */
        void acknowledged(int packetId, boolean granted);

        /** The link is gone; comes exactly once, whoever ended it, and nothing after it. */
        void closed(LinkException reason);
    }

    private final Channel channel;
    private final KeepAlive keepAlive;

    private MqttLink(Channel channel, KeepAlive keepAlive) {
        this.channel = channel;
        this.keepAlive = keepAlive;
    }

    /**
     * Starts to connect; the listener hears how it goes on.
     *
     * @param host the name for SNI and for the check of the host name
     */
    public static MqttLink open(
            EventLoop loop, String host, InetSocketAddress address, Settings settings, Listener listener) {
        KeepAlive keepAlive = new KeepAlive(settings.keepAlive());
        PacketHandler packets = new PacketHandler(listener, settings, host + ":" + address.getPort(), keepAlive);
        ChannelFuture connecting = new Bootstrap()
                .group(loop.group())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(Integer.MAX_VALUE, settings.connectTimeout().toMillis()))
                .handler(new ChannelInitializer<NioSocketChannel>() {
                    @Override
                    protected void initChannel(NioSocketChannel channel) {
                        SslHandler tls = settings.tls().newHandler(channel.alloc(), host, address.getPort());
                        tls.setHandshakeTimeoutMillis(settings.connectTimeout().toMillis());
                        tls.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
                        tls.setCloseNotifyReadTimeoutMillis(0);
                        channel.pipeline()
                                .addLast(
                                        keepAlive,
                                        tls,
                                        new MqttDecoder(settings.maxFrameBytes()),
                                        MqttEncoder.INSTANCE,
                                        packets);
                    }
                })
                .connect(address);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                // A socket that could not even be made is told on another thread of Netty's.
                loop.execute(() -> packets.end(done.cause()));
            }
        });
        return new MqttLink(connecting.channel(), keepAlive);
    }

    /** Sends SUBSCRIBE with quality of service 0. */
    public void subscribe(int packetId, String topic) {
        send(MqttMessageBuilders.subscribe()
                .messageId(packetId)
                .addSubscription(MqttQoS.AT_MOST_ONCE, topic)
                .build());
    }

    /** Sends UNSUBSCRIBE. */
    public void unsubscribe(int packetId, String topic) {
        send(MqttMessageBuilders.unsubscribe()
                .messageId(packetId)
                .addTopicFilter(topic)
                .build());
    }

    /** Sends PUBLISH with quality of service 0; the result is done when the operating system has the bytes. */
    public CompletableFuture<Void> publish(String topic, byte[] body) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        channel.writeAndFlush(MqttMessageBuilders.publish()
                        .topicName(topic)
                        .qos(MqttQoS.AT_MOST_ONCE)
                        .retained(false)
                        .payload(Unpooled.wrappedBuffer(body))
                        .build())
                .addListener(written -> {
                    if (written.isSuccess()) {
                        sent.complete(null);
                    } else {
                        sent.completeExceptionally(written.cause());
                    }
                });
        return sent;
    }

    /**
     * Reads on, or stops reading: TCP then holds the broker back. A few packets that are already decoded still arrive after
     * a stop.
     */
    public void setReading(boolean reading) {
        if (channel.config().isAutoRead() != reading) {
            keepAlive.readingChanged(reading);
            channel.config().setAutoRead(reading);
        }
    }

    /** When the broker was last heard, by any byte. */
    public Instant lastHeard() {
        return keepAlive.lastHeard();
    }

    /** How it is protected, once the broker has accepted us; empty if TLS is not spoken here. */
    public Optional<Protection> protection() {
        return Protection.of(channel.pipeline());
    }

    /** Takes leave with DISCONNECT and closes, within {@value #CLOSE_MILLIS} ms. */
    public void close() {
        if (channel.isActive()) {
            send(MqttMessage.DISCONNECT);
            // A peer that reads nothing must not keep us here.
            channel.eventLoop()
                    .schedule(() -> channel.unsafe().close(channel.voidPromise()), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        channel.close();
    }

    private void send(MqttMessage packet) {
        channel.writeAndFlush(packet);
    }
}
