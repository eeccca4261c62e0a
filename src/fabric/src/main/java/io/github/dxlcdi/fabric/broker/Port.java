package io.github.dxlcdi.fabric.broker;

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
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;

/** The port that the broker listens on, and what becomes of a socket that is accepted there. Runs on the event loop. */
final class Port {
    private static final String LOOPBACK = "127.0.0.1";

    /** A longer packet closes the connection; one that is merely above the message size limit must be read to vanish. */
    private static final int LONGEST_PACKET = 64 * 1024 * 1024;

    /** Netty's default of 23 characters, MQTT 3.1's, is too short for the UUID of a DXL client. */
    private static final int LONGEST_CLIENT_ID = 65_535;

    private static final int CLOSE_NOTIFY_MILLIS = 200;

    private final ServerBootstrap bootstrap;

    /** Null until {@link #serve}. */
    private MutualTls tls;

    /** Null while it doesn't listen. */
    private Channel serverSocket;

    private boolean paused;

    Port(EventLoopGroup group, Router router, Sockets sockets) {
        bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        SslHandler ssl = new SslHandler(tls.newEngine(socket.alloc()));
                        ssl.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
                        ssl.setCloseNotifyReadTimeoutMillis(0);
                        socket.pipeline()
                                .addLast(
                                        sockets.newGate(),
                                        ssl,
                                        new MqttDecoder(LONGEST_PACKET, LONGEST_CLIENT_ID),
                                        MqttEncoder.INSTANCE,
                                        new Connection(router, tls.rootThumbprint()));
                        sockets.add(socket);
                    }
                });
    }

    /** Lets clients in; those that have come before have been waiting. A second call is for new clients only. */
    void serve(MutualTls tls) {
        release();
        this.tls = tls;
        acceptIfReady();
    }

    /** Starts to listen; the future fails if the port is taken. */
    ChannelFuture listen(int port) {
        return bootstrap.bind(new InetSocketAddress(LOOPBACK, port)).addListener((ChannelFutureListener) bound -> {
            if (bound.isSuccess()) {
                serverSocket = bound.channel();
                acceptIfReady();
            }
        });
    }

    /** Gives back what TLS holds; nobody is accepted any more. */
    void release() {
        if (tls != null) {
            tls.release();
            tls = null;
        }
    }

    /** Accepts nobody; those who come wait. */
    void pause() {
        paused = true;
        acceptIfReady();
    }

    void resume() {
        paused = false;
        acceptIfReady();
    }

    private void acceptIfReady() {
        if (serverSocket != null) {
            serverSocket.config().setAutoRead(tls != null && !paused);
        }
    }

    int number() {
        return ((InetSocketAddress) serverSocket.localAddress()).getPort();
    }

    void stop() {
        if (serverSocket != null) {
            serverSocket.close();
            serverSocket = null;
        }
    }
}
