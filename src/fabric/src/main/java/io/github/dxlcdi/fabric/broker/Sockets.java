package io.github.dxlcdi.fabric.broker;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The sockets of all clients, also of those that are still in the TLS handshake. Runs on the event loop. */
final class Sockets {
    private static final int RESET = 0;

    private final Set<Channel> open = new HashSet<>();
    private final Set<Channel> silent = new HashSet<>();

    void add(Channel socket) {
        open.add(socket);
        socket.closeFuture().addListener(closed -> {
            open.remove(socket);
            silent.remove(socket);
        });
    }

    /** Ends every connection at once, with a TCP reset and no word of TLS or MQTT, as a cable that breaks. */
    void cut() {
        for (Channel socket : List.copyOf(open)) {
            connection(socket).forget();
            reset(socket);
        }
        List.copyOf(silent).forEach(Sockets::reset);
    }

    /** Keeps every socket open, but reads nothing from it and writes nothing to it any more; for good. */
    void silence() {
        for (Channel socket : List.copyOf(open)) {
            connection(socket).forget();
            socket.deregister();
            open.remove(socket);
            silent.add(socket);
        }
    }

    /** Ends every connection in good order; the future is done when the last socket is closed. */
    CompletableFuture<Void> close() {
        List.copyOf(silent).forEach(Sockets::reset);
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (Channel socket : List.copyOf(open)) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            connection(socket).forget();
            socket.close().addListener(closed -> end.complete(null));
            ends.add(end);
        }
        return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
    }

    private static Connection connection(Channel socket) {
        return socket.pipeline().get(Connection.class);
    }

    private static void reset(Channel socket) {
        try {
            socket.config().setOption(ChannelOption.SO_LINGER, RESET);
        } catch (ChannelException e) {
            // The peer was quicker.
        }
        // From this handler towards the socket, so that it has no chance to say good-bye.
        socket.pipeline().context(SslHandler.class).close();
    }
}
