package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.fabric.pki.Authority;
import io.github.dxlcdi.fabric.pki.Identity;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A broker by hand, on sockets of the JDK, that answers as a test wants: its methods answer as a good broker does, a test
 * overrides those that it is about. All such brokers have one authority.
 */
class ScriptedBroker implements AutoCloseable {
    private static final int ACCEPTED = 0;
    private static final char[] PASSWORD = {};
    private static final Authority AUTHORITY = new Authority();
    private static final Identity BROKER =
            AUTHORITY.issueBroker("scripted-broker", Authority.makeKey().join());
    private static final Identity CLIENT =
            AUTHORITY.issueClient("client", Authority.makeKey().join());

    private final SSLServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** Everybody who has sent CONNECT, also those that have gone. */
    final List<Peer> peers = new CopyOnWriteArrayList<>();

    /**
     * {@code SUBSCRIBE topic} and {@code UNSUBSCRIBE topic} in the order of their arrival, but for the topic that each
     * client subscribes to for its answers.
     */
    final List<String> questions = new CopyOnWriteArrayList<>();

    ScriptedBroker() throws Exception {
        this(0);
    }

    ScriptedBroker(int port) throws Exception {
        server = (SSLServerSocket) brokerTls().getServerSocketFactory().createServerSocket();
        server.setNeedClientAuth(true);
        onStart(server);
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        daemon(this::accept);
    }

    /** Before it listens: the JDK copies what is set here before somebody comes. */
    void onStart(SSLServerSocket server) {
        // TLS as the JDK has it.
    }

    /** Before anything is read. */
    void onOpen(Socket socket) throws IOException {
        // The first packet is MQTT.
    }

    void onConnect(Peer peer) throws IOException {
        peer.send(0x20, new byte[] {0, ACCEPTED});
    }

    void onSubscribe(Peer peer, int packetId, String topic) throws IOException {
        peer.suback(packetId, 0);
    }

    /** The client's own topic, which each client subscribes to first. */
    void onSubscribeToAnswers(Peer peer, int packetId) throws IOException {
        peer.suback(packetId, 0);
    }

    void onUnsubscribe(Peer peer, int packetId, String topic) throws IOException {
        peer.send(0xb0, new byte[] {(byte) (packetId >> 8), (byte) packetId});
    }

    void onPublish(Peer peer, String topic, byte[] body) throws IOException {
        // A broker confirms no message.
    }

    void onPing(Peer peer) throws IOException {
        peer.send(0xd0, new byte[0]);
    }

    int port() {
        return server.getLocalPort();
    }

    Broker broker() {
        return new Broker("scripted", port(), "127.0.0.1", null);
    }

    /** A client's configuration for these brokers, in their order. */
    static DxlClientConfig configFor(Broker... brokers) {
        DxlClientConfig config = new DxlClientConfig(
                Identity.pem(AUTHORITY.certificate()),
                CLIENT.certificatePem(),
                CLIENT.privateKeyPem(),
                List.of(brokers));
        config.setConnectRetries(0);
        config.setReconnectDelay(50);
        config.setReconnectDelayMax(200);
        return config;
    }

    DxlClientConfig config() throws DxlException {
        return configFor(broker());
    }

    /** Ends the connections that there are. */
    void cut() {
        sockets.forEach(ScriptedBroker::close);
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    /** One connection of a client. */
    static final class Peer {
        private final Socket socket;

        private Peer(Socket socket) {
            this.socket = socket;
        }

        synchronized void send(int type, byte[] content) throws IOException {
            ByteArrayOutputStream packet = new ByteArrayOutputStream(content.length + 5);
            packet.write(type);
            int length = content.length;
            do {
                packet.write((length & 0x7f) | (length > 0x7f ? 0x80 : 0));
                length >>= 7;
            } while (length > 0);
            packet.writeBytes(content);
            socket.getOutputStream().write(packet.toByteArray());
        }

        void suback(int packetId, int code) throws IOException {
            send(0x90, new byte[] {(byte) (packetId >> 8), (byte) packetId, (byte) code});
        }

        void publish(String topic, byte[] body) throws IOException {
            byte[] name = topic.getBytes(UTF_8);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            content.write(name.length >> 8);
            content.write(name.length);
            content.writeBytes(name);
            content.writeBytes(body);
            send(0x30, content.toByteArray());
        }

        void close() {
            ScriptedBroker.close(socket);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                daemon(() -> converse(socket));
            } catch (IOException e) {
                // Closed, or a client that gave up.
            }
        }
    }

    private void converse(Socket socket) {
        Peer peer = new Peer(socket);
        try (socket) {
            onOpen(socket);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int type = in.readUnsignedByte() >> 4;
                byte[] content = in.readNBytes(length(in));
                int packetId = content.length < 2 ? 0 : (content[0] & 0xff) << 8 | content[1] & 0xff;
                switch (type) {
                    case 1 -> {
                        peers.add(peer);
                        onConnect(peer);
                    }
                    case 3 -> {
                        String topic = text(content, 0);
                        int start = 2 + topic.getBytes(UTF_8).length;
                        onPublish(peer, topic, Arrays.copyOfRange(content, start, content.length));
                    }
                    case 8 -> {
                        String topic = text(content, 2);
                        if (topic.startsWith("/mcafee/client/")) {
                            onSubscribeToAnswers(peer, packetId);
                        } else {
                            questions.add("SUBSCRIBE " + topic);
                            onSubscribe(peer, packetId, topic);
                        }
                    }
                    case 10 -> {
                        String topic = text(content, 2);
                        questions.add("UNSUBSCRIBE " + topic);
                        onUnsubscribe(peer, packetId, topic);
                    }
                    case 12 -> onPing(peer);
                    default -> {
                        // DISCONNECT needs no answer.
                    }
                }
            }
        } catch (IOException e) {
            // The connection is over.
        } finally {
            sockets.remove(socket);
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            if (digit < 0x80) {
                return length;
            }
        }
    }

    private static String text(byte[] content, int at) {
        return new String(content, at + 2, (content[at] & 0xff) << 8 | content[at + 1] & 0xff, UTF_8);
    }

    private static void close(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Then it is closed.
        }
    }

    static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-broker");
        thread.setDaemon(true);
        thread.start();
    }

    /** A port of the loopback interface on which nobody listens. */
    static int deadPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Of all such brokers. */
    static SSLContext brokerTls() throws Exception {
        return tls(BROKER);
    }

    /** Of their clients. */
    static SSLContext clientTls() throws Exception {
        return tls(CLIENT);
    }

    private static SSLContext tls(Identity identity) throws Exception {
        KeyStore own = emptyStore();
        own.setKeyEntry("own", identity.privateKey(), PASSWORD, new Certificate[] {identity.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        KeyStore authorities = emptyStore();
        authorities.setCertificateEntry("authority", AUTHORITY.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        return store;
    }
}
