package io.github.dxlcdi.delivery;

import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import io.github.dxlcdi.UndeliverableMessage;
import io.github.dxlcdi.delivery.InFlight.Permit;
import io.github.dxlcdi.tie.TieEvent;
import io.github.dxlcdi.tie.TieTopic;
import io.github.dxlcdi.tie.json.Excerpt;
import io.github.dxlcdi.tie.json.MalformedPayloadException;
import jakarta.enterprise.event.ObserverException;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Delivers to observers. {@code Event.fire} would stop at the first one that throws and needs a proxy's look-up per event;
 * here the observers of a class are resolved at its first event, kept, and notified one by one in the order of their
 * priority. Any thread may call; it returns when the synchronous observers have.
 */
public final class Delivery {
    /** Asynchronous notifications in flight; beyond it the delivering thread waits, and in the end the network. */
    static final int MAX_IN_FLIGHT = 256;

    private final BeanManager container;
    private final Function<ObserverMethod<?>, String> names;
    private final Executor asyncExecutor;
    private final ClassLoader applicationLoader;
    private final RequestContexts requestContexts;
    private final Map<Class<?>, Observers<?>> observers = new ConcurrentHashMap<>();
    private final InFlight messagesInFlight = new InFlight(MAX_IN_FLIGHT);
    private final InFlight newsInFlight = new InFlight(MAX_IN_FLIGHT);
    private final MillisecondTimes millisecondTimes;
    private final RateLimitedLog log = new RateLimitedLog("io.github.dxlcdi.delivery");
    private final RunningDeliveries runningDeliveries = new RunningDeliveries();
    private volatile boolean stopped;

    /**
     * @param names says an observer's class and method
     * @param asyncExecutor runs asynchronous observers
     * @param applicationLoader becomes the context class loader of whatever thread delivers
     * @param requestContextNeeded whether a request context is needed around each delivery
     */
    public Delivery(
            BeanManager container,
            Function<ObserverMethod<?>, String> names,
            Executor asyncExecutor,
            ClassLoader applicationLoader,
            boolean requestContextNeeded) {
        this.container = container;
        millisecondTimes = new MillisecondTimes(log);
        this.names = names;
        this.asyncExecutor = asyncExecutor;
        this.applicationLoader = applicationLoader;
        this.requestContexts = requestContextNeeded ? RequestContexts.of(container) : RequestContexts.none();
    }

    /** Reads an event of {@code topic} as its record and delivers that; throws nothing. */
    public void deliver(TieTopic topic, Event event) {
        if (stopped) {
            return;
        }
        try {
            TieEvent read = topic.read(event);
            millisecondTimes.look(read);
            notifyAll(read, event, messagesInFlight, null);
        } catch (MalformedPayloadException e) {
            // Not what stood there: a payload may be hostile or secret. The UndeliverableMessage has it.
            log.write(
                    Level.WARNING,
                    "DXL1201",
                    "Message " + Excerpt.of(event.getMessageId()) + " on " + topic.topic() + " is not delivered: at "
                            + e.path() + " there is not what was expected, " + e.expected());
            fire(undelivered(topic, event, e), null);
        } catch (Throwable e) {
            // OutOfMemoryError, for one: the next message may be smaller, or the heap free again.
            fails(topic, event, e);
        }
    }

    private void fails(TieTopic topic, Event event, Throwable cause) {
        if (stopped) {
            return;
        }
        try {
            log.write(
                    Level.ERROR,
                    "DXL1205",
                    "Message " + Excerpt.of(event.getMessageId()) + " on " + topic.topic()
                            + " is not delivered: it could not be read, or its observers not be found",
                    cause);
            fire(undelivered(topic, event, cause), null);
        } catch (Throwable e) {
            log.write(Level.ERROR, "DXL1205", "What is not delivered could not be reported", e);
        }
    }

    private static UndeliverableMessage undelivered(TieTopic topic, Event event, Throwable cause) {
        return new UndeliverableMessage(topic.topic(), event.getPayload(), cause, Optional.empty(), Optional.of(event));
    }

    /** Tells of a body that is no DXL event. */
    public void unreadable(String topic, byte[] body, Exception cause) {
        log.write(
                Level.WARNING,
                "DXL1202",
                "Message on " + Excerpt.of(topic) + " is not delivered: " + cause.getMessage());
        fire(new UndeliverableMessage(topic, body, cause, Optional.empty(), Optional.empty()), null);
    }

