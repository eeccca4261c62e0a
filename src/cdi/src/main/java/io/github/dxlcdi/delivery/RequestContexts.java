package io.github.dxlcdi.delivery;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.spi.BeanManager;

/**
 * A request context around each delivery where one is needed, made by the container's own interceptor: on Weld that
 * allocates a quarter of what a {@code RequestContextController} does, and still costs a seventh of a detection. It is no bean,
 * as a server may hide those of an extension from applications. Safe from any thread.
 */
public class RequestContexts {
    /** Called by the container, which makes a subclass. */
    protected RequestContexts() {}

    /** For an application in which nothing could tell whether there is a request context. */
    static RequestContexts none() {
        return new RequestContexts();
    }

    static RequestContexts of(BeanManager container) {
        return container
                .createInterceptionFactory(
                        container.<RequestContexts>createCreationalContext(null), RequestContexts.class)
                .createInterceptedInstance(new RequestContexts());
    }

    /** Runs {@code delivery}; where request contexts are needed in one of its own, or in the one that is already active. */
    @ActivateRequestContext
    public void with(Runnable delivery) {
        delivery.run();
    }
}
