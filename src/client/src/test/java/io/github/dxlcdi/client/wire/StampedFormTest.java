package io.github.dxlcdi.client.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a DXL broker has stamped, and what it only handed on. */
class StampedFormTest {
    private static final String CLIENT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b";
    private static final String BROKER = "5a6b7c8d-1111-4222-8333-444455556666";
    private static final String UUID = "5d3f0c7e-8a41-4c52-9f0b-1b2d3e4f5a6b";
    private static final List<String> TEXTS =
            List.of("{id}", CLIENT, BROKER, "b", "c", "payload", "n", "v", "t", "d", CLIENT + ":" + UUID);

    /** How msgpack writes a text of less than 256 bytes. */
    enum Form {
        OLD_RAW,
        STR8,
        BIN8,
        NIL
    }

    record OneOdd(int text, Form form) {}

    static Stream<OneOdd> oneOdd() {
        return Stream.of(Form.STR8, Form.BIN8, Form.NIL)
                .flatMap(form -> Stream.iterate(0, text -> text < TEXTS.size(), text -> text + 1)
                        .map(text -> new OneOdd(text, form)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"real-java-arrived", "real-node-arrived"})
    void what_arrived_through_a_real_broker_is_stamped(String name) throws Exception {
        assertThat(WireReader.outline(Vector.captured(name)).isStamped()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"real-java-published", "real-node-published"})
    void what_a_client_published_is_not_stamped(String name) throws Exception {
        assertThat(WireReader.outline(Vector.captured(name)).isStamped()).isFalse();
    }

    @Test
    void old_raw_in_all_fields_is_stamped() throws Exception {
        WireOutline outline = WireReader.outline(event(-1, Form.OLD_RAW));

        assertThat(outline.isStamped()).isTrue();
        assertThat(outline.hasBinOrNil()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("oneOdd")
    void another_form_in_any_field_is_not_stamped(OneOdd odd) throws Exception {
        WireOutline outline = WireReader.outline(event(odd.text, odd.form));

        assertThat(outline.isStamped()).isFalse();
        assertThat(outline.hasBinOrNil()).isEqualTo(odd.form != Form.STR8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void nil_for_any_list_is_not_stamped(int list) throws Exception {
        byte[] bytes = written(3, CLIENT, BROKER, CLIENT + ":" + UUID);
        int at = -1;
        for (int i = 0; i <= list; i++) {
            at = indexOf(bytes, (byte) 0x90, at + 1);
        }
        bytes[at] = (byte) 0xc0;

        assertThat(WireReader.outline(bytes).isStamped()).isFalse();
        assertThat(WireReader.outline(bytes).hasBinOrNil()).isTrue();
    }

    @Test
    void bytes_behind_the_last_field_are_not_stamped() throws Exception {
        byte[] bytes = written(3, CLIENT, BROKER, CLIENT + ":" + UUID);

        assertThat(WireReader.outline(bytes).isStamped()).isTrue();
        assertThat(WireReader.outline(Arrays.copyOf(bytes, bytes.length + 1)).isStamped())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2, " + CLIENT + ", " + BROKER + ", " + CLIENT + ":" + UUID,
        "4, " + CLIENT + ", " + BROKER + ", " + CLIENT + ":" + UUID,
        "3, " + CLIENT + ", '', " + CLIENT + ":" + UUID,
        "3, '', " + BROKER + ", " + CLIENT + ":" + UUID,
        "3, 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B, " + BROKER + ", 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B:" + UUID,
        "3, 9f86, " + BROKER + ", 9f86:" + UUID,
        "3, " + CLIENT + ", " + BROKER + ", ''",
        "3, " + CLIENT + ", " + BROKER + ", " + CLIENT,
        "3, " + CLIENT + ", " + BROKER + ", " + CLIENT + ":me",
        "3, " + CLIENT + ", " + BROKER + ", 1111d081884c7d659a2feaa0c55ad015a3bf4f1b:" + UUID,
        "3, {" + UUID + "}, " + BROKER + ", ''",
        "3, '', '', ''"
    })
    void other_ids_or_another_version_are_not_stamped(int version, String client, String broker, String instance)
            throws Exception {
        assertThat(WireReader.outline(written(version, client, broker, instance))
                        .isStamped())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({BROKER + ", true", "'', true", UUID + ", false"})
    void a_brokers_own_message_has_its_id_as_the_senders(String instance, boolean stamped) throws Exception {
        assertThat(WireReader.outline(written(3, BROKER, BROKER, instance)).isStamped())
                .isEqualTo(stamped);
    }

    private static byte[] event(int oddText, Form form) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {3, 2});
        for (int text = 0; text < TEXTS.size(); text++) {
            switch (text) {
                case 3, 4, 9 -> bytes.write(0x91);
                case 6 -> bytes.write(0x92);
                default -> {}
            }
            write(bytes, TEXTS.get(text).getBytes(UTF_8), text == oddText ? form : Form.OLD_RAW);
        }
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, byte[] text, Form form) {
        switch (form) {
            case OLD_RAW ->
                bytes.writeBytes(
                        text.length < 32
                                ? new byte[] {(byte) (0xa0 | text.length)}
                                : new byte[] {(byte) 0xda, 0, (byte) text.length});
            case STR8 -> bytes.writeBytes(new byte[] {(byte) 0xd9, (byte) text.length});
            case BIN8 -> bytes.writeBytes(new byte[] {(byte) 0xc4, (byte) text.length});
            case NIL -> bytes.write(0xc0);
        }
        bytes.writeBytes(form == Form.NIL ? new byte[0] : text);
    }

    private static byte[] written(int version, String client, String broker, String instance) {
        return WireWriter.write(new WireMessage(
                version,
                "{id}",
                client,
                broker,
                List.of(),
                List.of(),
                "payload".getBytes(UTF_8),
                new EventFields(),
                List.of(),
                "",
                List.of(),
                instance));
    }

    private static int indexOf(byte[] bytes, byte wanted, int from) {
        int at = from;
        while (bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
