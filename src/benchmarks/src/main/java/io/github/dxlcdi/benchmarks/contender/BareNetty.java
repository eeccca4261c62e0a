package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Tally;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Netty's TLS (the JDK's) and MQTT decoder on one event loop, with Netty's own settings, and nothing behind them but a count of the
 * messages: what anybody pays who receives MQTT with Netty. Subclasses do even less.
 */
public class BareNetty implements Subscriber {
    private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;
    private static final int CONNECT_LIMIT_SECONDS = 10;

    @Override
    public final void start(Endpoint endpoint, Tally tally) throws Exception {
        SslContext tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.2")
                .trustManager(endpoint.authority().toFile())
                .keyManager(endpoint.certificate().toFile(), endpoint.key().toFile())
                .endpointIdentificationAlgorithm("")
                .build();
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port()),
                                        new MqttDecoder(MAX_FRAME_BYTES),
                                        MqttEncoder.INSTANCE,
                                        new Messages(endpoint, tally, subscribed));
                    }
                })
                .connect(endpoint.host(), endpoint.port())
                .sync();
        subscribed.get(CONNECT_LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** It has subscribed; nothing has come yet. */
    void subscribed(ChannelHandlerContext context, Endpoint endpoint, Tally tally) {
        // The decoder stays.
    }

    private final class Messages extends SimpleChannelInboundHandler<MqttMessage> {
        private final Endpoint endpoint;
        private final Tally tally;
        private final CompletableFuture<Void> subscribed;

        Messages(Endpoint endpoint, Tally tally, CompletableFuture<Void> subscribed) {
            this.endpoint = endpoint;
            this.tally = tally;
            this.subscribed = subscribed;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                if (handshake.isSuccess()) {
                    context.writeAndFlush(MqttMessageBuilders.connect()
                            .protocolVersion(MqttVersion.MQTT_3_1_1)
                            .clientId("bare-netty")
                            .cleanSession(true)
                            .build());
                } else {
                    subscribed.completeExceptionally(handshake.cause());
                }
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, MqttMessage packet) {
            if (packet instanceof MqttPublishMessage) {
                tally.arrived();
            } else if (packet instanceof MqttConnAckMessage) {
                context.writeAndFlush(MqttMessageBuilders.subscribe()
                        .messageId(1)
                        .addSubscription(MqttQoS.AT_MOST_ONCE, Endpoint.TOPIC)
                        .build());
            } else if (packet instanceof MqttSubAckMessage) {
                subscribed(context, endpoint, tally);
                subscribed.complete(null);
            }
        }
    }
}
