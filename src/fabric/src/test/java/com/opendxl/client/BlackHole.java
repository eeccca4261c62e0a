package com.opendxl.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port that answers no call, as a host behind a firewall: its queue is full and nobody accepts. */
final class BlackHole implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> queue = new ArrayList<>();

    BlackHole() throws IOException {
        this("127.0.0.1", 0);
    }

    BlackHole(String address, int port) throws IOException {
        server = new ServerSocket(port, 1, InetAddress.getByName(address));
        boolean full = false;
        while (!full) {
            Socket socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                full = true;
            }
        }
    }

    int port() {
        return server.getLocalPort();
    }

    Broker broker() {
        return new Broker("black-hole", port(), "127.0.0.1", null);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : queue) {
            socket.close();
        }
        server.close();
    }
}
