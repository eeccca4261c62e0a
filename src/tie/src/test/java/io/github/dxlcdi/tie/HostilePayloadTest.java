package io.github.dxlcdi.tie;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.dxlcdi.tie.json.MalformedPayloadException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: a detection or the one exception, and what was read can be written and read again. */
class HostilePayloadTest {
    private static final String UNKNOWN = "{\"größe\":{\"a\":[1,-2.5e3,null,true,\"\\ud83d\"]},";

    private final byte[] payload = (UNKNOWN + Payloads.detection().toString().substring(1)).getBytes(UTF_8);

    @Test
    void each_value_replaced_by_each_type() throws Exception {
        List<JsonNode> values = List.of(
                Payloads.JSON.readTree("null"),
                Payloads.JSON.readTree("true"),
                Payloads.JSON.readTree("-1"),
                Payloads.JSON.readTree("1e3"),
                Payloads.JSON.readTree("123456789012345678901234567890"),
                Payloads.JSON.readTree("\"text\""),
                Payloads.JSON.readTree("[]"),
                Payloads.JSON.readTree("[null,{}]"),
                Payloads.JSON.readTree("{}"),
                Payloads.JSON.readTree("{\"a\":[{}]}"));
        int read = 0;
        for (String key : List.of(
                "agentGuid", "detectionTime", "hashes", "localReputation", "name", "remediationAction", "other")) {
            for (JsonNode value : values) {
                ObjectNode json = Payloads.detection();
                json.set(key, value);
                read += readOrRefuse(json.toString().getBytes(UTF_8));
                if (json.get("hashes").isArray() && json.get("hashes").size() == 3) {
                    ((ObjectNode) json.get("hashes").get(1)).set("type", value);
                    readOrRefuse(json.toString().getBytes(UTF_8));
                    ((ObjectNode) json.get("hashes").get(1)).set("value", value);
                    readOrRefuse(json.toString().getBytes(UTF_8));
                }
            }
        }
        // One text for a text, -1 for three numbers, [] for hashes, text and null for a name, and all for another key.
        assertThat(read).isEqualTo(1 + 3 + 1 + 2 + 10);
    }

    @Test
    void cut_at_every_byte() {
        for (int length = 0; length < payload.length; length++) {
            assertThat(readOrRefuse(Arrays.copyOf(payload, length)))
                    .as("cut at %d", length)
                    .isZero();
        }
        assertThat(readOrRefuse(payload)).isEqualTo(1);
    }

    @Test
    void every_byte_replaced() {
        byte[] replacements = "\0\"\\{}[],:9e- \n\u007f\u0080\u00c3\u00ed\u00ff".getBytes(ISO_8859_1);
        int read = 0;
        for (int at = 0; at < payload.length; at++) {
            for (byte replacement : replacements) {
                byte[] changed = payload.clone();
                changed[at] = replacement;
                read += readOrRefuse(changed);
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void random_bytes_and_random_changes() {
        Random random = new Random(20261124);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            readOrRefuse(noise);
            byte[] changed = payload.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                int from = random.nextInt(changed.length);
                int to = random.nextInt(changed.length);
                System.arraycopy(
                        changed, from, changed, to, Math.min(random.nextInt(16), changed.length - Math.max(from, to)));
            }
            readOrRefuse(changed);
        }
    }

    private static int readOrRefuse(byte[] bytes) {
        FileDetection detection;
        try {
            detection = FileDetection.read(Payloads.event(bytes));
        } catch (MalformedPayloadException e) {
            assertThat(e.path()).startsWith("$");
            return 0;
        }
        assertThat(FileDetection.read(detection.toEvent()).toJson()).isEqualTo(detection.toJson());
        return 1;
    }
}
