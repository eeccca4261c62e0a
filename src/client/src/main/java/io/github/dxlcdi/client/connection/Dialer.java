package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.config.ProxyAddress;
import io.github.dxlcdi.client.transport.Dial;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.client.transport.Line;
import io.github.dxlcdi.client.transport.LinkException;
import io.github.dxlcdi.client.transport.MqttLink;
import io.github.dxlcdi.client.transport.SocketPump;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocketFactory;

/** Opens lines to endpoints, or to the proxy on the way to them. Runs on the event loop. */
final class Dialer {
    private final ConnectionSettings settings;
    private final Lookup lookup;

    /** Gives the factory of all sockets, which know no proxy; null: they are ours. */
    private final Callable<SSLSocketFactory> socketFactory;

    private final boolean quickAck;

    private Dialer(
            ConnectionSettings settings, Lookup lookup, Callable<SSLSocketFactory> socketFactory, boolean quickAck) {
        this.settings = settings;
        this.lookup = lookup;
        this.socketFactory = socketFactory;
        this.quickAck = quickAck;
    }

    /** Made on any thread, as the system property is at the moment. */
    static Dialer of(ConnectionSettings settings, Lookup lookup) {
        return new Dialer(
                settings, lookup, null, Boolean.parseBoolean(System.getProperty("dxlClient.quickAck", "true")));
    }

    /** Made on any thread: one like this one, but for who makes the sockets. */
    Dialer with(Callable<SSLSocketFactory> factory) {
        return new Dialer(settings, lookup, factory, quickAck);
    }

    /** Whether it tells anything of a broker how quickly a line is there; that of a proxy or a factory does not. */
    boolean canCompare() {
        return proxy().isEmpty() && socketFactory == null;
    }

    private Optional<ProxyAddress> proxy() {
        return socketFactory == null ? settings.proxy() : Optional.empty();
    }

    /** How long a broker may take that is compared with others. */
    Duration patience() {
        return settings.patience();
    }

    /** Opens a line; fails with a LinkException. Cancel it when the line is no longer wanted. */
    CompletableFuture<Line> dial(EventLoop loop, Endpoint endpoint) {
        CompletableFuture<Line> result = new CompletableFuture<>();
        Optional<ProxyAddress> between = proxy();
        String host = between.map(ProxyAddress::host).orElse(endpoint.host());
        int port = between.map(ProxyAddress::port).orElse(endpoint.broker().port());
        CompletableFuture<List<InetSocketAddress>> lookingUp = lookup.start(loop, host, port);
        result.whenComplete((line, failure) -> lookingUp.cancel(false));
        lookingUp.whenComplete((addresses, unknown) -> {
            if (unknown != null) {
                result.completeExceptionally(unknownHost(endpoint));
            } else if (!result.isDone()) {
                dial(loop, endpoint, addresses, result);
            }
        });
        return result;
    }

    MqttLink.Target target(Endpoint endpoint) {
        return new MqttLink.Target(
                endpoint.host(), endpoint.broker().port(), endpoint.broker().webSocket(), proxy());
    }

    private void dial(
            EventLoop loop, Endpoint endpoint, List<InetSocketAddress> addresses, CompletableFuture<Line> result) {
        Duration timeout = settings.connectTimeout();
        CompletableFuture<Line> dialing = socketFactory == null
                ? Dial.start(loop, addresses, timeout, quickAck)
                : SocketPump.start(loop, socketFactory, addresses, timeout);
        result.whenComplete((line, failure) -> dialing.cancel(false));
        dialing.whenComplete((line, failure) -> {
            if (line == null) {
                result.completeExceptionally(unreachable(endpoint, failure));
            } else if (!result.complete(line)) {
                line.close();
            }
        });
    }

    private LinkException unreachable(Endpoint endpoint, Throwable cause) {
        String peer = target(endpoint).authority();
        return proxy().map(between -> LinkException.proxyUnreachable(peer, between, cause))
                .orElseGet(() -> LinkException.unreachable(peer, cause));
    }

    private LinkException unknownHost(Endpoint endpoint) {
        String what = proxy().map(
                        between -> "the name of the HTTP proxy " + between + " could not be looked up; check it")
                .orElse(
                        "the host name could not be looked up; check the broker's name and the name service of this machine, or"
                                + " name the broker's address too");
        return new LinkException(target(endpoint).authority() + ": " + what);
    }
}
