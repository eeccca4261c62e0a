package io.github.dxlcdi.client.transport;

import io.github.dxlcdi.client.config.ProxyAddress;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One link to a broker, from the first byte to the last: the proxy's tunnel, TLS, web socket, MQTT 3.1.1 with a clean session, quality of
 * service 0, keep alive. All methods are called on the event loop, and so is the {@link Listener}.
 */
public final class MqttLink {
    private static final int CLOSE_NOTIFY_MILLIS = 200;
    private static final int CLOSE_MILLIS = 2 * CLOSE_NOTIFY_MILLIS;
    private static final int AT_ONCE = 0;

    /**
     * What a link needs to know besides the address.
     *
     * @param tls the context of our certificate and of the trusted ones
     * @param certificate our certificate, to say which one was refused
     * @param clientId the id in the CONNECT packet
     * @param keepAlive how long a peer may be silent; zero: for ever
     * @param connectTimeout how long the proxy's tunnel may take, and again TLS, web socket and CONNACK together
     * @param maxFrameBytes largest MQTT packet that is read
     */
    public record Settings(
            SslContext tls,
            X509Certificate certificate,
            String clientId,
            Duration keepAlive,
            Duration connectTimeout,
            int maxFrameBytes) {}

    /**
     * Where a link leads to.
     *
     * @param host the name for SNI, for the check of the host name, and for the proxy
     * @param port TCP port of the broker
     * @param webSocket whether MQTT goes through a web socket
     * @param proxy the HTTP proxy at the other end of the line
     */
    public record Target(String host, int port, boolean webSocket, Optional<ProxyAddress> proxy) {
        /** Host and port as in a URL, an IPv6 address in brackets. */
        public String authority() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    /** What happens on a link, told on the event loop. */
    public interface Listener {
        /** The broker has accepted us (CONNACK 0). */
        void accepted();

        /** A PUBLISH packet came; the array is the listener's to keep. */
        void published(String topic, byte[] body);

        /** What was there to be read has been, for now; comes after one or more packets, and before it ends. */
        void readAll();

        /** The broker has answered a SUBSCRIBE. */
        void subscribed(int packetId, boolean granted);

        /** The broker has answered an UNSUBSCRIBE. */
        void unsubscribed(int packetId);

        /** The link is gone; comes exactly once, whoever ended it, and nothing after it. */
        void closed(LinkException reason);
    }

    private final Channel channel;
    private final KeepAlive keepAlive;
    private final ReadReceipts receipts;

    private MqttLink(Channel channel, KeepAlive keepAlive, ReadReceipts receipts) {
        this.channel = channel;
        this.keepAlive = keepAlive;
        this.receipts = receipts;
    }

    /**
     * Begins to talk on {@code line}, which is the link's from now on; the listener hears how it goes on.
     */
    public static MqttLink open(Line line, Target target, Settings settings, Listener listener) {
        Channel channel = line.channel();
        KeepAlive keepAlive = new KeepAlive(settings.keepAlive());
        PacketHandler packets = new PacketHandler(listener, settings, target.authority(), keepAlive);
        channel.pipeline().addLast(keepAlive);
        MinimumRate recordRate = new MinimumRate("a TLS record", keepAlive);
        channel.pipeline().addLast(recordRate, recordRate.whole());
        if (target.webSocket()) {
            MinimumRate frameRate = new MinimumRate("a web socket frame", keepAlive);
            channel.pipeline()
                    .addLast(
                            frameRate,
                            new HttpClientCodec(),
                            new HttpObjectAggregator(WebSocketUpgrade.LARGEST_ANSWER),
                            new WebSocketUpgrade(target.authority(), settings.maxFrameBytes()),
                            frameRate.whole(),
                            new BinaryFrames());
        }
        ReadReceipts receipts = new ReadReceipts();
        MinimumRate packetRate = new MinimumRate("an MQTT packet", keepAlive);
        channel.pipeline()
                .addLast(
                        packetRate,
                        new MqttDecoder(settings.maxFrameBytes()),
                        packetRate.whole(),
                        MqttEncoder.INSTANCE,
                        receipts,
                        packets);
        // Last, for TLS begins at once, and whoever hears of it has to be there.
        channel.pipeline()
                .addAfter(
                        channel.pipeline().context(recordRate).name(),
                        null,
                        line.isSecured() ? new AlreadySecured() : wayToTls(channel, target, settings));
        channel.config().setAutoRead(true);
        channel.pipeline().fireChannelActive();
        return new MqttLink(channel, keepAlive, receipts);
    }

    private static ChannelHandler wayToTls(Channel channel, Target target, Settings settings) {
        SslHandler tls = settings.tls().newHandler(channel.alloc(), target.host(), target.port());
        tls.setHandshakeTimeoutMillis(settings.connectTimeout().toMillis());
        tls.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        tls.setCloseNotifyReadTimeoutMillis(0);
        return target.proxy()
                .<ChannelHandler>map(
                        proxy -> new ProxyTunnel(proxy, target.authority(), settings.connectTimeout(), tls))
                .orElse(tls);
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

    /** Gives the link up for a reason of our own. */
    public void fail(LinkException reason) {
        channel.pipeline().fireExceptionCaught(reason);
    }

    /**
     * {@link #close}s when the broker has read every message that was sent, or has not within {@code timeout}; at
     * once if it is known to have read them. Reads on until then: the answer may follow a backlog. A second call can
     * only shorten the time.
     */
    public void leave(LeaveTimeout timeout) {
        setReading(true);
        // A broker that has not read all that was sent is not waited for again.
        receipts.leave(timeout, () -> close(receipts.unconfirmed() == 0 ? CLOSE_MILLIS : AT_ONCE));
    }

    /** Messages of which it is not known that the broker has read them. */
    public long unconfirmed() {
        return receipts.unconfirmed();
    }

    /** Sends DISCONNECT and closes, within {@value #CLOSE_MILLIS} ms, whatever the broker has read by then. */
    public void close() {
        close(CLOSE_MILLIS);
    }

    private void close(int millis) {
        if (channel.isActive()) {
            send(MqttMessage.DISCONNECT);
            // A peer that reads nothing must not keep us here.
            channel.eventLoop()
                    .schedule(() -> channel.unsafe().close(channel.voidPromise()), millis, TimeUnit.MILLISECONDS);
        }
        channel.close();
    }

    private void send(MqttMessage packet) {
        channel.writeAndFlush(packet);
    }
}
