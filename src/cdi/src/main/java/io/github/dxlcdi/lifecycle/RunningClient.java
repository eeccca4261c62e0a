package io.github.dxlcdi.lifecycle;

import com.opendxl.client.DxlClient;
import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.delivery.Delivery;
import io.github.dxlcdi.delivery.RunningDelivery;
import io.github.dxlcdi.tie.TieTopic;
import io.github.dxlcdi.tie.log.TextLogger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The client between the start and the stop of the application: connected to the delivery, watched, and ended. */
final class RunningClient {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.lifecycle");
    private static final int NO_RETRIES = 0;
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);
    private static final String TRIED_AGAIN = "; it is tried again in " + AFTER_A_FAILURE.toSeconds() + " s";

    private final DxlClient client;
    private final ClientExtras extras;
    private final Delivery delivery;
    private final ServerThreads threads;
    private final ControlLane lane;
    private final Duration shutdownTimeout;
    private final Duration maxDeliveryTime;
    private final Map<TieTopic, EventCallback> callbacks = new EnumMap<>(TieTopic.class);
    private final List<String> topics;
    private final AtomicBoolean endLogged = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param shutdownTimeout how long observers that are running may take at the end
     * @param maxDeliveryTime how long one call of an observer may take in a ready application; zero: any time
     */
    RunningClient(
            DxlClient client,
            Set<TieTopic> topics,
            Delivery delivery,
            ServerThreads threads,
            Duration shutdownTimeout,
            Duration maxDeliveryTime) {
        this.client = client;
        this.topics = topics.stream().map(TieTopic::topic).toList();
        this.delivery = delivery;
        this.threads = threads;
        this.shutdownTimeout = shutdownTimeout;
        this.maxDeliveryTime = maxDeliveryTime;
        topics.forEach(topic -> callbacks.put(topic, new ObservedTopic(topic, delivery)));
        extras = ClientExtras.of(client);
        lane = new ControlLane(threads.factory(), this::watch);
        extras.deliverOn(threads.factory());
        extras.shutdownTimeout(shutdownTimeout);
        extras.listen(new ConnectionEvents(delivery, lane));
        extras.callThrough(callback -> !(callback instanceof ObservedTopic), delivery::call);
    }

    /** Tries every broker once, and waits for the outcome. */
    void connectOnce() throws DxlException {
        client.getConfig().setConnectRetries(NO_RETRIES);
        addCallbacks();
        client.connect();
    }

    /** Connects on a thread of its own, which does nothing but wait and so needs none of the server's. */
    void connectInBackground(ClassLoader applicationLoader) {
        Thread connector = new Thread(this::keepTrying, "dxl-connect-" + client.getUniqueId());
        connector.setDaemon(true);
        connector.setContextClassLoader(applicationLoader);
        connector.start();
    }

    /**
     * Ready only while every topic that is observed is subscribed to, as the application may use the client as well,
     * and while observers return.
     */
    FabricState state() {
        FabricState state = extras.state().with(delivery.oldest());
        if (isClosed(state)) {
            return state.unready("closed by the application");
        }
        if (!state.ready()) {
            return state;
        }
        if (!client.getSubscriptions().containsAll(topics)) {
            return state.unready("connected, but not subscribed to all of " + topics);
        }
        return state.oldestDelivery()
                .filter(this::takesTooLong)
                .map(oldest -> state.unready("connected, but " + oldest.observer() + " has not returned for "
                        + oldest.duration().toSeconds() + " s"))
                .orElse(state);
    }

    /** Every second. */
    private void watch() {
        delivery.tick();
        if (isClosed(extras.state()) && !isStopped()) {
            logEnd("the application has closed it", "Deploy again, and do not close a client that is injected");
        }
    }

    private static boolean isClosed(FabricState state) {
        return state.phase().equals("closed");
    }

    private void logEnd(String why, String remedy) {
        if (endLogged.compareAndSet(false, true)) {
            LOG.log(Level.ERROR, "DXL1104 The client no longer tries to connect: {0}. {1}", why, remedy);
        }
    }

    private boolean takesTooLong(RunningDelivery delivery) {
        return !maxDeliveryTime.isZero() && delivery.duration().compareTo(maxDeliveryTime) >= 0;
    }

    Optional<FabricSecurity> security() {
        return extras.security();
    }

    /** Ends it, and with {@code source} the client, in the time that observers may take and two seconds. */
    void stop(ClientSource source) {
        long end = System.nanoTime() + shutdownTimeout.toNanos();
        stopped.countDown();
        delivery.stop();
        if (source.isOfTheApplication()) {
            removeCallbacks();
        }
        source.close();
        lane.close();
        delivery.awaitAsynchronous(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        threads.close();
    }

    /** Waits for the broker only if the client is one of the application's that is connected already. */
    private void addCallbacks() throws DxlException {
        for (Map.Entry<TieTopic, EventCallback> each : callbacks.entrySet()) {
            client.addEventCallback(each.getKey().topic(), each.getValue());
        }
    }

    private void keepTrying() {
        boolean subscribed = false;
        do {
            try {
                if (!subscribed) {
                    addCallbacks();
                    subscribed = true;
                }
                client.connect();
                return;
            } catch (DxlException e) {
                if (isStopped()) {
                    return;
                }
                if (subscribed) {
                    // It tries without end by itself, unless it was made otherwise or the application disconnected it.
                    logEnd(e.getMessage(), "Let the application connect it, or deploy again");
                    return;
                }
                LOG.log(Level.ERROR, "DXL1110 Subscribing failed" + TRIED_AGAIN, e);
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "DXL1110 Connecting failed" + TRIED_AGAIN, e);
            }
        } while (!isStoppedAfter(AFTER_A_FAILURE));
    }

    /** What observers get; other callbacks of the client are the application's own. */
    private record ObservedTopic(TieTopic topic, Delivery delivery) implements EventCallback {
        @Override
        public void onEvent(Event event) {
            delivery.deliver(topic, event);
        }
    }

    private boolean isStopped() {
        return isStoppedAfter(Duration.ZERO);
    }

    private boolean isStoppedAfter(Duration pause) {
        try {
            return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Without telling the broker: the client goes on, or ends, as the application likes, and must not be waited for. */
    private void removeCallbacks() {
        callbacks.forEach((topic, callback) -> {
            try {
                client.removeEventCallback(topic.topic(), callback, false);
            } catch (DxlException e) {
                LOG.log(Level.WARNING, "DXL1109 A callback could not be removed from the client", e);
            }
        });
    }
}
