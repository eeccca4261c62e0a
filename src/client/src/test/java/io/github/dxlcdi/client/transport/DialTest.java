package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DialTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final EventLoop loop = new EventLoop("dial-test");
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        loop.close();
    }

    @Test
    void an_address_that_swallows_all_costs_a_quarter_of_a_second() throws Exception {
        ServerSocket live = listener();
        long start = System.nanoTime();

        Line line = dial(blackHole(), address(live)).get(10, TimeUnit.SECONDS);

        assertThat(remote(line)).isEqualTo(live.getLocalSocketAddress());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(millis(240), millis(2_000));
    }

    @Test
    void an_address_that_refuses_costs_nothing() throws Exception {
        ServerSocket live = listener();
        long start = System.nanoTime();

        Line line = dial(refusing(), refusing(), refusing(), refusing(), refusing(), address(live))
                .get(10, TimeUnit.SECONDS);

        assertThat(remote(line)).isEqualTo(live.getLocalSocketAddress());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(millis(1_000));
    }

    @Test
    void the_preferred_address_is_taken_and_the_others_hear_nothing() throws Exception {
        ServerSocket preferred = listener();
        ServerSocket other = listener();
        other.setSoTimeout(400);

        Line line = dial(address(preferred), address(other)).get(10, TimeUnit.SECONDS);

        assertThat(remote(line)).isEqualTo(preferred.getLocalSocketAddress());
        assertThatThrownBy(other::accept).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void sockets_are_those_of_epoll_where_it_is_there_and_acknowledge_at_once() throws Exception {
        assumeTrue(
                Epoll.isAvailable(), "This machine has no epoll, or Netty's library for it is not for this platform");

        Channel socket = dial(address(listener())).get(10, TimeUnit.SECONDS).channel();

        assertThat(socket).isInstanceOf(EpollSocketChannel.class);
        assertThat(socket.pipeline().get(QuickAck.class)).isNotNull();
    }

    @Test
    void where_every_address_refuses_all_are_told() {
        InetSocketAddress first = refusing();
        InetSocketAddress second = refusing();

        CompletableFuture<Line> dialing = dial(first, second);

        assertThatThrownBy(() -> dialing.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(":" + first.getPort())
                .satisfies(cause -> assertThat(LinkException.unreachable("broker:1", cause))
                        .hasMessageContaining("broker:1: no connection: Connection refused")
                        .hasMessageContaining(":" + first.getPort() + ", Connection refused")
                        .hasMessageContaining(":" + second.getPort() + "; check that the broker runs"));
    }

    @Test
    void the_two_families_take_turns() throws Exception {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String host : List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "2001:db8::2")) {
            addresses.add(new InetSocketAddress(InetAddress.getByName(host), 1));
        }

        assertThat(Dial.inTurn(addresses))
                .extracting(address -> address.getAddress().getHostAddress())
                .containsExactly("192.0.2.1", "2001:db8:0:0:0:0:0:1", "192.0.2.2", "2001:db8:0:0:0:0:0:2", "192.0.2.3");
    }

    private CompletableFuture<Line> dial(InetSocketAddress... addresses) {
        return loop.call(() -> {
            CompletableFuture<Line> dialing = Dial.start(loop, List.of(addresses), TIMEOUT, true);
            dialing.thenAccept(line -> open.add(line::close));
            return dialing;
        });
    }

    private ServerSocket listener() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(server);
        return server;
    }

    /** Its queue is full and nobody accepts: the operating system answers no further call. */
    private InetSocketAddress blackHole() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(server);
        fill(server);
        return address(server);
    }

    private void fill(ServerSocket server) throws IOException {
        while (true) {
            Socket socket = new Socket();
            open.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    private InetSocketAddress refusing() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return address(free);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static InetSocketAddress address(ServerSocket server) {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private static SocketAddress remote(Line line) {
        return line.channel().remoteAddress();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
