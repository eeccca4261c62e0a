package io.github.dxlcdi.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Two threads that carry the bytes of a socket which somebody else's factory has made: such a socket can only be waited for.
 * They touch nothing of Netty's but by handing over arrays to the event loop, and end with the link.
 */
public final class SocketPump {
    private static final int PORTION = 16 * 1024;
    private static final int LAST_WORDS_MILLIS = 200;
    private static final byte[] END = {};

    private final EventLoop loop;
    private final Socket socket;
    private final CarriedChannel channel;
    private final Semaphore reads = new Semaphore(0);
    private final BlockingQueue<byte[]> writes = new LinkedBlockingQueue<>();
    private final Thread reader;
    private final Thread writer;

    private SocketPump(EventLoop loop, Socket socket) {
        this.loop = loop;
        this.socket = socket;
        this.reader = Thread.currentThread();
        this.writer = new Thread(this::writeAll, reader.getName() + "-write");
        writer.setDaemon(true);
        this.channel = new CarriedChannel(this);
    }

    /**
     * Has {@code factory} make a socket, connects it and waits for its TLS handshake, on a thread of its own.
     *
     * @param addresses tried one after the other
     * @param timeout how long TCP may take for each, and again TLS
     * @return the line, told on the event loop. Cancel it when the line is no longer wanted
     */
    public static CompletableFuture<Line> start(
            EventLoop loop, Callable<SSLSocketFactory> factory, List<InetSocketAddress> addresses, Duration timeout) {
        CompletableFuture<Line> result = new CompletableFuture<>();
        InetSocketAddress first = addresses.get(0);
        daemon("dxl-socket-" + first.getHostString() + ":" + first.getPort(), () -> {
            try {
                Socket socket = connect(
                        factory.call(), addresses, (int) Math.min(Integer.MAX_VALUE, timeout.toMillis()), result);
                new SocketPump(loop, socket).run(result);
            } catch (Throwable e) {
                // The factory is somebody else's: it may lack a class as well.
                handOver(loop, () -> result.completeExceptionally(e));
            }
        });
        return result;
    }

    private static Socket connect(
            SSLSocketFactory factory, List<InetSocketAddress> addresses, int timeout, CompletableFuture<?> wanted)
            throws IOException {
        IOException failure = null;
        for (InetSocketAddress address : addresses) {
            Socket socket = factory.createSocket();
            wanted.whenComplete((line, gone) -> {
                if (gone != null) {
                    daemon("dxl-socket-close", () -> closeNow(socket));
                }
            });
            try {
                socket.setTcpNoDelay(true);
                socket.connect(address, timeout);
                socket.setSoTimeout(timeout);
                if (socket instanceof SSLSocket tls) {
                    tls.startHandshake();
                }
                socket.setSoTimeout(0);
                return socket;
            } catch (IOException e) {
                closeNow(socket);
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        throw failure;
    }

    Socket socket() {
        return socket;
    }

    /** On the event loop: one portion is wanted. */
    void read() {
        reads.release();
    }

    /** On the event loop: {@code bytes} are to be written. */
    void write(byte[] bytes) {
        writes.add(bytes);
    }

    /** Waits a moment for what is being written, and for the end of both threads; not on the event loop. */
    void close() {
        writes.add(END);
        reader.interrupt();
        try {
            writer.join(LAST_WORDS_MILLIS);
            if (writer.isAlive()) {
                closeNow(socket);
            } else {
                socket.close();
            }
            reader.join(LAST_WORDS_MILLIS);
        } catch (IOException | InterruptedException e) {
            closeNow(socket);
        }
    }

    void aside(Runnable task) {
        daemon(reader.getName() + "-close", task);
    }

    private void run(CompletableFuture<Line> result) {
        handOver(
                loop,
                () -> loop.group().register(channel).addListener(registered -> {
                    Line line = new Line(channel, true);
                    if (!result.complete(line)) {
                        line.close();
                    }
                }));
        writer.start();
        byte[] portion = new byte[PORTION];
        try {
            InputStream in = socket.getInputStream();
            while (true) {
                reads.acquire();
                int length = in.read(portion);
                if (length < 0) {
                    handOver(loop, () -> channel.ended(null));
                    return;
                }
                byte[] bytes = Arrays.copyOf(portion, length);
                handOver(loop, () -> channel.received(bytes));
            }
        } catch (IOException e) {
            handOver(loop, () -> channel.ended(e));
        } catch (InterruptedException e) {
            // The link is closed.
        }
    }

    private void writeAll() {
        try {
            for (byte[] bytes = writes.take(); bytes != END; bytes = writes.take()) {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
                handOver(loop, channel::written);
            }
        } catch (IOException e) {
            handOver(loop, () -> channel.ended(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void handOver(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The loop has ended, and the link with it.
        }
    }

    /** Without a word, which would have to wait for whoever is still writing. */
    private static void closeNow(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is not connected, or closed.
        }
        try {
            socket.close();
        } catch (IOException e) {
            // Then it is closed.
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
