package com.opendxl.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on sockets of the JDK that knows CONNECT alone. It leads every tunnel to a port of the loopback interface,
 * whatever host it is asked for, as if it alone could look that up.
 */
class ConnectProxy implements AutoCloseable {
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final String login;

    /** The first line of each request. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** Where each tunnel that was opened leads to. */
    final List<String> tunnels = new CopyOnWriteArrayList<>();

    /** A proxy that asks for no login. */
    ConnectProxy() throws IOException {
        this(null);
    }

    /** @param login {@code user:password} */
    ConnectProxy(String login) throws IOException {
        this(InetAddress.getLoopbackAddress(), login);
    }

    ConnectProxy(InetAddress address, String login) throws IOException {
        this.server = new ServerSocket(0, 50, address);
        this.login = login;
        ScriptedBroker.daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What it says to a request that it could serve; null: a tunnel. */
    String refusal(String authority) {
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                ScriptedBroker.daemon(() -> serve(socket));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = WebSocketTest.head(client.getInputStream());
            String request = head.substring(0, head.indexOf("\r\n"));
            requests.add(request);
            String authority = request.split(" ")[1];
            if (!isLetIn(head)) {
                answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"");
            } else if (refusal(authority) != null) {
                answer(client, refusal(authority));
            } else {
                tunnel(client, authority);
            }
        } catch (IOException e) {
            // One of the ends has gone.
        }
    }

    private boolean isLetIn(String head) {
        return login == null
                || head.contains("\r\nproxy-authorization: Basic "
                        + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)) + "\r\n");
    }

    private void tunnel(Socket client, String authority) throws IOException {
        int port = Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
        try (Socket broker = new Socket(InetAddress.getLoopbackAddress(), port)) {
            sockets.add(broker);
            tunnels.add(authority);
            client.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
            ScriptedBroker.daemon(() -> copy(broker, client));
            copy(client, broker);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.close();
        } catch (IOException e) {
            // One of the ends has gone.
        }
    }

    private static void answer(Socket client, String statusAndHeaders) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + statusAndHeaders + "\r\nContent-Length: 4\r\n\r\nbody").getBytes(ISO_8859_1));
        client.shutdownOutput();
        client.getInputStream().readAllBytes();
    }
}
