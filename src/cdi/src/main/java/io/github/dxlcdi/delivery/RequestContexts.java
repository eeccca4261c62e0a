package io.github.dxlcdi.delivery;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanContainer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A request context around each delivery. Controllers serve one delivery at a time and are kept for the next one, so there
 * are never more than threads. Safe from any thread.
 */
final class RequestContexts {
    private final Instance<RequestContextController> controllers;
    private final Queue<RequestContextController> idle = new ConcurrentLinkedQueue<>();

    RequestContexts(BeanContainer container) {
        controllers = container.createInstance().select(RequestContextController.class);
    }

    /** Runs {@code delivery} in a request context of its own, or in the one that is already active. */
    void with(Runnable delivery) {
        RequestContextController controller = idle.poll();
        if (controller == null) {
            controller = controllers.get();
        }
        boolean ours = controller.activate();
        try {
            delivery.run();
        } finally {
            if (ours) {
                controller.deactivate();
            }
            idle.add(controller);
        }
    }
}
