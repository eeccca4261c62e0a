package io.github.dxlcdi.liberty;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Server-sent events as they come. */
public final class EventStream implements AutoCloseable {
    /** @param name empty if it has none */
    record Event(String name, String data) {}

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final InputStream body;

    EventStream(InputStream body) {
        this.body = body;
        Thread reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits until there are that many events of the name, and gives the data of all of them. */
    public List<String> data(String name, int count) {
        await(count + " events '" + name + "'")
                .atMost(Duration.ofSeconds(10))
                .until(() -> data(name).size() >= count);
        return data(name);
    }

    /** Leaves, as a page that is closed. */
    @Override
    public void close() throws IOException {
        body.close();
    }

    private List<String> data(String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(Event::data)
                .toList();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(name, line.substring("data: ".length())));
                } else if (line.isEmpty()) {
                    name = "";
                }
            }
        } catch (IOException closed) {
            // That is how it ends.
        }
    }
}
