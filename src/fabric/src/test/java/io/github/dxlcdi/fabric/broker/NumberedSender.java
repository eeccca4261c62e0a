package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireWriter;
import io.github.dxlcdi.fabric.ChildJvm;
import io.github.dxlcdi.fabric.pki.Authority;
import io.github.dxlcdi.fabric.pki.Identity;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A broker in a JVM of its own that writes numbered events to whoever subscribes to their topic, as fast as the socket takes them, and
 * none while it doesn't. Drops a client that is silent for one and a half of its keep alive. Answers {@code accepted},
 * {@code stop} and {@code connections} with a number.
 */
public final class NumberedSender {
    private static final String TOPIC = "/numbered";
    private static final int BURST = 64;

    // Of the one event loop, so that nothing is accepted after the answer to stop.
    private static long accepted;
    private static int connections;
    private static boolean stopped;

    private NumberedSender() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Authority authority = new Authority();
        Identity broker = authority.issueBroker("sender", Authority.makeKey().join());
        Identity client = authority.issueClient("receiver", Authority.makeKey().join());
        MutualTls tls = new MutualTls(broker, authority.certificate(), List.of("TLSv1.2", "TLSv1.3"));
        Channel server = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        socket.pipeline()
                                .addLast(
                                        new SslHandler(tls.newEngine(socket.alloc())),
                                        new MqttDecoder(64 * 1024, 65_535),
                                        MqttEncoder.INSTANCE,
                                        new Conversation());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        Files.writeString(folder.resolve("ca-bundle.crt"), Identity.pem(authority.certificate()));
        Files.writeString(folder.resolve("client.crt"), client.certificatePem());
        Files.writeString(folder.resolve("client.key"), client.privateKeyPem());
        Files.writeString(
                folder.resolve("dxlclient.config"),
                "[Certs]\nBrokerCertChain=ca-bundle.crt\nCertFile=client.crt\nPrivateKey=client.key\n[Brokers]\nb={b};"
                        + port + ";localhost;127.0.0.1\n");
        say("port", port);
        ChildJvm.onCommands(command -> server.eventLoop().execute(() -> answer(command)));
    }

    private static void answer(String command) {
        stopped |= command.equals("stop");
        say(command, command.equals("connections") ? connections : accepted);
    }

    private static void say(String word, long number) {
        System.out.println(word + " " + number);
    }

    /** Every sixteenth is large. */
    private static byte[] event(int number) {
        return WireWriter.write(new WireMessage(
                WireMessage.CURRENT_VERSION,
                "{00000000-0000-4000-8000-000000000000}",
                "",
                "",
                List.of(),
                List.of(),
                ByteBuffer.allocate(number % 16 == 0 ? 64 * 1024 : 1024)
                        .putInt(number)
                        .array(),
                new WireMessage.EventFields(),
                List.of(),
                "",
                List.of(),
                ""));
    }

    private static final class Conversation extends SimpleChannelInboundHandler<MqttMessage> {
        private boolean subscribed;

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, MqttMessage packet) {
            if (packet instanceof MqttConnectMessage connect) {
                connections++;
                long silence = connect.variableHeader().keepAliveTimeSeconds() * 1_500L;
                ctx.pipeline().addFirst(new IdleStateHandler(silence, 0, 0, TimeUnit.MILLISECONDS));
                ctx.writeAndFlush(Packets.connack(Packets.CONNACK_ACCEPTED));
            } else if (packet instanceof MqttSubscribeMessage subscribe) {
                ctx.writeAndFlush(Packets.suback(subscribe));
                if (subscribe
                        .payload()
                        .topicSubscriptions()
                        .get(0)
                        .topicFilter()
                        .equals(TOPIC)) {
                    subscribed = true;
                    pump(ctx);
                }
            } else if (packet.fixedHeader().messageType() == MqttMessageType.PINGREQ) {
                ctx.writeAndFlush(MqttMessage.PINGRESP);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (subscribed) {
                pump(ctx);
            }
        }

        private void pump(ChannelHandlerContext ctx) {
            for (int i = 0; i < BURST && !stopped && ctx.channel().isWritable(); i++) {
                ctx.write(new MqttPublishMessage(
                        Packets.PUBLISH, new MqttPublishVariableHeader(TOPIC, 0), Unpooled.wrappedBuffer(event((int)
                                accepted++))));
            }
            ctx.flush();
            if (!stopped && ctx.channel().isWritable()) {
                ctx.executor().execute(() -> pump(ctx));
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof IdleStateEvent) {
                say("silent", accepted);
                ctx.close();
            }
        }
    }
}
