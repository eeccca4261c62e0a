package io.github.dxlcdi.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A message on the wire and, in its sidecar, what it says. The bytes were made by two independent encoders.
 *
 * @param name name of its files
 * @param bytes the body of a PUBLISH packet
 * @param sidecar the JSON beside it
 */
public record Vector(String name, byte[] bytes, JsonNode sidecar) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("src/test/resources/vectors");
    private static final String HEX = ".hex";

    public static Stream<Vector> all() throws IOException {
        List<Vector> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(HEX))
                    .sorted()
                    .forEach(file -> all.add(named(file.substring(0, file.length() - HEX.length()))));
        }
        return all.stream();
    }

    /** Those that a writer has to write byte for byte. */
    static Stream<Vector> canonical() throws IOException {
        return all().filter(
                        vector -> vector.sidecar().get("canonicalWriterForm").asBoolean() && !vector.isTolerant());
    }

    public static Vector named(String name) {
        try {
            return new Vector(
                    name,
                    hex(FOLDER.resolve(name + HEX)),
                    JSON.readTree(Files.readString(FOLDER.resolve(name + ".json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that were captured on a real fabric. */
    static byte[] captured(String name) throws IOException {
        return hex(FOLDER.resolve("captured").resolve(name + HEX));
    }

    public JsonNode message() {
        return sidecar.get("message");
    }

    boolean isTolerant() {
        return name.startsWith("tolerant-");
    }

    @Override
    public String toString() {
        return name;
    }

    private static byte[] hex(Path file) throws IOException {
        return HexFormat.of().parseHex(Files.readString(file).strip());
    }
}
