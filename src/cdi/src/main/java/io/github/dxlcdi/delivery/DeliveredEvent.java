package io.github.dxlcdi.delivery;

import com.opendxl.client.message.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/** An event with its metadata, as its observers are notified of it: without qualifiers, fired at no injection point. */
final class DeliveredEvent<T> extends Running implements EventContext<T>, EventMetadata {
    private static final Set<Annotation> ANY = Set.of(Any.Literal.INSTANCE);

    private final T event;
    private final Event source;

    /** @param source the message that it was read from; null if there is none */
    DeliveredEvent(T event, Event source) {
        this.event = event;
        this.source = source;
    }

    /** The message that it was read from; null if there is none. */
    Event source() {
        return source;
    }

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
