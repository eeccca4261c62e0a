package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.config.ProxyAddress;
import io.github.dxlcdi.client.transport.Dial;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.client.transport.Line;
import io.github.dxlcdi.client.transport.LinkException;
import io.github.dxlcdi.client.transport.MqttLink;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Opens lines to endpoints, or to the proxy on the way to them. Runs on the event loop, but for its constructor. */
final class Dialer {
    private static final String LOOK_UP_FAILED = " could not be looked up; check ";

    private final Optional<ProxyAddress> proxy;
    private final Duration timeout;
    private final Duration patience = Duration.ofMillis(Integer.getInteger("dxlClient.brokerConnectTimeout", 2_000));
    private final boolean quickAck = Boolean.parseBoolean(System.getProperty("dxlClient.quickAck", "true"));

    Dialer(ConnectionSettings settings) {
        proxy = settings.proxy();
        timeout = settings.connectTimeout();
    }

    /** Whether it tells anything of a broker how quickly a line is there; a proxy's line does not. */
    boolean canCompare() {
        return proxy.isEmpty();
    }

    /** How long a broker may take that is compared with others. */
    Duration patience() {
        return patience;
    }

    /** Opens a line; fails with a LinkException. Cancel it when the line is no longer wanted. */
    CompletableFuture<Line> dial(EventLoop loop, Endpoint endpoint) {
        CompletableFuture<Line> result = new CompletableFuture<>();
        String host = proxy.map(ProxyAddress::host).orElse(endpoint.host());
        int port = proxy.map(ProxyAddress::port).orElse(endpoint.broker().port());
        Lookup.start(loop, host, port).whenComplete((addresses, unknown) -> {
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
                endpoint.host(), endpoint.broker().port(), endpoint.broker().webSocket(), proxy);
    }

    private void dial(
            EventLoop loop, Endpoint endpoint, List<InetSocketAddress> addresses, CompletableFuture<Line> result) {
        CompletableFuture<Line> dialing = Dial.start(loop, addresses, timeout, quickAck);
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
        return proxy.map(between -> LinkException.proxyUnreachable(peer, between, cause))
                .orElseGet(() -> LinkException.unreachable(peer, cause));
    }

    private LinkException unknownHost(Endpoint endpoint) {
        String what = proxy.map(between -> "the name of the HTTP proxy " + between + LOOK_UP_FAILED + "it")
                .orElse("the host name" + LOOK_UP_FAILED + "the broker's name and the name service of this machine, or"
                        + " name the broker's address too");
        return new LinkException(target(endpoint).authority() + ": " + what);
    }
}
