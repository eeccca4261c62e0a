package io.github.dxlcdi.compatibility;

import io.github.dxlcdi.tie.FileDetection;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * One observer of each kind. The name of a detection says how long the first one takes: {@code slow…} half a second, {@code
 * blocked…} until it is interrupted; with {@code failing…} it throws.
 */
@ApplicationScoped
public class DetectionObservers {
    /** What the console says when the end of the application has interrupted an observer. */
    static final String INTERRUPTED = "The blocked observer was interrupted";

    private static final long SLOW_MILLIS = 500;

    private final CountDownLatch never = new CountDownLatch(1);

    @Inject
    private Observations observations;

    @Inject
    private Visit visit;

    @Resource
    private TransactionSynchronizationRegistry transactions;

    /** The name alone: its request context is its own. */
    public void observe(@Observes FileDetection detection) throws InterruptedException, NamingException {
        String name = detection.name().orElse("");
        observations.add(new Observation(
                "sync",
                name,
                Map.of(
                        "visit",
                        visit.next(),
                        "names",
                        names(),
                        "loader",
                        isApplicationLoader(),
                        "topic",
                        detection.origin().topic())));
        if (name.startsWith("slow")) {
            never.await(SLOW_MILLIS, TimeUnit.MILLISECONDS);
        } else if (name.startsWith("blocked")) {
            awaitInterrupt();
        } else if (name.startsWith("failing")) {
            throw new Failure(name);
        }
    }

    /** Says so on the console, which still works when a server's log no longer does. */
    private void awaitInterrupt() throws InterruptedException {
        try {
            never.await();
        } catch (InterruptedException e) {
            System.out.println(INTERRUPTED);
            throw e;
        }
    }

    /** On another thread, with a request context of its own. */
    public void observeAsynchronously(@ObservesAsync FileDetection detection) {
        observations.add(new Observation(
                "async", detection.name().orElse(""), Map.of("visit", visit.next(), "loader", isApplicationLoader())));
    }

    /** In a transaction. */
    @Transactional
    public void observeInTransaction(@Observes FileDetection detection) {
        observations.add(new Observation(
                "transactional",
                detection.name().orElse(""),
                Map.of("active", transactions.getTransactionStatus() == Status.STATUS_ACTIVE)));
    }

    /** Whether classes of the application are found by their names; some servers wrap its loader. */
    private static boolean isApplicationLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(DetectionObservers.class.getName(), false, context) == DetectionObservers.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Whether the application's own names can be looked up. */
    private static boolean names() throws NamingException {
        return new InitialContext().lookup("java:comp/DefaultManagedExecutorService") != null;
    }

    /** A class of the application. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String name) {
            super(name);
        }
    }
}
