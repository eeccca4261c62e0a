package io.github.dxlcdi.benchmarks.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Plays a broker: mutual TLS 1.2 with the cipher suite that real ones prefer, MQTT as far as a subscriber needs it. What it
 * sends is encoded already, and epoll and OpenSSL keep its own cost low where they are to be had.
 */
public final class LoadBroker implements AutoCloseable {
    private static final String PROTOCOL = "TLSv1.2";
    private static final String SUITE = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

    private final EventLoopGroup group;
    private final Channel server;
    private final ByteBuf frames;
    private final BlockingQueue<Feed> subscribers = new LinkedBlockingQueue<>();

    /** Listens on a free port of the loopback interface. */
    public LoadBroker(Credentials credentials, DetectionFrames detections) throws SSLException {
        frames = detections.concatenated();
        SslContext tls = SslContextBuilder.forServer(
                        credentials.broker().privateKey(), credentials.broker().certificate())
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .trustManager(credentials.authority())
                .clientAuth(ClientAuth.REQUIRE)
                .protocols(PROTOCOL)
                .ciphers(List.of(SUITE))
                .build();
        boolean epoll = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        server = new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Feed feed = new Feed(frames, detections.frameBytes());
                        channel.pipeline()
                                .addLast(
                                        tls.newHandler(channel.alloc()),
                                        feed,
                                        new MqttDecoder(),
                                        MqttEncoder.INSTANCE,
                                        new Answers(() -> subscribers.add(feed)));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** Where it listens. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** With what it sends. */
    public String means() {
        return (Epoll.isAvailable() ? "epoll" : "NIO") + ", "
                + (OpenSsl.isAvailable() ? OpenSsl.versionString() : "the JDK's TLS");
    }

    /**
     * The next one who has subscribed to detections.
     *
     * @throws IllegalStateException if nobody does within {@code limit}
     */
    public Feed awaitSubscriber(Duration limit) throws InterruptedException {
        Feed subscriber = subscribers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (subscriber == null) {
            throw new IllegalStateException("Nobody has subscribed within " + limit.toSeconds() + " s");
        }
        return subscriber;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        frames.release();
    }
}
