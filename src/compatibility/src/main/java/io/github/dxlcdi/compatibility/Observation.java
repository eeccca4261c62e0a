package io.github.dxlcdi.compatibility;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A detection as one observer has seen it.
 *
 * @param way which observer
 * @param detection its name
 * @param found what the server offered to the observer meanwhile
 */
record Observation(String way, String detection, Map<String, Object> found) {
    /** As a line of the answer: {@code sync name key=value …}. */
    @Override
    public String toString() {
        return found.entrySet().stream()
                .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining("", way + " " + detection, ""));
    }
}
