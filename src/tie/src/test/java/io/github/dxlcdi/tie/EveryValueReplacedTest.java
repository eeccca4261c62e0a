package io.github.dxlcdi.tie;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.dxlcdi.tie.json.MalformedPayloadException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each vector of TIE, changed at each of its values in turn. What comes of it is a record that lacks nothing of the
 * payload, or the one exception, with the path of a value that is there or that ought to be. Payloads of other messages
 * than detections are read too: they come to a reader when somebody publishes them to its topic.
 */
class EveryValueReplacedTest {
    private static final String VECTORS = "io.github.dxlcdi.tie.Payloads#vectors";
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String HERE = "@here@";

    /** One of each JSON type, and of each kind that a type has. */
    private static final List<JsonNode> TYPES = List.of(
            MAKE.nullNode(),
            MAKE.booleanNode(true),
            MAKE.numberNode(7),
            MAKE.numberNode(-3_000_000_000L),
            MAKE.numberNode(2.5),
            MAKE.textNode(""),
            MAKE.textNode("7"),
            MAKE.arrayNode(),
            MAKE.arrayNode().addNull().add(MAKE.objectNode()),
            MAKE.objectNode(),
            MAKE.objectNode().putNull("a"));

    @ParameterizedTest
    @MethodSource(VECTORS)
    void each_value_replaced_by_each_type(String vector) {
        for (JsonNode type : TYPES) {
            eachPlace(vector, (place, whole) -> {
                readOrRefuse(place, place.with(type).toString());
                ObjectNode withAnother = whole.deepCopy().set("größe", type);
                readOrRefuse(place, withAnother.toString());
                if (vector.startsWith("event-file-detection")) {
                    assertThat(refusal(withAnother.toString().getBytes(UTF_8))).isNull();
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource(VECTORS)
    void each_key_missing(String vector) {
        eachPlace(vector, (place, whole) -> readOrRefuse(place, place.without().toString()));
    }

    @ParameterizedTest
    @MethodSource(VECTORS)
    void each_key_twice_is_refused_with_its_path(String vector) {
        eachPlace(vector, (place, whole) -> {
            if (place.key() != null) {
                String once = "\"" + HERE + "\":" + TextNode.valueOf(HERE);
                String key = "\"" + place.key() + "\":" + place.value();
                String twice = place.renamed(HERE, TextNode.valueOf(HERE)).replace(once, key + "," + key);
                assertThat(refusal(twice.getBytes(UTF_8))).as(twice).isNotNull().satisfies(place::assertToldBy);
            }
        });
    }

    @ParameterizedTest
    @MethodSource(VECTORS)
    void each_value_nested_deeply(String vector) {
        for (int depth : new int[] {10, 60, 65, 1_000, 100_000}) {
            String arrays = "[".repeat(depth) + "]".repeat(depth);
            String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            eachPlace(vector, (place, whole) -> {
                readOrRefuse(place, place.withText(arrays));
                readOrRefuse(place, place.withText(objects));
            });
        }
    }

    @ParameterizedTest
    @MethodSource(VECTORS)
    void each_value_a_text_of_a_mebibyte(String vector) {
        JsonNode mebibyte = TextNode.valueOf("A".repeat(MEBIBYTE));
        eachPlace(vector, (place, whole) -> {
            readOrRefuse(place, place.with(mebibyte).toString());
            if ("name".equals(place.key()) && vector.equals("event-file-detection")) {
                assertThat(refusal(place.with(mebibyte).toString().getBytes(UTF_8)))
                        .isNull();
            }
            if (place.key() != null) {
                assertThat(refusal(place.renamed("k".repeat(MEBIBYTE), place.value())
                                .getBytes(UTF_8)))
                        .isNotNull();
            }
        });
    }

    @ParameterizedTest
    @MethodSource(VECTORS)
    void each_value_a_text_that_is_no_utf_8_is_refused(String vector) {
        // A lone continuation, an overlong slash, half a surrogate pair, beyond Unicode, a character that is cut off.
        for (String bad : List.of(
                "\u0080", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080", "\u00e2\u0082", "\u00ff")) {
            eachPlace(vector, (place, whole) -> {
                byte[] payload = place.withText("\"a" + bad + "b\"").getBytes(ISO_8859_1);
                assertThat(refusal(payload))
                        .isNotNull()
                        .satisfies(e -> assertThat(e.expected()).isEqualTo("UTF-8"));
            });
        }
    }

    /** A record that has everything of the payload, or the one exception; anything else fails the test by itself. */
    private static void readOrRefuse(Place changed, String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        MalformedPayloadException refusal = refusal(bytes);
        if (refusal != null) {
            changed.assertToldBy(refusal);
        } else {
            JsonNode kept = json(FileDetection.read(Payloads.event(bytes)).toPayload());
            ObjectNode sent = (ObjectNode) json(bytes);
            if (sent.path("name").isNull()) {
                sent.remove("name");
            }
            assertThat(kept).isEqualTo(sent);
        }
    }

    private static MalformedPayloadException refusal(byte[] payload) {
        try {
            FileDetection.read(Payloads.event(payload));
            return null;
        } catch (MalformedPayloadException e) {
            assertThat(e.path()).startsWith("$");
            assertThat(e)
                    .hasMessageStartingWith(
                            e.path().substring(0, Math.min(100, e.path().length())));
            assertThat(e.getMessage()).hasSizeLessThan(700).hasLineCount(1);
            return e;
        }
    }

    private static JsonNode json(byte[] payload) {
        try {
            return Payloads.JSON.readTree(payload);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private interface Change {
        void at(Place place, ObjectNode whole);
    }

    /** Calls {@code change} with each value of the vector, however deep. */
    private static void eachPlace(String vector, Change change) {
        ObjectNode whole = (ObjectNode) Payloads.vector(vector).get("wire");
        List<List<Object>> paths = new ArrayList<>();
        collect(whole, List.of(), paths);
        assertThat(paths).isNotEmpty();
        paths.forEach(path -> change.at(new Place(whole, path), whole));
    }

    private static void collect(JsonNode node, List<Object> path, List<List<Object>> paths) {
        if (!path.isEmpty()) {
            paths.add(path);
        }
        node.properties().forEach(field -> collect(field.getValue(), append(path, field.getKey()), paths));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), append(path, i), paths);
        }
    }

    private static List<Object> append(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /** A value in a payload, by the keys and indices that lead to it. */
    private record Place(ObjectNode whole, List<Object> path) {
        /** The key before it; null for an element of an array. */
        String key() {
            return path.get(path.size() - 1) instanceof String key ? key : null;
        }

        /** As an exception writes it. */
        String jsonPath() {
            StringBuilder text = new StringBuilder("$");
            for (Object step : path) {
                if (step instanceof Integer index) {
                    text.append('[').append(index).append(']');
                } else {
                    text.append(PLAIN_KEY.matcher((String) step).matches() ? "." + step : "['" + step + "']");
                }
            }
            return text.toString();
        }

        /** That it names this place, or one inside it; or the one that is wrong without any change. */
        void assertToldBy(MalformedPayloadException e) {
            MalformedPayloadException unchanged = refusal(whole.toString().getBytes(UTF_8));
            String here = jsonPath();
            assertThat(e.path())
                    .as("%s", e.getMessage())
                    .satisfiesAnyOf(
                            told -> assertThat(told).isEqualTo(here),
                            told -> assertThat(told).startsWith(here + "["),
                            told -> assertThat(told).startsWith(here + "."),
                            told -> assertThat(told).isEqualTo(unchanged == null ? here : unchanged.path()));
        }

        JsonNode value() {
            JsonNode at = whole;
            for (Object step : path) {
                at = step instanceof String key ? at.get(key) : at.get((Integer) step);
            }
            return at;
        }

        JsonNode with(JsonNode value) {
            return changed(parent -> parent instanceof ObjectNode object
                    ? object.set(key(), value)
                    : ((ArrayNode) parent).set((Integer) path.get(path.size() - 1), value));
        }

        JsonNode without() {
            return changed(parent -> parent instanceof ObjectNode object
                    ? object.remove(key())
                    : ((ArrayNode) parent).remove((Integer) path.get(path.size() - 1)));
        }

        /** With raw text in place of the value, be it JSON or not. */
        String withText(String raw) {
            return with(TextNode.valueOf(HERE)).toString().replace("\"" + HERE + "\"", raw);
        }

        String renamed(String otherKey, JsonNode value) {
            return changed(parent -> {
                        ((ObjectNode) parent).remove(key());
                        return ((ObjectNode) parent).set(otherKey, value);
                    })
                    .toString();
        }

        private JsonNode changed(Function<JsonNode, ?> change) {
            ObjectNode copy = whole.deepCopy();
            JsonNode parent = copy;
            for (Object step : path.subList(0, path.size() - 1)) {
                parent = step instanceof String key ? parent.get(key) : parent.get((Integer) step);
            }
            change.apply(parent);
            return copy;
        }
    }
}
