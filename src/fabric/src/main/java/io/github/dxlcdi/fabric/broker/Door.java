package io.github.dxlcdi.fabric.broker;

import io.github.dxlcdi.client.transport.EventLoop;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The way of other threads onto the event loop: each call waits until the loop has done what it brings. */
record Door(EventLoop loop) {
    private static final long CLOSE_MILLIS = 400;

    interface Step {
        void run() throws Exception;
    }

    void run(Step task) {
        await(() -> {
            task.run();
            return null;
        });
    }

    <T> T await(Callable<T> task) {
        try {
            return loop.submit(task).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RejectedExecutionException) {
                throw new IllegalStateException("The fabric is closed", e.getCause());
            }
            throw e;
        }
    }

    <T> T ask(Callable<T> question, T answerWhenClosed) {
        try {
            return await(question);
        } catch (IllegalStateException e) {
            return answerWhenClosed;
        }
    }

    static void until(CompletableFuture<Void> done) {
        try {
            done.get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The fabric is being closed meanwhile, so it is down all the same.
        }
    }
}
