package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.connection.Connection;
import io.github.dxlcdi.client.connection.ConnectionSettings;
import io.github.dxlcdi.client.log.TextLogger;
import io.github.dxlcdi.client.request.AnswerThreads;
import io.github.dxlcdi.client.request.PendingRequests;
import io.github.dxlcdi.client.resilience.MemoryShortage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** What a client is made of, put together. */
final class ClientParts {
    private static final Logger CONNECTION_LOG = TextLogger.of("io.github.dxlcdi.client.connection");
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.request");

    private static final Duration SOON = Duration.ofSeconds(30);

    private final DxlClient client;
    private final DxlClientConfig config;
    private final PendingRequests<Response> pending = new PendingRequests<>();
    private final OfferedServices offered = new OfferedServices(this::refuse);
    private final Incoming incoming;
    private final Connection connection;
    private final ManagedConnection managed;
    private final AnswerThreads answerThreads;
    private final Outgoing outgoing;
    private final Requests requests;
    private final TopicDemand demand;
    private final Services services;
    private volatile DisconnectedStrategy disconnectedStrategy;
    private volatile boolean closed;

    /** @throws DxlException if a broker is missing or a certificate can't be read */
    ClientParts(DxlClient client, DxlClientConfig config) throws DxlException {
        this.client = client;
        this.config = config;
        disconnectedStrategy = config.disconnectedStrategyDisabled() ? null : new ReconnectDisconnectedStrategy();
        ConnectionSettings settings = config.connectionSettings();
        incoming = new Incoming(config, pending, offered, this::replyTopic);
        connection = new Connection(settings, incoming, new ConnectionEvents());
        incoming.soon(task -> after(SOON, task));
        managed = new ManagedConnection(client, settings, connection, () -> passes(true), incoming);
        answerThreads = new AnswerThreads(managed::newThread, this::after);
        outgoing =
                new Outgoing(settings.clientId(), connection, settings.operationTimeout(), config.getMaxPacketSize());
        requests = new Requests(
                pending, connection, outgoing, incoming, answerThreads, Duration.ofMillis(config.defaultWait()));
        demand = new TopicDemand(connection, incoming.eventCallbacks(), offered);
        services = new Services(connection, requests, offered, demand, settings.backOff());
        requests.replyTopic("/mcafee/client/" + settings.clientId());
    }

    Incoming incoming() {
        return incoming;
    }

    Connection connection() {
        return connection;
    }

    ManagedConnection managed() {
        return managed;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    Requests requests() {
        return requests;
    }

    TopicDemand demand() {
        return demand;
    }

    Services services() {
        return services;
    }

    /** How often all brokers are tried, at first or after a connection that there was. */
    int passes(boolean reconnect) {
        int retries = config.getConnectRetries();
        boolean endless = retries < 0 || (reconnect && config.isInfiniteReconnectRetries());
        return endless ? Connection.ENDLESS : retries + 1;
    }

    void disconnectedStrategy(DisconnectedStrategy strategy) {
        disconnectedStrategy = strategy;
    }

    void close() throws InterruptedException {
        closed = true;
        services.close();
        services.leave();
        requests.close();
        incoming.threads().stop();
        try {
            connection.close(managed.leaveTimeout());
        } finally {
            // The delivery threads are still there: who has not been told by the event loop, busy as it was, is told
            // now.
            requests.abandon();
        }
        try {
            incoming.threads().awaitEnd(managed.shutdownTimeout());
        } finally {
            incoming.logCount();
            answerThreads.close(managed.shutdownTimeout());
        }
    }

    private void after(Duration delay, Runnable task) {
        connection.call(loop -> {
            loop.after(delay, task);
            return CompletableFuture.completedFuture(null);
        });
    }

    private String replyTopic() {
        return requests.replyTopic();
    }

    private void refuse(ErrorResponse refusal) {
        try {
            outgoing.sendAtOnce(refusal).whenComplete((sent, failure) -> {
                if (failure != null) {
                    logRefusal(failure);
                }
            });
        } catch (DxlException e) {
            logRefusal(e);
        }
    }

    private static void logRefusal(Throwable failure) {
        LOG.log(
                Level.DEBUG,
                "DXL0402 A request for a service that is not here could not be answered: {0}",
                Waiting.cause(failure).getMessage());
    }

    private final class ConnectionEvents implements Connection.Listener {
        @Override
        public void ready(BrokerAddress broker, Instant at) {
            // Not before: a server may begin to run what it lends only when the application has started.
            incoming.start(managed.threads(), managed.ownThreads());
            services.ready();
            managed.ready(broker.toString(), at);
        }

        @Override
        public void lost(BrokerAddress broker, Instant lastHeard, String reason, boolean onPurpose) {
            services.lost();
            requests.lost(reason);
            managed.lost(broker.toString(), lastHeard, reason);
            DisconnectedStrategy strategy = disconnectedStrategy;
            if (!onPurpose && !closed && strategy != null) {
                Runnable following = () -> strategy.onDisconnect(client);
                Thread thread = new Thread(() -> follow(strategy, following), "dxl-reconnect-" + client.getUniqueId());
                thread.setDaemon(true);
                thread.start();
            }
        }

        private void follow(DisconnectedStrategy strategy, Runnable following) {
            try {
                MemoryShortage.outlast(following);
            } catch (Throwable e) {
                CONNECTION_LOG.log(
                        Level.ERROR,
                        "DXL0206 " + strategy.getClass().getName() + " failed; nothing else reconnects",
                        e);
            }
        }
    }
}