    /**
     * Calls a callback that the application has added to the client, with what observers have: a request context, the
     * application's class loader, and an UndeliverableMessage if it fails. Throws nothing.
     *
     * @param call calls the callback, and throws what it throws
     */
    public void call(Object callback, Message message, Runnable call) {
        Running running = new Running();
        running.calls(callback);
        int place = runningDeliveries.begin(running);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(applicationLoader);
        try {
            if (stopped) {
                // Someone may wait for what it does all the same; the container has no context any more.
                call.run();
            } else {
                requestContexts.with(call);
            }
        } catch (Throwable e) {
            failed(callback, message, e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            runningDeliveries.end(place);
        }
    }

    private void failed(Object callback, Message message, Throwable cause) {
        String name = callback.getClass().getName();
        try {
            log.write(
                    Level.ERROR,
                    "DXL1206",
                    "Callback " + name + " failed for message " + Excerpt.of(message.getMessageId()) + " on "
                            + Excerpt.of(message.getDestinationTopic()) + "; other callbacks still get it",
                    cause);
            byte[] payload = message.getPayload();
            fire(
                    new UndeliverableMessage(
                            message.getDestinationTopic(),
                            payload == null ? new byte[0] : payload,
                            cause,
                            Optional.of(name),
                            message instanceof Event event ? Optional.of(event) : Optional.empty()),
                    null);
        } catch (Throwable e) {
            log.write(Level.ERROR, "DXL1206", "What is not delivered could not be reported", e);
        }
    }

    /** Delivers news of the connection; it does not wait behind asynchronous observers of messages. */
    public void tell(Object news) {
        notifyAll(news, null, newsInFlight, null);
    }

    /** The call of an observer that has been running longest; empty: none is running. Any thread. */
    public Optional<RunningDelivery> oldest() {
        return runningDeliveries.oldest(System.nanoTime(), this::nameOf);
    }

    private String nameOf(Object called) {
        return called instanceof ObserverMethod<?> observer
                ? names.apply(observer)
                : called.getClass().getName();
    }

    /** To be called every second: measures how long observers take, and counts the lines left out of the log. */
    public void tick() {
        oldest();
        log.writeLeftOut(System.nanoTime());
    }

    /** Nothing is begun any more: the container is about to end. */
    public void stop() {
        stopped = true;
        log.close();
    }

    /** Waits until asynchronous observers have ended, {@code atMost} so long. */
    public void awaitAsynchronous(Duration atMost) {
        try {
            messagesInFlight.awaitNone(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param held the permit of the notification that has failed; null: none */
    private void fire(UndeliverableMessage message, Permit held) {
        notifyAll(message, null, messagesInFlight, held);
    }

    /** @param held a permit that asynchronous observers are to share; null: they get permits of {@code inFlight} */
    private <T> void notifyAll(T event, Event source, InFlight inFlight, Permit held) {
        if (stopped) {
            return;
        }
        Observers<T> interested = observersOf(event);
        DeliveredEvent<T> delivered = new DeliveredEvent<>(event, source);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(applicationLoader);
        try {
            for (ObserverMethod<T> observer : interested.async()) {
                notifyLater(observer, delivered, inFlight, held);
            }
            if (!interested.sync().isEmpty()) {
                int place = runningDeliveries.begin(delivered);
                try {
                    requestContexts.with(() -> {
                        for (ObserverMethod<T> observer : interested.sync()) {
                            delivered.calls(observer);
                            notify(observer, delivered, held);
                        }
                    });
                } finally {
                    runningDeliveries.end(place);
                }
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @SuppressWarnings("unchecked")
    private <T> Observers<T> observersOf(T event) {
        // The key is the event's own class, so the observers kept under it are those of T.
        Observers<T> known = (Observers<T>) observers.get(event.getClass());
        return known != null
                ? known
                : (Observers<T>)
                        observers.computeIfAbsent(event.getClass(), type -> Observers.resolve(container, event));
    }

    private <T> void notify(ObserverMethod<T> observer, DeliveredEvent<T> delivered, Permit held) {
        try {
            observer.notify(delivered);
        } catch (ObserverException e) {
            // Is how the container wraps a checked exception.
            failed(observer, delivered, e.getCause() == null ? e : e.getCause(), held);
        } catch (Throwable e) {
            failed(observer, delivered, e, held);
        }
    }

    private <T> void notifyLater(
            ObserverMethod<T> observer, DeliveredEvent<T> delivered, InFlight inFlight, Permit held) {
        Permit permit;
        try {
            permit = held == null ? inFlight.acquire() : held.share();
        } catch (InterruptedException e) {
            // A stop interrupts, and then nothing is told; or an observer has interrupted its own thread.
            failed(observer, delivered, e, null);
            return;
        }
        Notification<T> notification = new Notification<>(observer, delivered, permit);
        try {
            asyncExecutor.execute(notification);
        } catch (Throwable e) {
            // An executor that fails may have queued it all the same.
            if (notification.mayBegin()) {
                permit.release();
                failed(observer, delivered, e, held);
            }
        }
    }

    /** An asynchronous observer and what it is to get. */
    private final class Notification<T> extends Running implements Runnable {
        private final ObserverMethod<T> observer;
        private final DeliveredEvent<T> delivered;
        private final Permit permit;
        private final AtomicBoolean begun = new AtomicBoolean();

        Notification(ObserverMethod<T> observer, DeliveredEvent<T> delivered, Permit permit) {
            this.observer = observer;
            this.delivered = delivered;
            this.permit = permit;
            calls(observer);
        }

        /** True once. */
        boolean mayBegin() {
            return begun.compareAndSet(false, true);
        }

        @Override
        public void run() {
            if (!mayBegin()) {
                return;
            }
            int place = runningDeliveries.begin(this);
            try {
                requestContexts.with(() -> Delivery.this.notify(observer, delivered, permit));
            } finally {
                runningDeliveries.end(place);
                permit.release();
            }
        }
    }

    private void failed(ObserverMethod<?> observer, DeliveredEvent<?> delivered, Throwable cause, Permit held) {
        if (stopped) {
            // A container that ends refuses its beans; that is no failure of the observer.
            return;
        }
        String name = names.apply(observer);
        Event source = delivered.source();
        if (source == null) {
            log.write(Level.ERROR, "DXL1204", "Observer " + name + " failed for " + delivered.getEvent(), cause);
            return;
        }
        log.write(
                Level.ERROR,
                "DXL1203",
                "Observer " + name + " failed for message " + Excerpt.of(source.getMessageId()) + " on "
                        + Excerpt.of(source.getDestinationTopic()) + "; the other observers still get it",
                cause);
        fire(
                new UndeliverableMessage(
                        source.getDestinationTopic(),
                        source.getPayload(),
                        cause,
                        Optional.of(name),
                        Optional.of(source)),
                held);
    }
}
