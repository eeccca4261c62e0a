package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.config.BrokerAddress;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.client.transport.Line;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One pass over the brokers. All are called at once, each at its host and, if that fails, at its address; they come in the
 * order of their answers, and those that don't answer come last, as they are listed. Nobody waits for the slow ones: a line
 * that is there while nothing else is tried is used at once. Runs on the event loop.
 */
final class Pass {
    private final EventLoop loop;
    private final Dialer dialer;

    /** One for each broker, in the order of the list; empty if there is nothing to compare. */
    private final List<Call> calls;

    /** Brokers that answered while another one was tried. */
    private final Deque<Candidate> answered = new ArrayDeque<>();

    /** Hosts of the brokers that did not answer; empty until all calls are over. */
    private final Deque<Candidate> silent = new ArrayDeque<>();

    private int callsUnderWay;
    private Consumer<Candidate> waiting;
    private boolean cancelled;

    /**
     * What is to be tried next.
     *
     * @param line the open line; null if there is none
     * @param failure why there can't be one; null if that isn't known
     */
    record Candidate(Endpoint endpoint, Line line, String failure) {}

    /** Starts to call. */
    Pass(EventLoop loop, Dialer dialer, List<Endpoint> endpoints) {
        this.loop = loop;
        this.dialer = dialer;
        if (dialer.canCompare() && endpoints.size() > 1) {
            calls = byBroker(endpoints).stream().map(Call::new).toList();
            callsUnderWay = calls.size();
            calls.forEach(Call::next);
        } else {
            calls = List.of();
            endpoints.forEach(endpoint -> silent.add(new Candidate(endpoint, null, null)));
        }
    }

    private static Collection<List<Endpoint>> byBroker(List<Endpoint> endpoints) {
        Map<BrokerAddress, List<Endpoint>> hosts = endpoints.stream()
                .collect(Collectors.groupingBy(Endpoint::broker, LinkedHashMap::new, Collectors.toList()));
        return hosts.values();
    }

    /** Whether nothing is left to be tried. */
    boolean isOver() {
        return callsUnderWay == 0 && answered.isEmpty() && silent.isEmpty();
    }

    /** Gives the next candidate, at once or when it is known; not to be called when the pass is over. */
    void next(Consumer<Candidate> taker) {
        if (!answered.isEmpty()) {
            taker.accept(answered.poll());
        } else if (!silent.isEmpty()) {
            taker.accept(silent.poll());
        } else {
            waiting = taker;
        }
    }

    /** Hangs up what is open, and gives no candidate any more. */
    void cancel() {
        cancelled = true;
        calls.forEach(Call::hangUp);
    }

    private void answered(Endpoint endpoint, Line line) {
        if (waiting == null) {
            line.close();
            answered.add(new Candidate(endpoint, null, null));
        } else {
            give(new Candidate(endpoint, line, null));
        }
    }

    private void callEnded() {
        callsUnderWay--;
        if (callsUnderWay == 0) {
            calls.forEach(Call::addIfSilent);
            if (waiting != null && !silent.isEmpty()) {
                give(silent.poll());
            }
        }
    }

    private void give(Candidate candidate) {
        Consumer<Candidate> taker = waiting;
        waiting = null;
        taker.accept(candidate);
    }

    /** To one broker, at one of its hosts after the other. */
    private final class Call {
        private final List<Endpoint> hosts;
        private final Deque<Endpoint> uncalled;

        /** Why a host can't be reached; of those that were merely slow nothing. */
        private final Map<Endpoint, String> failures = new HashMap<>();

        private CompletableFuture<Line> dialing;
        private boolean hasAnswered;

        Call(List<Endpoint> hosts) {
            this.hosts = hosts;
            this.uncalled = new ArrayDeque<>(hosts);
        }

        void next() {
            Endpoint host = uncalled.poll();
            if (host == null) {
                callEnded();
                return;
            }
            dialing = dialer.dial(loop, host);
            ScheduledFuture<?> patience =
                    loop.group().schedule(this::hangUp, dialer.patience().toMillis(), TimeUnit.MILLISECONDS);
            dialing.whenComplete((line, failure) -> {
                patience.cancel(false);
                if (line != null) {
                    hasAnswered = true;
                    answered(host, line);
                    callEnded();
                } else if (!cancelled) {
                    if (!(failure instanceof CancellationException)) {
                        failures.put(host, failure.getMessage());
                    }
                    next();
                }
            });
        }

        void hangUp() {
            dialing.cancel(false);
        }

        void addIfSilent() {
            if (!hasAnswered) {
                hosts.forEach(host -> silent.add(new Candidate(host, null, failures.get(host))));
            }
        }
    }
}
