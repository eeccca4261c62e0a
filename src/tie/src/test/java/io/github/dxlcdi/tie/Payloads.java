package io.github.dxlcdi.tie;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.opendxl.client.message.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Payloads of detections to start from, and events that carry them. */
final class Payloads {
    static final ObjectMapper JSON = new ObjectMapper();

    private Payloads() {}

    /** A test vector: {@code wire} is the payload, {@code transformed} its form for users. */
    static ObjectNode vector(String name) {
        try (InputStream in = Payloads.class.getResourceAsStream("/tie/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    /** Names of all test vectors, those of other messages of TIE included. */
    static Stream<String> vectors() throws Exception {
        List<String> names = new ArrayList<>();
        Path folder = Path.of(Payloads.class.getResource("/tie").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .forEach(file -> names.add(file.substring(0, file.length() - ".json".length())));
        }
        return names.stream().sorted();
    }

    /** A detection with all keys, as a tree that a test may change. */
    static ObjectNode detection() {
        return (ObjectNode) vector("event-file-detection").get("wire");
    }

    static Event event(Object json) {
        return event(json.toString().getBytes(UTF_8));
    }

    static Event event(byte[] payload) {
        Event event = new Event(FileDetection.TOPIC);
        event.setPayload(payload);
        return event;
    }

    static FileDetection read(Object json) {
        return FileDetection.read(event(json));
    }
}
