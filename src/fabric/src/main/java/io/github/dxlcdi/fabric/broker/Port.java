package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.transport.BinaryFrames;
import io.github.dxlcdi.client.transport.EventLoop;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The port that the broker listens on, if wanted another one for web sockets, and what becomes of a socket that is accepted
 * there. Runs on the event loop.
 */
final class Port {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String LOOPBACK_IPV6 = "::1";

    /** Beyond any limit that packets may have: a frame is read, and the packet in it ends the connection. */
    private static final int LONGEST_FRAME = 64 * 1024 * 1024;

    /** Netty's default of 23 characters, MQTT 3.1's, is too short for the UUID of a DXL client. */
    private static final int LONGEST_CLIENT_ID = 65_535;

    /** For TLS, and for the web socket's upgrade: longer than clients wait, for they may wait for this thread. */
    private static final int HANDSHAKE_MILLIS = 120_000;

    private static final int CLOSE_NOTIFY_MILLIS = 200;
    private static final int LONGEST_HTTP_REQUEST = 64 * 1024;

    /** As at a DXL broker: any path will do, and either of the names that MQTT has had for itself. */
    private static final WebSocketServerProtocolConfig WEB_SOCKET = WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .subprotocols("mqtt,mqttv3.1")
            .handleCloseFrames(false)
            .handshakeTimeoutMillis(HANDSHAKE_MILLIS)
            .maxFramePayloadLength(LONGEST_FRAME)
            .build();

    private final EventLoop loop;
    private final Router router;
    private final Sockets sockets;
    private final List<String> hosts;
    private final boolean webSockets;
    private final int messageSizeLimit;

    /** Empty while it doesn't listen. */
    private final List<Channel> serverSockets = new ArrayList<>();

    /** Null until {@link #serve}. */
    private MutualTls tls;

    /** 0 until it is known. */
    private int webSocketNumber;

    private boolean paused;

    Port(EventLoop loop, Router router, Sockets sockets, BrokerSettings settings) {
        this.loop = loop;
        this.router = router;
        this.sockets = sockets;
        this.hosts = settings.ipv6() ? List.of(LOOPBACK, LOOPBACK_IPV6) : List.of(LOOPBACK);
        this.webSockets = settings.webSockets();
        this.messageSizeLimit = settings.messageSizeLimit();
    }

    /** Lets clients in; those that have come before have been waiting. A second call is for new clients only. */
    void serve(MutualTls tls) {
        release();
        this.tls = tls;
        acceptIfReady();
    }

    /** Starts to listen; gives the port's number, or fails if it is taken. */
    CompletableFuture<Integer> listen(int number) {
        CompletableFuture<Integer> listening = bind(number, false);
        if (webSockets) {
            listening =
                    listening.thenCompose(bound -> bind(webSocketNumber, true).thenApply(other -> {
                        webSocketNumber = other;
                        return bound;
                    }));
        }
        return listening.whenComplete((bound, failure) -> {
            if (failure == null) {
                acceptIfReady();
            } else {
                stop();
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

    private CompletableFuture<Integer> bind(int number, boolean webSocket) {
        CompletableFuture<Integer> bound = CompletableFuture.completedFuture(number);
        for (String host : hosts) {
            bound = bound.thenCompose(same -> bind(new InetSocketAddress(host, same), webSocket));
        }
        return bound;
    }

    private CompletableFuture<Integer> bind(InetSocketAddress address, boolean webSocket) {
        CompletableFuture<Integer> bound = new CompletableFuture<>();
        new ServerBootstrap()
                .group(loop.group())
                .channel(loop.socketKind().serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        accepted(socket, webSocket);
                    }
                })
                .bind(address)
                .addListener((ChannelFutureListener) binding -> {
                    if (binding.isSuccess()) {
                        serverSockets.add(binding.channel());
                        bound.complete(numberOf(binding.channel()));
                    } else {
                        bound.completeExceptionally(binding.cause());
                    }
                });
        return bound;
    }

    private void accepted(Channel socket, boolean webSocket) {
        SslHandler ssl = new SslHandler(tls.newEngine(socket.alloc()));
        ssl.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        ssl.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        ssl.setCloseNotifyReadTimeoutMillis(0);
        Gate gate = sockets.newGate();
        socket.pipeline().addLast(gate, ssl);
        if (webSocket) {
            socket.pipeline()
                    .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(LONGEST_HTTP_REQUEST),
                            new WebSocketServerProtocolHandler(WEB_SOCKET),
                            new BinaryFrames());
        }
        socket.pipeline()
                .addLast(
                        new MqttDecoder(messageSizeLimit, LONGEST_CLIENT_ID),
                        MqttEncoder.INSTANCE,
                        new PacketTurns(gate),
                        new Connection(router, tls.rootThumbprint()));
        sockets.add(socket);
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
        serverSockets.forEach(socket -> socket.config().setAutoRead(tls != null && !paused));
    }

    boolean isListening() {
        return !serverSockets.isEmpty();
    }

    /** The port for web sockets; 0 if there is none. */
    int webSocketNumber() {
        return webSocketNumber;
    }

    void stop() {
        serverSockets.forEach(Channel::close);
        serverSockets.clear();
    }

    private static int numberOf(Channel serverSocket) {
        return ((InetSocketAddress) serverSocket.localAddress()).getPort();
    }
}
