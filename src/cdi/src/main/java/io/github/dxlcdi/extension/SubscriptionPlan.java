package io.github.dxlcdi.extension;

import io.github.dxlcdi.DxlConnected;
import io.github.dxlcdi.DxlDisconnected;
import io.github.dxlcdi.UndeliverableMessage;
import io.github.dxlcdi.tie.TieEvent;
import io.github.dxlcdi.tie.TieTopic;
import io.github.dxlcdi.tie.log.TextLogger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanContainer;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is observed, and the topics that this asks for. A record of TIE and their common interface ask; {@code Object} and
 * type variables match everything and ask for nothing. Events about the connection ask for one, and for no topic.
 */
final class SubscriptionPlan {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.extension");
    private static final Set<Type> OF_CONNECTIONS = Set.of(DxlConnected.class, DxlDisconnected.class);

    /** Where observers are called; each delivery has a request context of its own. */
    private static final Set<Class<? extends Annotation>> ALWAYS_ACTIVE =
            Set.of(ApplicationScoped.class, Singleton.class, Dependent.class, RequestScoped.class);

    /** Topics of which something is observed; empty when the application observes nothing of the fabric. */
    private final Set<TieTopic> topics = EnumSet.noneOf(TieTopic.class);

    /** Observers of what we fire that need an instance of their bean. */
    private final List<ObserverMethod<?>> ofBeans = new ArrayList<>();

    /** Observers of the beginning and the end of connections. */
    private final List<ObserverMethod<?>> ofConnections = new ArrayList<>();

    /** Class and method of each observer in the application, also of those that ask for no topic. */
    private final Map<ObserverMethod<?>, String> names = new HashMap<>();

    /** Notes an observer; {@code method} is null for one that was added by an extension. */
    void note(ObserverMethod<?> observer, AnnotatedMethod<?> method) {
        names.put(observer, name(observer, method));
        Type observed = observer.getObservedType();
        List<TieTopic> asked = topicsOf(observed);
        boolean ofConnection = OF_CONNECTIONS.contains(observed);
        if (asked.isEmpty() && !ofConnection && observed != UndeliverableMessage.class) {
            return;
        }
        String foreign = observer.getObservedQualifiers().stream()
                .filter(qualifier -> !(qualifier instanceof Any))
                .map(qualifier -> "@" + qualifier.annotationType().getSimpleName())
                .collect(Collectors.joining(" "));
        if (!foreign.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "DXL1002 {0} observes with {1}; what comes of the fabric is fired without qualifiers, so it gets"
                            + " nothing of it. Take the qualifier away",
                    nameOf(observer),
                    foreign);
            return;
        }
        topics.addAll(asked);
        if (ofConnection) {
            ofConnections.add(observer);
        }
        if (method != null && !method.isStatic()) {
            ofBeans.add(observer);
        }
        if (!asked.isEmpty()
                && method != null
                && method.getParameters().stream().anyMatch(SubscriptionPlan::isMetadata)) {
            LOG.log(
                    Level.WARNING,
                    "DXL1004 {0} injects EventMetadata, which is null for detections of the fabric; use origin()",
                    nameOf(observer));
        }
    }

    /**
     * Warns of observers that the container will never call, or not always: it calls none where there is no instance of
     * the bean, and says nothing.
     */
    void warnOfUncallable(BeanContainer container) {
        for (ObserverMethod<?> observer : ofBeans) {
            Bean<?> bean = observer.getDeclaringBean();
            if (bean != null && !isActiveInDelivery(bean.getScope(), container)) {
                LOG.log(
                        Level.WARNING,
                        "DXL1005 {0} is in a bean that is @{1}, a scope that is not active where observers are called,"
                                + " so it gets nothing of the fabric. Make the bean @ApplicationScoped, or let one that"
                                + " is observe",
                        nameOf(observer),
                        bean.getScope().getSimpleName());
            } else if (observer.getReception() == Reception.IF_EXISTS) {
                LOG.log(
                        Level.WARNING,
                        "DXL1006 {0} observes with notifyObserver=IF_EXISTS, so it gets nothing of the fabric until"
                                + " something else makes an instance of its bean. Take that away",
                        nameOf(observer));
            }
        }
    }

    /** A scope of someone else's may be always active; then it is during deployment, too. */
    private static boolean isActiveInDelivery(Class<? extends Annotation> scope, BeanContainer container) {
        if (ALWAYS_ACTIVE.contains(scope)) {
            return true;
        }
        try {
            return container.getContext(scope).isActive();
        } catch (ContextNotActiveException e) {
            return false;
        }
    }

    /** Whether an event about the connection is observed. */
    boolean isConnectionObserved() {
        return !ofConnections.isEmpty();
    }

    /** Warns of each observer of the connection that it is never called. */
    void warnOfObserversOfConnections() {
        for (ObserverMethod<?> observer : ofConnections) {
            LOG.log(
                    Level.WARNING,
                    "DXL1015 {0} observes {1} and is never called: the client on the class path is not dxl-client, and"
                            + " tells nothing of its connection. Look at the health check, or put dxl-client back",
                    nameOf(observer),
                    observer.getObservedType().getTypeName());
        }
    }

    Set<TieTopic> topics() {
        return Set.copyOf(topics);
    }

    /** Class and method of an observer. */
    String nameOf(ObserverMethod<?> observer) {
        String name = names.get(observer);
        return name == null ? observer.getBeanClass().getName() : name;
    }

    private static List<TieTopic> topicsOf(Type observed) {
        return Arrays.stream(TieTopic.values())
                .filter(topic -> observed == topic.type() || observed == TieEvent.class)
                .toList();
    }

    private static boolean isMetadata(AnnotatedParameter<?> parameter) {
        return parameter.getBaseType() == EventMetadata.class;
    }

    private static String name(ObserverMethod<?> observer, AnnotatedMethod<?> method) {
        return observer.getBeanClass().getName()
                + (method == null ? "" : "." + method.getJavaMember().getName());
    }
}
