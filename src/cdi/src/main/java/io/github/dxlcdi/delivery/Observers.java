package io.github.dxlcdi.delivery;

import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The observers of one class of events.
 *
 * @param sync those that are notified on the delivering thread, lowest priority number first
 * @param async those that are notified on the executor
 */
record Observers<T>(List<ObserverMethod<? super T>> sync, List<ObserverMethod<? super T>> async) {

    /** Asks the container, which knows nothing of order and gives both kinds at once. */
    static <T> Observers<T> resolve(BeanContainer container, T event) {
        List<ObserverMethod<? super T>> all = new ArrayList<>(container.resolveObserverMethods(event));
        all.sort(Comparator.comparingInt(ObserverMethod::getPriority));
        return new Observers<>(
                all.stream().filter(observer -> !observer.isAsync()).toList(),
                all.stream().filter(ObserverMethod::isAsync).toList());
    }
}
