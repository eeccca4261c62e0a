package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Waits for what the event loop does. */
final class Waiting {
    private Waiting() {}

    /** What has made a future fail, without what other futures have wrapped around it. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /**
     * Waits for {@code result}.
     *
     * @param what what fails if it does, as in "Could not connect"
     * @throws DxlException as the result tells, or if the caller is interrupted, which stays so
     */
    static <T> T await(CompletableFuture<T> result, String what) throws DxlException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DxlException("Interrupted while waiting to " + what, e);
        } catch (CancellationException | ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof DxlException failure) {
                throw failure;
            }
            throw new DxlException("Could not " + what, cause);
        }
    }
}
