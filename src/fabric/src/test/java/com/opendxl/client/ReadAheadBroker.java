package com.opendxl.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A broker that reads as the OpenDXL broker does, on sockets of the JDK: one thread reads ahead, another takes one
 * packet a turn, and the end of the stream discards the rest.
 */
class ReadAheadBroker implements AutoCloseable {
    private static final byte[] CONNACK = {0x20, 2, 0, 0};
    private static final byte[] PINGRESP = {(byte) 0xd0, 0};

    private final SSLServerSocket server;
    private final long turnNanos;

    /** PUBLISH packets that were taken. */
    final AtomicInteger published = new AtomicInteger();

    /** Connections that have ended. */
    final AtomicInteger ended = new AtomicInteger();

    /** @param turnNanos how long it takes between two packets */
    ReadAheadBroker(String tlsVersion, long turnNanos) throws Exception {
        this.turnNanos = turnNanos;
        server = (SSLServerSocket) ScriptedBroker.brokerTls()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {tlsVersion});
        server.setNeedClientAuth(true);
        ScriptedBroker.daemon(this::accept);
    }

    DxlClientConfig config() {
        return ScriptedBroker.configFor(new Broker("read-ahead", server.getLocalPort(), "127.0.0.1", null));
    }

    /** Answers PINGREQ. */
    void onPing(Peer peer) throws IOException {
        peer.send(PINGRESP);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Peer peer = new Peer((SSLSocket) server.accept());
                ScriptedBroker.daemon(peer::readAhead);
                ScriptedBroker.daemon(peer::takePackets);
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** One connection. */
    final class Peer {
        private final Socket socket;
        private final Deque<byte[]> packets = new ArrayDeque<>();
        private boolean gone;

        private Peer(Socket socket) {
            this.socket = socket;
        }

        void send(byte[] packet) throws IOException {
            synchronized (socket) {
                socket.getOutputStream().write(packet);
            }
        }

        private void readAhead() {
            try {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                for (byte[] packet = read(in); packet.length > 0; packet = read(in)) {
                    synchronized (this) {
                        packets.add(packet);
                        notifyAll();
                    }
                }
            } catch (IOException e) {
                // It has gone without a word.
            }
            synchronized (this) {
                gone = true;
                packets.clear();
                notifyAll();
            }
        }

        private void takePackets() {
            try (socket) {
                for (byte[] packet = next(); packet.length > 0; packet = next()) {
                    take(packet);
                    LockSupport.parkNanos(turnNanos);
                }
            } catch (IOException | InterruptedException e) {
                // It has gone.
            } finally {
                ended.incrementAndGet();
            }
        }

        /** Empty at the end. */
        private synchronized byte[] next() throws InterruptedException {
            while (packets.isEmpty() && !gone) {
                wait();
            }
            return gone ? new byte[0] : packets.poll();
        }

        private void take(byte[] packet) throws IOException {
            switch ((packet[0] & 0xff) >> 4) {
                case 1 -> send(CONNACK);
                case 3 -> published.incrementAndGet();
                case 8 -> send(new byte[] {(byte) 0x90, 3, packet[1], packet[2], 0});
                case 12 -> onPing(this);
                case 14 -> socket.close();
                default -> {
                    // Needs no answer.
                }
            }
        }
    }

    /** Type and content of a packet; empty at the end of the stream. */
    private static byte[] read(InputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            return new byte[0];
        }
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.read();
            length |= (digit & 0x7f) << shift;
            shift += 7;
        } while (digit >= 0x80);
        ByteArrayOutputStream packet = new ByteArrayOutputStream(length + 1);
        packet.write(type);
        packet.writeBytes(in.readNBytes(length));
        return packet.toByteArray();
    }
}
