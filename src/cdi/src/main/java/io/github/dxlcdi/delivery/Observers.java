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
record Observers<T>(List<ObserverMethod<T>> sync, List<ObserverMethod<T>> async) {

    /** Asks the container, which knows nothing of order and gives both kinds at once. */
    @SuppressWarnings("unchecked")
    static <T> Observers<T> resolve(BeanContainer container, T event) {
        List<ObserverMethod<T>> all = new ArrayList<>();
        // Who takes any T's supertype takes a T.
        container.resolveObserverMethods(event).forEach(observer -> all.add((ObserverMethod<T>) observer));
        all.sort(Comparator.comparingInt(ObserverMethod::getPriority));
        return new Observers<>(
                all.stream().filter(observer -> !observer.isAsync()).toList(),
                all.stream().filter(ObserverMethod::isAsync).toList());
    }
}
