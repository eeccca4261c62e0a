package io.github.dxlcdi.client.dispatch;

import java.util.function.Consumer;

/** The {@code #} wildcards that a topic falls under, as the OpenDXL Java client knows them. */
public final class TopicWildcards {
    private static final String WILDCARD = "#";

    private TopicWildcards() {}

    /**
     * Gives the wildcards of {@code topic} from the nearest outwards: for {@code /foo/bar} these are {@code /foo/#}, {@code
     * /#} and {@code #}; for a topic that ends in {@code #} none.
     */
    public static void forEach(String topic, Consumer<String> action) {
        if (topic.endsWith(WILDCARD)) {
            return;
        }
        for (int slash = topic.lastIndexOf('/'); slash >= 0; slash = topic.lastIndexOf('/', slash - 1)) {
            action.accept(topic.substring(0, slash + 1) + WILDCARD);
        }
        action.accept(WILDCARD);
    }
}
