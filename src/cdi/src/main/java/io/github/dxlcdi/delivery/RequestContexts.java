package io.github.dxlcdi.delivery;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Singleton;

/**
 * A request context around each delivery. A bean, which the extension registers, because the container's own interceptor
 * makes the context for it: on Weld that allocates a quarter of what a {@code RequestContextController} does. Safe from any
 * thread.
 */
@Singleton
public class RequestContexts {
    /** Runs {@code delivery} in a request context of its own, or in the one that is already active. */
    @ActivateRequestContext
    public void with(Runnable delivery) {
        delivery.run();
    }
}
