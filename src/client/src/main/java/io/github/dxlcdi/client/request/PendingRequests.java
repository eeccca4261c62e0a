package io.github.dxlcdi.client.request;

import io.github.dxlcdi.client.resilience.MemoryShortage;
import io.github.dxlcdi.client.transport.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The requests that wait for their answers. Each of them ends exactly once: by its answer, at its deadline, or with all
 * others. Runs on the event loop, but for {@link #abandonAll}.
 *
 * @param <A> the kind of answer
 */
public final class PendingRequests<A> {
    /** Hears how a request ends, once. Must not wait. */
    public interface Awaiting<A> {
        /** Whether this answer is the one that is wanted, where several come; the others are unclaimed. */
        default boolean awaits(A answer) {
            return true;
        }

        void answered(A answer);

        /** @param details what happened, in words */
        void failed(RequestFailure failure, String details);
    }

    private record Pending<A>(Awaiting<A> awaiting, Runnable cancelDeadline) {}

    private final Map<String, Pending<A>> byId = new ConcurrentHashMap<>();

    /**
     * Awaits the answer to the message {@code id}.
     *
     * @return false if one with this id is waiting already; then nothing has changed
     */
    public boolean add(String id, Duration wait, Timer timer, Awaiting<A> awaiting) {
        if (byId.containsKey(id)) {
            return false;
        }
        Runnable timeOut = () -> {
            Pending<A> late = byId.get(id);
            if (late != null) {
                fail(id, late, RequestFailure.TIMEOUT, "the answer did not come within " + wait.toMillis() + " ms");
            }
        };
        Runnable cancel = timer.after(wait, () -> MemoryShortage.outlast(timeOut));
        byId.put(id, new Pending<>(awaiting, cancel));
        return true;
    }

    /** Whether somebody has waited for this answer. */
    public boolean answered(String id, A answer) {
        Pending<A> pending = byId.get(id);
        if (pending == null || !pending.awaiting().awaits(answer)) {
            return false;
        }
        end(id, () -> pending.awaiting().answered(answer));
        return true;
    }

    /** Takes back a request for whose answer {@code awaiting} waits; false if it has ended already. Another one stays. */
    public boolean withdraw(String id, Awaiting<A> awaiting) {
        Pending<A> pending = byId.get(id);
        return pending != null && pending.awaiting() == awaiting && remove(id) != null;
    }

    /** Ends all that wait. */
    public void failAll(RequestFailure failure, String details) {
        for (String id : List.copyOf(byId.keySet())) {
            Pending<A> pending = byId.get(id);
            if (pending != null) {
                fail(id, pending, failure, details);
            }
        }
    }

    /** As {@link #failAll}, from any thread, once the event loop has ended and no deadline can come any more. */
    public void abandonAll(RequestFailure failure, String details) {
        for (String id : List.copyOf(byId.keySet())) {
            Pending<A> pending = byId.remove(id);
            if (pending != null) {
                pending.awaiting().failed(failure, details);
            }
        }
    }

    /** Whether {@code id} waits. */
    public boolean has(String id) {
        return byId.containsKey(id);
    }

    /** Those that wait now; any thread. */
    public Stream<Awaiting<A>> waiting() {
        return byId.values().stream().map(Pending::awaiting);
    }

    /** Whether nobody waits. */
    public boolean isEmpty() {
        return byId.isEmpty();
    }

    private void fail(String id, Pending<A> pending, RequestFailure failure, String details) {
        end(id, () -> pending.awaiting().failed(failure, details));
    }

    /** Once it is removed nothing else would tell. */
    private void end(String id, Runnable telling) {
        try {
            remove(id);
        } finally {
            MemoryShortage.outlast(telling);
        }
    }

    private Pending<A> remove(String id) {
        Pending<A> pending = byId.remove(id);
        if (pending != null) {
            pending.cancelDeadline().run();
        }
        return pending;
    }
}
