package io.github.dxlcdi.delivery;

import com.opendxl.client.message.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * An event with its metadata, as its observers are notified of it: without qualifiers, fired at no injection point.
 *
 * @param source the message that it was read from; null if there is none
 */
record DeliveredEvent<T>(T event, Event source) implements EventContext<T>, EventMetadata {
    private static final Set<Annotation> ANY = Set.of(Any.Literal.INSTANCE);

    @Override
    public T getEvent() {
        return event;
    }

    @Override
    public EventMetadata getMetadata() {
        return this;
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return ANY;
    }

    @Override
    public InjectionPoint getInjectionPoint() {
        return null;
    }

    @Override
    public Type getType() {
        return event.getClass();
    }
}
