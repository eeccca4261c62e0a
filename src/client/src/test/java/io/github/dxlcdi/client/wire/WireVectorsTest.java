package io.github.dxlcdi.client.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.dxlcdi.client.wire.WireMessage.ErrorFields;
import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireMessage.ResponseFields;
import io.github.dxlcdi.client.wire.WireMessage.TypeFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireVectorsTest {
    private static final String ALL = "io.github.dxlcdi.client.wire.Vector#all";
    private static final String CANONICAL = "io.github.dxlcdi.client.wire.Vector#canonical";

    @Test
    void no_vector_is_missing() throws IOException {
        assertThat(Vector.all()).hasSize(35);
        assertThat(Vector.canonical()).hasSize(30);
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void every_field_reads_as_the_sidecar_says(Vector vector) throws IOException {
        WireMessage read = WireReader.read(vector.bytes());

        JsonNode said = vector.message();
        assertThat(read.version()).isEqualTo(said.get("version").asInt());
        assertThat(read.typeFields()).isEqualTo(typeFields(said));
        assertThat(read.messageId()).isEqualTo(text(said, "messageId"));
        assertThat(read.sourceClientId()).isEqualTo(text(said, "sourceClientId"));
        assertThat(read.sourceBrokerId()).isEqualTo(text(said, "sourceBrokerId"));
        assertThat(read.brokerIds()).isEqualTo(texts(said.path("brokerIds")));
        assertThat(read.clientIds()).isEqualTo(texts(said.path("clientIds")));
        assertThat(read.payload()).isEqualTo(said.get("payloadBase64").binaryValue());
        assertThat(read.otherFields()).isEqualTo(otherFields(vector));
        assertThat(read.sourceTenantGuid()).isEqualTo(text(said, "sourceTenantGuid"));
        assertThat(read.destTenantGuids()).isEqualTo(texts(said.path("destTenantGuids")));
        assertThat(read.sourceClientInstanceId()).isEqualTo(text(said, "sourceClientInstanceId"));
    }

    @ParameterizedTest
    @MethodSource(CANONICAL)
    void a_canonical_one_is_written_back_byte_for_byte_in_its_own_version(Vector vector) throws IOException {
        assertThat(WireWriter.write(WireReader.read(vector.bytes()))).isEqualTo(vector.bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"real-java-published", "real-java-arrived", "real-node-published", "real-node-arrived"})
    void what_was_captured_on_a_real_fabric_reads_as_a_detection(String name) throws IOException {
        WireMessage read = WireReader.read(Vector.captured(name));

        boolean throughBroker = name.endsWith("arrived");
        assertThat(read.version()).isEqualTo(name.equals("real-node-published") ? 2 : 3);
        assertThat(read.typeFields()).isEqualTo(new EventFields());
        assertThat(new String(read.payload(), UTF_8))
                .startsWith("{\"agentGuid\":\"{68125cd6-a5d8-11e6-348e-000c29663178}\"")
                .contains("\"name\":\"TEST_MALWARE_");
        assertThat(read.sourceBrokerId().isEmpty()).isEqualTo(!throughBroker);
        if (throughBroker) {
            assertThat(read.sourceClientId()).matches("[0-9a-f]{40}");
            assertThat(read.sourceClientInstanceId()).startsWith(read.sourceClientId() + ":");
            assertThat(read.otherFields()).first().isEqualTo("dxl.certs");
        }
    }

    @Test
    void what_a_broker_passed_on_is_written_back_byte_for_byte() throws IOException {
        for (String name : List.of("real-java-arrived", "real-node-arrived")) {
            byte[] bytes = Vector.captured(name);
            assertThat(WireWriter.write(WireReader.read(bytes))).as(name).isEqualTo(bytes);
        }
    }

    private static TypeFields typeFields(JsonNode said) {
        return switch (said.get("messageType").asInt()) {
            case 0 -> new RequestFields(text(said, "replyToTopic"), text(said, "serviceId"));
            case 1 -> new ResponseFields(text(said, "requestMessageId"), text(said, "serviceId"));
            case 2 -> new EventFields();
            default ->
                new ErrorFields(
                        text(said, "requestMessageId"),
                        text(said, "serviceId"),
                        (int) said.get("errorCode").asLong(),
                        text(said, "errorMessage"));
        };
    }

    private static List<String> otherFields(Vector vector) {
        if (vector.sidecar().has("rawOtherFields")) {
            return texts(vector.sidecar().get("rawOtherFields"));
        }
        List<String> flat = new ArrayList<>();
        vector.message().path("otherFields").forEach(pair -> flat.addAll(texts(pair)));
        return flat;
    }

    private static String text(JsonNode said, String field) {
        return said.path(field).asText("");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
