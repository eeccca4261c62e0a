package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.resilience.MemoryShortage;
import io.github.dxlcdi.client.transport.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks up host names, as the operating system resolves them, beside the event loop, on a few daemon threads. */
final class Lookup implements AutoCloseable {
    /** A look-up can hang for long and can't be interrupted; others go on meanwhile. */
    static final int THREADS = 4;

    private static final long IDLE_SECONDS = 5;

    /** What the operating system knows of a name. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final ThreadPoolExecutor threads;

    Lookup(String clientId) {
        this(clientId, InetAddress::getAllByName);
    }

    Lookup(String clientId, Resolver resolver) {
        this.resolver = resolver;
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "dxl-resolve-" + clientId);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The socket addresses of {@code host}, at least one, told on the event loop, and not before this has returned. Called
     * on the event loop; cancel it when nobody wants to know any more.
     */
    CompletableFuture<List<InetSocketAddress>> start(EventLoop loop, String host, int port) {
        CompletableFuture<List<InetSocketAddress>> result = new CompletableFuture<>();
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
            // There is nothing to look up that could hang, and it does not stand in line with what does.
            loop.execute(() -> lookUp(loop, host, port, result));
        } else {
            threads.execute(() -> lookUp(loop, host, port, result));
        }
        return result;
    }

    private void lookUp(EventLoop loop, String host, int port, CompletableFuture<List<InetSocketAddress>> result) {
        if (result.isDone()) {
            return;
        }
        try {
            List<InetSocketAddress> addresses = Stream.of(resolver.addresses(host))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
            onLoop(loop, () -> result.complete(addresses));
        } catch (Throwable e) {
            onLoop(loop, () -> result.completeExceptionally(e));
        }
    }

    private static void onLoop(EventLoop loop, Runnable task) {
        try {
            MemoryShortage.outlast(() -> loop.execute(task));
        } catch (RejectedExecutionException e) {
            // The loop has ended while the name was looked up; so has who asked for it.
        }
    }

    /** Looks up nothing more; a thread that hangs in a look-up ends after it. From any thread. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
