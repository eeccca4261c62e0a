package io.github.dxlcdi.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestContextTest extends FabricTest {

    @Test
    void a_request_scoped_bean_that_a_producer_makes_is_another_one_for_each_delivery() {
        try (TestApplication app = application().start(Tickets.class, Visitor.class)) {
            publishTwo();
            Visitor visitor = app.get(Visitor.class);
            await().until(() -> visitor.tickets().size() == 4);

            assertThat(visitor.tickets()).containsExactlyInAnyOrder(1, 2, 3, 4);
        }
    }

    @Test
    void and_so_is_one_that_another_extension_brings() {
        try (TestApplication app = application().with(new TicketMachine()).start(Visitor.class)) {
            publishTwo();
            Visitor visitor = app.get(Visitor.class);
            await().until(() -> visitor.tickets().size() == 4);

            assertThat(visitor.tickets()).containsExactlyInAnyOrder(1, 2, 3, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {OfTheBegin.class, BeforeTheEnd.class, OfTheEnd.class})
    void who_observes_request_contexts_hears_of_one_for_each_detection(Class<? extends Hearer> hearer) {
        AtomicInteger heard;
        try (TestApplication app = application().start(Quarantine.class, hearer)) {
            publishTwo();
            heard = app.get(hearer).heard();
            await().until(() -> heard.get() == 2);
        }
        assertThat(heard).hasValue(2);
    }

    @Test
    void an_extension_that_observes_request_contexts_hears_of_them_too() {
        HearingExtension hearing = new HearingExtension();
        try (TestApplication app = application().with(hearing).start(Quarantine.class)) {
            publishTwo();
            await().until(() -> hearing.heard().get() == 2);
        }
        assertThat(hearing.heard()).hasValue(2);
    }

    @Test
    void who_observes_everything_hears_of_them_too() {
        try (TestApplication app = application().start(Quarantine.class, OfEverything.class)) {
            publishTwo();
            // News of the connection are delivered to it, too.
            await().until(() -> app.get(OfEverything.class).heard().get() >= 2);
        }
    }

    @Test
    void where_no_bean_could_tell_no_request_context_is_made() {
        try (TestApplication app = application().start(Curious.class)) {
            awaitSubscribed();
            fabric.detections().publishRandom();
            await().until(() -> app.get(Curious.class).found().size() == 2);

            assertThat(app.get(Curious.class).found()).containsExactly(false, false);
        }
    }

    private void publishTwo() {
        awaitSubscribed();
        fabric.detections().publishRandom();
        fabric.detections().publishRandom();
    }

    /** Numbers whoever asks, once in each request context. */
    @ApplicationScoped
    static class Tickets {
        private final AtomicInteger last = new AtomicInteger();

        @Produces
        @RequestScoped
        Supplier<Integer> ticket() {
            int number = last.incrementAndGet();
            return () -> number;
        }
    }

    /** As {@link Tickets}, by a bean of no class. */
    static class TicketMachine implements Extension {
        private final Tickets tickets = new Tickets();

        void addTicket(@Observes AfterBeanDiscovery beans) {
            beans.<Supplier<Integer>>addBean()
                    .types(new TypeLiteral<Supplier<Integer>>() {}.getType())
                    .scope(RequestScoped.class)
                    .produceWith(instance -> tickets.ticket());
        }
    }

    @ApplicationScoped
    static class Visitor {
        private final List<Integer> tickets = new CopyOnWriteArrayList<>();

        @Inject
        private Supplier<Integer> ticket;

        void sync(@Observes FileDetection detection) {
            visit();
        }

        void async(@ObservesAsync FileDetection detection) {
            visit();
        }

        private void visit() {
            int first = ticket.get();
            assertThat(ticket.get()).as("within one delivery").isEqualTo(first);
            tickets.add(first);
        }

        List<Integer> tickets() {
            return tickets;
        }
    }

    abstract static class Hearer {
        private final AtomicInteger heard = new AtomicInteger();

        void hear() {
            heard.incrementAndGet();
        }

        AtomicInteger heard() {
            return heard;
        }
    }

    static class HearingExtension extends Hearer implements Extension {
        void ended(@Observes @Destroyed(RequestScoped.class) Object context) {
            hear();
        }
    }

    @ApplicationScoped
    static class OfTheBegin extends Hearer {
        void begins(@Observes @Initialized(RequestScoped.class) Object context) {
            hear();
        }
    }

    @ApplicationScoped
    static class BeforeTheEnd extends Hearer {
        void willEnd(@Observes @BeforeDestroyed(RequestScoped.class) Object context) {
            hear();
        }
    }

    @ApplicationScoped
    static class OfTheEnd extends Hearer {
        void ended(@Observes @Destroyed(RequestScoped.class) Object context) {
            hear();
        }
    }

    @ApplicationScoped
    static class OfEverything extends Hearer {
        void happens(@Observes Object event, EventMetadata about) {
            if (about.getQualifiers().contains(Destroyed.Literal.REQUEST)) {
                hear();
            }
        }
    }

    /** Looks whether there is a request context. */
    @ApplicationScoped
    static class Curious {
        private final List<Boolean> found = new CopyOnWriteArrayList<>();

        @Inject
        private BeanManager container;

        void sync(@Observes FileDetection detection) {
            look();
        }

        void async(@ObservesAsync FileDetection detection) {
            look();
        }

        private void look() {
            try {
                found.add(container.getContext(RequestScoped.class).isActive());
            } catch (ContextNotActiveException e) {
                found.add(false);
            }
        }

        List<Boolean> found() {
            return found;
        }
    }
}
