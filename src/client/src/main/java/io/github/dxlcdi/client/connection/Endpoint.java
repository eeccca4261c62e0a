package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.config.BrokerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * One host of a broker, name or address, to be tried.
 *
 * @param broker the broker
 * @param host one of its {@link BrokerAddress#hosts()}
 */
record Endpoint(BrokerAddress broker, String host) {

    static List<Endpoint> of(List<BrokerAddress> brokers) {
        return brokers.stream()
                .flatMap(broker -> broker.hosts().stream().map(host -> new Endpoint(broker, host)))
                .distinct()
                .toList();
    }

    /**
     * Its socket addresses, as the operating system resolves the name. A look-up can hang for long and can't be
     * interrupted, so each has a daemon thread of its own and the event loop never waits for it.
     */
    CompletableFuture<List<InetSocketAddress>> resolve() {
        CompletableFuture<List<InetSocketAddress>> addresses = new CompletableFuture<>();
        Thread resolver = new Thread(
                () -> {
                    try {
                        addresses.complete(Stream.of(InetAddress.getAllByName(host))
                                .map(address -> new InetSocketAddress(address, broker.port()))
                                .toList());
                    } catch (UnknownHostException | RuntimeException e) {
                        addresses.completeExceptionally(e);
                    }
                },
                "dxl-resolve-" + host);
        resolver.setDaemon(true);
        resolver.start();
        return addresses;
    }
}
