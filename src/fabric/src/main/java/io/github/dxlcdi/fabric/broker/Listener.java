package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.fabric.pki.Thumbprint;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;

/** The port that the broker listens on, and what becomes of a socket that is accepted there. Runs on the event loop. */
final class Listener {
    private static final String LOOPBACK = "127.0.0.1";

    /** A longer packet closes the connection; one that is merely above the message size limit must be read to vanish. */
    private static final int LONGEST_PACKET = 64 * 1024 * 1024;

    /** Netty's default of 23 characters, MQTT 3.1's, is too short for the UUID of a DXL client. */
    private static final int LONGEST_CLIENT_ID = 65_535;

    private static final int CLOSE_NOTIFY_MILLIS = 200;

    private final ServerBootstrap bootstrap;
    private Channel serverSocket;

    Listener(EventLoopGroup group, BrokerSettings settings, Router router, Sockets sockets) throws SSLException {
        SslContext tls = SslContextBuilder.forServer(settings.privateKey(), settings.certificate())
                .sslProvider(SslProvider.JDK)
                .trustManager(settings.authority())
                .clientAuth(ClientAuth.REQUIRE)
                .protocols(settings.tlsProtocols())
                .build();
        String rootThumbprint = Thumbprint.of(settings.authority());
        bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        SslHandler ssl = tls.newHandler(socket.alloc());
                        ssl.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
                        ssl.setCloseNotifyReadTimeoutMillis(0);
                        socket.pipeline()
                                .addLast(
                                        ssl,
                                        new MqttDecoder(LONGEST_PACKET, LONGEST_CLIENT_ID),
                                        MqttEncoder.INSTANCE,
                                        new Connection(router, rootThumbprint));
                        sockets.add(socket);
                    }
                });
    }

    /** Starts to listen; the future fails if the port is taken. */
    ChannelFuture listen(int port) {
        return bootstrap.bind(new InetSocketAddress(LOOPBACK, port)).addListener((ChannelFutureListener) bound -> {
            if (bound.isSuccess()) {
                serverSocket = bound.channel();
            }
        });
    }

    int port() {
        return ((InetSocketAddress) serverSocket.localAddress()).getPort();
    }

    void stop() {
        if (serverSocket != null) {
            serverSocket.close();
            serverSocket = null;
        }
    }
}
