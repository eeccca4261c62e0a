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
    private static final int LINGER_NOT = 0;

    private final Set<Channel> open = new HashSet<>();
    private final Set<Channel> silent = new HashSet<>();
    private int bytesPerSecond = Gate.WIDE;
    private boolean stalled;

    void add(Channel socket) {
        open.add(socket);
        if (stalled) {
            gate(socket).shut();
        }
        socket.closeFuture().addListener(closed -> {
            open.remove(socket);
            silent.remove(socket);
        });
    }

    /** The gate of a socket that has just been accepted. */
    Gate newGate() {
        return new Gate(bytesPerSecond);
    }

    /** Ends every connection at once, with no word of TLS or MQTT. */
    void cut() {
        for (Channel socket : List.copyOf(open)) {
            connection(socket).forget();
            closeWithoutGoodBye(socket);
        }
        List.copyOf(silent).forEach(Sockets::closeWithoutGoodBye);
    }

    /** Ends every connection at once, with a TCP reset. */
    void reset() {
        open.forEach(Sockets::lingerNot);
        silent.forEach(Sockets::lingerNot);
        cut();
    }

    /** Keeps every socket open, but reads nothing and writes nothing, until {@link #resume()}. */
    void stall() {
        stalled = true;
        open.forEach(socket -> gate(socket).shut());
    }

    /** Reads so slowly from every socket, also from those to come. */
    void slowDown(int bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        open.forEach(socket -> gate(socket).narrow(bytesPerSecond));
    }

    /** Reads and writes as ever. */
    void resume() {
        bytesPerSecond = Gate.WIDE;
        stalled = false;
        List.copyOf(open).forEach(socket -> gate(socket).open());
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
        silent.forEach(Sockets::lingerNot);
        List.copyOf(silent).forEach(Sockets::closeWithoutGoodBye);
        resume();
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

    private static Gate gate(Channel socket) {
        return socket.pipeline().get(Gate.class);
    }

    private static void lingerNot(Channel socket) {
        try {
            socket.config().setOption(ChannelOption.SO_LINGER, LINGER_NOT);
        } catch (ChannelException e) {
            // The peer was quicker.
        }
    }

    private static void closeWithoutGoodBye(Channel socket) {
        // From this handler towards the socket, so that it has no chance to say good-bye.
        socket.pipeline().context(SslHandler.class).close();
    }
}
