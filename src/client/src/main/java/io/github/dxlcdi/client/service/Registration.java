package io.github.dxlcdi.client.service;

import io.github.dxlcdi.client.connection.BackOff;
import io.github.dxlcdi.client.transport.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * One service as the broker shall know it: registered on each connect, renewed whenever its lifetime is over, tried again
 * with growing pauses after a failure, and taken back in the end. Runs on the event loop.
 */
public final class Registration {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** The broker's registry, and who wants to know. Must not wait. */
    public interface Registry {
        /** Done when the service's requests would come. */
        CompletableFuture<Void> subscribe();

        /** Done when the broker has confirmed; {@link RefusedException} if it has refused. */
        CompletableFuture<Void> register();

        /** Done when the broker has confirmed. */
        CompletableFuture<Void> unregister();

        /** The broker has confirmed. */
        void registered();

        /** It has not. */
        void failed(Throwable reason, Duration nextTry);
    }

    private final Registry registry;
    private final BackOff.Settings pauses;
    private final Duration ttl;
    private final Duration grace;
    private final LongSupplier nanoTime;

    // Valid for one connection
    private Timer timer;
    private BackOff backOff;
    private Runnable cancelNext = () -> {};

    /** Counts up whenever what was asked before is of no interest any more. */
    private int round;

    private boolean confirmed;
    private long confirmedAt;

    /** The broker was asked and has not answered, so it may know the service. */
    private boolean unsure;

    private long askedAt;

    private boolean withdrawn;

    /** One of the same id that was withdrawn, and that a broker may know; null if there is none. */
    private Registration earlier;

    /**
     * @param pauses the pauses after failures
     * @param ttl how long a registration holds
     * @param grace how much longer the broker may know the service
     * @param nanoTime a clock as {@link System#nanoTime()}
     */
    public Registration(
            Registry registry, BackOff.Settings pauses, Duration ttl, Duration grace, LongSupplier nanoTime) {
        this.registry = registry;
        this.pauses = pauses;
        this.ttl = ttl;
        this.grace = grace;
        this.nanoTime = nanoTime;
    }

    /** Takes the place of a withdrawn one of the same id: what a broker may know of that one is left to this one. */
    public void follow(Registration withdrawn) {
        earlier = withdrawn;
    }

    /**
     * There is a broker, which does not know the service yet, or not as it is now; one that was withdrawn meanwhile is taken
     * back, if {@link #mayBeKnown()}.
     */
    public void connected(Timer loop) {
        timer = loop;
        backOff = new BackOff(pauses);
        if (withdrawn) {
            takeBack();
        } else {
            ask();
        }
    }

    /** The broker is gone. */
    public void lost() {
        stop();
        timer = null;
    }

    /** Takes it back because the client leaves; {@link #connected} registers it again. */
    public CompletableFuture<Void> leave() {
        return timer == null ? DONE : takeBack();
    }

    /** Takes it back for good; without a broker that is left to {@link #connected}, if {@link #mayBeKnown()}. */
    public CompletableFuture<Void> withdraw() {
        withdrawn = true;
        return leave();
    }

    /** Whether a broker may know it still. */
    public boolean mayBeKnown() {
        return isConfirmed() || (unsure && isKept(askedAt)) || (earlier != null && earlier.mayBeKnown());
    }

    /** Nobody waits for a confirmation that is not sure to come: only one that the broker has confirmed is awaited. */
    private CompletableFuture<Void> takeBack() {
        stop();
        if (!mayBeKnown()) {
            return DONE;
        }
        boolean awaited = isConfirmed();
        int asked = round;
        CompletableFuture<Void> told = registry.unregister().thenRun(() -> {
            // It may have been registered again meanwhile, and the broker has not forgotten that.
            if (asked == round) {
                confirmed = false;
                unsure = false;
                earlier = null;
            }
        });
        return awaited ? told : DONE;
    }

    private boolean isConfirmed() {
        return confirmed && isKept(confirmedAt);
    }

    private boolean isKept(long since) {
        return Duration.ofNanos(nanoTime.getAsLong() - since).compareTo(ttl.plus(grace)) <= 0;
    }

    private void stop() {
        round++;
        cancelNext.run();
    }

    private void ask() {
        stop();
        int asked = round;
        boolean unsureBefore = unsure;
        registry.subscribe()
                // It may have been taken back meanwhile, and would be there again.
                .thenCompose(subscribed -> asked == round ? register() : DONE)
                .whenComplete((done, failure) -> {
                    if (asked == round) {
                        answered(failure, unsureBefore);
                    }
                });
    }

    private CompletableFuture<Void> register() {
        unsure = true;
        askedAt = nanoTime.getAsLong();
        return registry.register();
    }

    private void answered(Throwable failure, boolean unsureBefore) {
        if (failure == null) {
            confirmed = true;
            confirmedAt = nanoTime.getAsLong();
            unsure = false;
            earlier = null;
            backOff = new BackOff(pauses);
            cancelNext = timer.after(ttl, this::ask);
            registry.registered();
            return;
        }
        if (RefusedException.isBehind(failure)) {
            // That says nothing of an earlier registration that was not answered.
            unsure = unsureBefore;
        }
        Duration pause = backOff.next();
        cancelNext = timer.after(pause, this::ask);
        registry.failed(failure, pause);
    }
}
