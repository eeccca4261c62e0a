package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.transport.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** Looks up host names, as the operating system resolves them, beside the event loop. */
final class Lookup {
    private Lookup() {}

    /**
     * The socket addresses of {@code host}, at least one, told on the event loop. A look-up can hang for long and can't be
     * interrupted, so each has a daemon thread of its own and the event loop never waits for it.
     */
    static CompletableFuture<List<InetSocketAddress>> start(EventLoop loop, String host, int port) {
        CompletableFuture<List<InetSocketAddress>> result = new CompletableFuture<>();
        Thread resolver = new Thread(
                () -> {
                    try {
                        List<InetSocketAddress> addresses = Stream.of(InetAddress.getAllByName(host))
                                .map(address -> new InetSocketAddress(address, port))
                                .toList();
                        onLoop(loop, () -> result.complete(addresses));
                    } catch (UnknownHostException | RuntimeException e) {
                        onLoop(loop, () -> result.completeExceptionally(e));
                    }
                },
                "dxl-resolve-" + host);
        resolver.setDaemon(true);
        resolver.start();
        return result;
    }

    private static void onLoop(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The loop has ended while the name was looked up; so has who asked for it.
        }
    }
}
