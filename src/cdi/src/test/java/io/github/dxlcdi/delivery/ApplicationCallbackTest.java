package io.github.dxlcdi.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.DxlClient;
import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Request;
import io.github.dxlcdi.UndeliverableMessage;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.TestApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Callbacks that the application adds to the injected client. */
class ApplicationCallbackTest extends FabricTest {
    private static final String TOPIC = "/application/topic";

    @Test
    void callback_has_a_request_context_and_the_class_loader_of_the_application() throws DxlException {
        try (TestApplication app = application().start(Notes.class, Ticket.class)) {
            DxlClient client = connected(app);
            Notes notes = app.get(Notes.class);
            client.addEventCallback(TOPIC, event -> notes.take());

            client.sendEvent(new Event(TOPIC));
            client.sendEvent(new Event(TOPIC));

            await().until(() -> notes.tickets().size() == 2);
            assertThat(notes.tickets()).doesNotHaveDuplicates();
            assertThat(notes.loaders()).containsOnly(app.classLoader());
        }
    }

    @Test
    void callback_that_throws_makes_the_event_undeliverable_and_others_get_it() throws DxlException {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(Notes.class)) {
            DxlClient client = connected(app);
            Notes notes = app.get(Notes.class);
            client.addEventCallback(TOPIC, new Failing());
            List<String> others = new CopyOnWriteArrayList<>();
            client.addEventCallback(TOPIC, event -> others.add(event.getMessageId()));
            Event event = new Event(TOPIC);
            event.setPayload(new byte[] {4, 5, 6});

            client.sendEvent(event);

            await().until(() -> others.size() == 1 && notes.letters().size() == 1);
            UndeliverableMessage letter = notes.letters().get(0);
            assertThat(letter.topic()).isEqualTo(TOPIC);
            assertThat(letter.bytes()).containsExactly(4, 5, 6);
            assertThat(letter.cause()).hasMessage("callback");
            assertThat(letter.observer()).contains(Failing.class.getName());
            assertThat(letter.event().orElseThrow().getMessageId()).isEqualTo(event.getMessageId());
            assertThat(log.with("DXL1206")).hasSize(1).first().asString().contains(Failing.class.getName(), TOPIC);
            assertThat(log.with("DXL0301")).isEmpty();
        }
    }

    @Test
    void response_callback_that_throws_makes_the_response_undeliverable() throws DxlException {
        try (TestApplication app = application().start(Notes.class)) {
            DxlClient client = connected(app);

            client.asyncRequest(new Request("/no/such/service"), response -> {
                throw new IllegalStateException("response");
            });

            await().until(() -> app.get(Notes.class).letters().size() == 1);
            assertThat(app.get(Notes.class).letters().get(0).cause()).hasMessage("response");
            assertThat(app.get(Notes.class).letters().get(0).event()).isEmpty();
        }
    }

    @Test
    void callback_that_does_not_return_is_told_by_health() throws DxlException {
        CountDownLatch gate = new CountDownLatch(1);
        try (TestApplication app = application().start(Notes.class)) {
            DxlClient client = connected(app);
            client.addEventCallback(TOPIC, event -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            client.sendEvent(new Event(TOPIC));

            await().until(() -> app.readiness().getData().orElseThrow().containsKey("oldestDeliveryObserver"));
            assertThat(app.readiness()
                            .getData()
                            .orElseThrow()
                            .get("oldestDeliveryObserver")
                            .toString())
                    .contains(ApplicationCallbackTest.class.getSimpleName());
        } finally {
            gate.countDown();
        }
    }

    private static DxlClient connected(TestApplication app) {
        DxlClient client = app.get(Notes.class).client();
        await().until(client::isConnected);
        return client;
    }

    private static final class Failing implements EventCallback {
        @Override
        public void onEvent(Event event) {
            throw new IllegalStateException("callback");
        }
    }

    @RequestScoped
    static class Ticket {
        private final String number = UUID.randomUUID().toString();

        String number() {
            return number;
        }
    }

    @ApplicationScoped
    static class Notes {
        private final List<String> tickets = new CopyOnWriteArrayList<>();
        private final List<ClassLoader> loaders = new CopyOnWriteArrayList<>();
        private final List<UndeliverableMessage> letters = new CopyOnWriteArrayList<>();

        @Inject
        private DxlClient client;

        @Inject
        private Instance<Ticket> ticket;

        void onLetter(@Observes UndeliverableMessage letter) {
            letters.add(letter);
        }

        void take() {
            loaders.add(Thread.currentThread().getContextClassLoader());
            tickets.add(ticket.get().number());
        }

        DxlClient client() {
            return client;
        }

        List<String> tickets() {
            return tickets;
        }

        List<ClassLoader> loaders() {
            return loaders;
        }

        List<UndeliverableMessage> letters() {
            return letters;
        }
    }
}
