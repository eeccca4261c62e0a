package io.github.dxlcdi.lifecycle;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The threads on which observers run: those that the server lends (Jakarta Concurrency), or plain daemon threads where
 * there is no server. Threads of a server know the application's names, security and class loader. On Open Liberty they
 * begin to run only when the application has started, so nothing that starts it may wait for one.
 */
final class ServerThreads implements AutoCloseable {
    private static final String MANAGED_EXECUTOR = "java:comp/DefaultManagedExecutorService";
    private static final String MANAGED_THREADS = "java:comp/DefaultManagedThreadFactory";
    private static final long END_SECONDS = 1;

    private final Executor executor;
    private final ThreadFactory factory;
    private final List<ExecutorService> own;

    private ServerThreads(Executor executor, ThreadFactory factory, List<ExecutorService> own) {
        this.executor = executor;
        this.factory = factory;
        this.own = own;
    }

    /** Looks them up. To be called on the thread that starts the application: the names are only there. */
    static ServerThreads lookUp(ClassLoader applicationLoader) {
        ThreadFactory daemons = daemons(applicationLoader);
        ThreadFactory factory = lookUp(MANAGED_THREADS, ThreadFactory.class, daemons);
        Executor managed = lookUp(MANAGED_EXECUTOR, ExecutorService.class, null);
        if (managed != null) {
            return new ServerThreads(managed, factory, List.of());
        }
        ExecutorService executor = Executors.newCachedThreadPool(daemons);
        return new ServerThreads(executor, factory, List.of(executor));
    }

    /** Runs short tasks; after the server has begun to stop it may refuse them. */
    Executor executor() {
        return executor;
    }

    /** Makes threads that run for long. */
    ThreadFactory factory() {
        return factory;
    }

    /** Ends what is ours; the server's threads are the server's. */
    @Override
    public void close() {
        own.forEach(ExecutorService::shutdownNow);
        for (ExecutorService each : own) {
            try {
                each.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T lookUp(String name, Class<T> type, T otherwise) {
        try {
            Object found = new InitialContext().lookup(name);
            return type.isInstance(found) ? type.cast(found) : otherwise;
        } catch (NamingException | RuntimeException | LinkageError e) {
            // No naming, or none of these names: not a server, or one without Jakarta Concurrency.
            return otherwise;
        }
    }

    private static ThreadFactory daemons(ClassLoader applicationLoader) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "dxl-delivery-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(applicationLoader);
            return thread;
        };
    }
}
