package io.github.dxlcdi.extension;

import io.github.dxlcdi.tie.TieEvent;
import io.github.dxlcdi.tie.TieTopic;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is observed, and the topics that this asks for. A record of TIE and their common interface ask; {@code Object} and
 * type variables match everything and ask for nothing.
 */
final class SubscriptionPlan {
    private static final Logger LOG = System.getLogger("io.github.dxlcdi.extension");

    /** Topics of which something is observed; empty when the application observes nothing of the fabric. */
    private final Set<TieTopic> topics = EnumSet.noneOf(TieTopic.class);

    /** Class and method of each observer in the application, also of those that ask for no topic. */
    private final Map<ObserverMethod<?>, String> names = new HashMap<>();

    /** Notes an observer; {@code method} is null for one that was added by an extension. */
    void note(ObserverMethod<?> observer, AnnotatedMethod<?> method) {
        names.put(observer, name(observer, method));
        List<TieTopic> asked = topicsOf(observer.getObservedType());
        if (asked.isEmpty()) {
            return;
        }
        String foreign = observer.getObservedQualifiers().stream()
                .filter(qualifier -> !(qualifier instanceof Any))
                .map(qualifier -> "@" + qualifier.annotationType().getSimpleName())
                .collect(Collectors.joining(" "));
        if (!foreign.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "DXL1002 {0} observes with {1}; detections are fired without qualifiers, so it gets none of the"
                            + " fabric''s. Take the qualifier away",
                    nameOf(observer),
                    foreign);
            return;
        }
        topics.addAll(asked);
        if (method != null && method.getParameters().stream().anyMatch(SubscriptionPlan::isMetadata)) {
            LOG.log(
                    Level.WARNING,
                    "DXL1004 {0} injects EventMetadata, which is null for detections of the fabric; use origin()",
                    nameOf(observer));
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
