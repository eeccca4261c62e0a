package io.github.dxlcdi.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that sends the bytes of MQTT packets as they are given, right or wrong, and reads what comes back. */
public final class RawClient implements AutoCloseable {
    private static final int WAIT_MILLIS = 10_000;
    private static final String CLIENT_ID = "raw";

    public static final byte[] PINGREQ = {(byte) 0xc0, 0};
    public static final byte[] DISCONNECT = {(byte) 0xe0, 0};
    public static final String PINGRESP = "d000";
    public static final String CONNACK_OK = "20020000";

    private final Socket plain;
    private final SSLSocket socket;
    private final DataInputStream in;

    private RawClient(Socket plain, SSLSocket socket) throws IOException {
        this.plain = plain;
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
    }

    /** Through with the TLS handshake, but without a word of MQTT yet. */
    public static RawClient open(Fabric fabric) throws Exception {
        return open(fabric.port(), Tls.context(fabric.caPem(), fabric.identity()));
    }

    public static RawClient open(int port, SSLContext tls) throws Exception {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port, true);
        socket.setSoTimeout(WAIT_MILLIS);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            plain.close();
            throw e;
        }
        return new RawClient(plain, socket);
    }

    /** Connected by MQTT 3.1.1, without keep alive. */
    public static RawClient join(Fabric fabric) throws Exception {
        RawClient client = open(fabric);
        client.send(connect("MQTT", 4, 0x02, 0));
        client.expect(CONNACK_OK);
        return client;
    }

    /** Connected to one of several brokers, as {@code identity}. */
    public static RawClient join(Fabric fabric, FabricBroker broker, ClientIdentity identity) throws Exception {
        RawClient client = open(broker.port(), Tls.context(fabric.caPem(), identity));
        client.send(connect("MQTT", 4, 0x02, 0));
        client.expect(CONNACK_OK);
        return client;
    }

    public static byte[] connect(String protocol, int level, int flags, int keepAliveSeconds) {
        return connect(protocol, level, flags, keepAliveSeconds, CLIENT_ID);
    }

    /** A CONNECT packet; {@code texts} are what follows the header: client id, will topic, will message. */
    public static byte[] connect(String protocol, int level, int flags, int keepAliveSeconds, String... texts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text(protocol));
        body.write(level);
        body.write(flags);
        body.writeBytes(twoBytes(keepAliveSeconds));
        if (level == 5) {
            body.write(0);
        }
        for (String text : texts) {
            body.writeBytes(text(text));
        }
        return packet(0x10, body.toByteArray());
    }

    public static byte[] subscribe(int packetId, String filter, int qos) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(twoBytes(packetId));
        body.writeBytes(text(filter));
        body.write(qos);
        return packet(0x82, body.toByteArray());
    }

    public static byte[] unsubscribe(int packetId, String filter) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(twoBytes(packetId));
        body.writeBytes(text(filter));
        return packet(0xa2, body.toByteArray());
    }

    /** A PUBLISH packet; {@code flags} are dup (8), QoS (2, 4) and retain (1). */
    public static byte[] publish(int flags, String topic, byte[] payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text(topic));
        if ((flags & 0x06) != 0) {
            body.writeBytes(twoBytes(7));
        }
        body.writeBytes(payload);
        return packet(0x30 | flags, body.toByteArray());
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads as many bytes as {@code hex} has, and compares. */
    public RawClient expect(String hex) throws IOException {
        byte[] bytes = new byte[hex.length() / 2];
        in.readFully(bytes);
        String came = HexFormat.of().formatHex(bytes);
        if (!came.equals(hex)) {
            throw new AssertionError("Expected " + hex + ", but there came " + came);
        }
        return this;
    }

    /** Waits for the end of the connection; anything that comes before it is a failure. */
    public void expectEnd() {
        int next;
        try {
            next = in.read();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Still open after " + WAIT_MILLIS + " ms", e);
        } catch (IOException e) {
            next = -1;
        }
        if (next >= 0) {
            throw new AssertionError("Expected the end, but there came the byte " + next);
        }
    }

    /** Waits {@code millis}, and fails if meanwhile a byte or the end of the connection comes. */
    public void expectSilence(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            int next = in.read();
            throw new AssertionError(next < 0 ? "The connection ended" : "There came the byte " + next);
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(WAIT_MILLIS);
        }
    }

    public String tlsVersion() {
        return socket.getSession().getProtocol();
    }

    /** The subject of the certificate that the broker has shown. */
    public String peerName() throws IOException {
        return socket.getSession().getPeerPrincipal().getName();
    }

    /** Reads {@code packets} packets of {@code length} bytes each and looks at nothing but the first byte. */
    public void skip(int packets, int length) throws IOException {
        byte[] packet = new byte[length];
        for (int i = 0; i < packets; i++) {
            in.readFully(packet);
            if (packet[0] != 0x30) {
                throw new AssertionError("Packet " + i + " is no PUBLISH but starts with " + packet[0]);
            }
        }
    }

    /** Ends the connection without DISCONNECT, and without waiting for an answer to the end of TLS. */
    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] packet(int type, byte[] body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        int left = body.length;
        do {
            packet.write(left % 128 | (left >= 128 ? 0x80 : 0));
            left /= 128;
        } while (left > 0);
        packet.writeBytes(body);
        return packet.toByteArray();
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(twoBytes(bytes.length));
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static byte[] twoBytes(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }
}
