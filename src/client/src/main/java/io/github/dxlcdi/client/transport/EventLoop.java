package io.github.dxlcdi.client.transport;

import io.github.dxlcdi.client.resilience.MemoryShortage;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ConcurrentSkipListIntObjMultimap;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One thread that owns everything of Netty's. Netty leaves its thread locals, and with them the application's class
 * loader, on every thread that calls it; so a server's thread never does: it hands over a task here, and the group itself
 * is made and ended by short-lived threads of ours.
 */
public final class EventLoop implements Timer, AutoCloseable {
    private static final long QUIET_MILLIS = 0;
    private static final long SHUTDOWN_MILLIS = 200;
    private static final long LOOP_THREAD_END_MILLIS = 500;
    private static final long GLOBAL_EXECUTOR_END_MILLIS = 1_500;

    private final String name;
    private final ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();
    private volatile SocketKind socketKind;
    private volatile EventLoopGroup group;
    private volatile Thread loopThread;
    private volatile Consumer<Throwable> onFailure = failure -> {};

    /** Starts the loop; its thread is a daemon called {@code name} and has the caller's context class loader. */
    public EventLoop(String name) {
        this.name = name;
        runAside("start", () -> {
            loadWhatFreesMemory();
            MemoryShortage.prepare();
            LinkException.prepare();
            socketKind = SocketKind.here();
            // No group of one around it: that would wait for it on Netty's global thread, which then lives for a
            // second.
            group = new ResilientLoop(this::loopThread, socketKind.handlers(), failure -> onFailure.accept(failure));
        });
    }

    /**
     * Sets what is called, on the loop's thread, when something was thrown that nothing has caught. The loop goes on,
     * but what it did at that moment is left half done.
     */
    public void onFailure(Consumer<Throwable> action) {
        onFailure = action;
    }

    /** The group, to be handed to a bootstrap on this loop's own thread. */
    public EventLoopGroup group() {
        return group;
    }

    /** The kind of sockets that this loop serves. */
    public SocketKind socketKind() {
        return socketKind;
    }

    /** Whether the caller is this loop's thread. */
    public boolean inLoop() {
        return Thread.currentThread() == loopThread;
    }

    /**
     * Runs {@code task} on the loop's thread, from any thread.
     *
     * @throws RejectedExecutionException after {@link #close()}
     */
    public void execute(Runnable task) {
        group.execute(task);
    }

    /**
     * Starts something on the loop's thread, at once if that is the caller's, and tells how it ends; fails with
     * RejectedExecutionException when the loop is closed.
     */
    public <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> start) {
        if (inLoop()) {
            return start.get();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            execute(() -> call(start, result));
            if (group.isShutdown()) {
                // Taken in the last moment, it may never run: Netty then says so in the log alone.
                result.completeExceptionally(new RejectedExecutionException("The event loop has ended"));
            }
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        ScheduledFuture<?> due = group.schedule(task, TimeUnit.MILLISECONDS.convert(delay), TimeUnit.MILLISECONDS);
        return () -> due.cancel(false);
    }

    /** Runs a task as {@link #call} does, and tells its result. */
    public <T> CompletableFuture<T> submit(Callable<T> task) {
        return call(() -> {
            try {
                return CompletableFuture.completedFuture(task.call());
            } catch (Exception e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    private static <T> void call(Supplier<CompletableFuture<T>> start, CompletableFuture<T> result) {
        try {
            start.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (Throwable e) {
            MemoryShortage.outlast(() -> result.completeExceptionally(e));
        }
    }

    /**
     * Ends the loop and waits until its thread is gone, and Netty's global one if something has started it, which
     * lives for up to a second. Channels must have been closed before. Does not wait when called on the loop's own
     * thread.
     */
    @Override
    public void close() {
        if (inLoop()) {
            group.shutdownGracefully(QUIET_MILLIS, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            runAside("stop", this::shutDown);
        }
    }

    private void shutDown() throws InterruptedException {
        group.shutdownGracefully(QUIET_MILLIS, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
        group.awaitTermination(LOOP_THREAD_END_MILLIS, TimeUnit.MILLISECONDS);
        Thread loop = loopThread;
        if (loop != null) {
            // The group counts as terminated while its thread still has its last lines to run.
            loop.join(LOOP_THREAD_END_MILLIS);
        }
        try {
            GlobalEventExecutor.INSTANCE.awaitInactivity(GLOBAL_EXECUTOR_END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IllegalStateException e) {
            // It was never started, so there is no thread to wait for.
        }
    }

    /**
     * Loads what the finalizer of Netty's allocator needs, long after the application has gone: a server that undeployed it
     * because its file was deleted can't load any more then, and complains.
     */
    private static void loadWhatFreesMemory() {
        new ConcurrentSkipListIntObjMultimap<>(-1).iterator();
    }

    private Thread loopThread(Runnable task) {
        Thread thread = new FastThreadLocalThread(task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(contextClassLoader);
        loopThread = thread;
        return thread;
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private void runAside(String what, Step step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread aside = new Thread(
                () -> {
                    try {
                        step.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                name + "-" + what);
        aside.setDaemon(true);
        aside.start();
        done.join();
        joinUninterruptibly(aside);
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
