package io.github.dxlcdi.client.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.github.dxlcdi.client.wire.WireMessage.ErrorFields;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WireReaderTest {
    private static final String ALL = "io.github.dxlcdi.client.wire.Vector#all";

    /** What {@code tolerant-event-v4-trailing} has beyond the fields of version 3. */
    private static final int UNKNOWN_TAIL = 12;

    @ParameterizedTest
    @MethodSource(ALL)
    void cut_anywhere_it_is_refused_in_words_unless_only_the_unknown_is_cut(Vector vector) throws IOException {
        byte[] whole = vector.bytes();
        int needed = vector.name().equals("tolerant-event-v4-trailing") ? whole.length - UNKNOWN_TAIL : whole.length;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Throwable refusal = catchThrowable(() -> WireReader.read(cut));
            if (length >= needed) {
                assertThat(refusal).as("cut after %s bytes", length).isNull();
            } else if (!(refusal instanceof WireException)
                    || refusal.getMessage().contains("null")) {
                assertThat(refusal).as("cut after %s bytes", length).isInstanceOf(WireException.class);
                assertThat(refusal).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void what_follows_the_last_known_field_is_ignored() throws IOException {
        byte[] whole = Vector.named("event-v3-minimal").bytes();
        byte[] longer = Arrays.copyOf(whole, whole.length + 3);

        assertThat(WireReader.read(longer).messageId())
                .isEqualTo(WireReader.read(whole).messageId());
    }

    @ParameterizedTest
    @CsvSource({
        "payload as raw32 of 2 GiB,     0302a0a0a09090 db7fffffff 00",
        "payload as raw32 of 4 GiB,     0302a0a0a09090 dbffffffff 00",
        "payload as bin32 of 2 GiB,     0302a0a0a09090 c67fffffff 00",
        "payload as raw16 of 64 KiB,    0302a0a0a09090 daffff 00",
        "message id as str8 of 255,     0302 d9ff 00",
        "broker ids as array32 of 2 Gi, 0302a0a0a0 dd7fffffff a0",
        "broker ids as array32 of 4 Gi, 0302a0a0a0 ddffffffff a0",
        "other fields as array16,       0302a0a0a09090a0 dcffff a0",
        "one id too few,                0302a0a0a0 92a0"
    })
    void a_length_beyond_the_end_is_refused_without_allocating_it(String what, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The first of all refusals loads classes, and that allocates as well.
        catchThrowable(() -> WireReader.read(bytes));

        long before = memory.getCurrentThreadAllocatedBytes();
        Throwable refusal = catchThrowable(() -> WireReader.read(bytes));
        long allocated = memory.getCurrentThreadAllocatedBytes() - before;

        assertThat(refusal).as(what).isInstanceOf(WireException.class);
        assertThat(allocated).as("bytes allocated for %s", what).isLessThan(1024 * 1024);
    }

    @Test
    void a_length_beyond_the_end_is_told_with_its_field_and_its_place() {
        byte[] bytes = HexFormat.of().parseHex("0302a0a0a09090da010061");

        assertThatThrownBy(() -> WireReader.read(bytes))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("'payload'")
                .hasMessageContaining("at byte 10 of 11")
                .hasMessageContaining("announces a length of 256, but only 1 bytes are left");
    }

    @Test
    void a_length_that_no_array_can_have_is_told_as_such() {
        byte[] bytes = HexFormat.of().parseHex("0302dbffffffff00");

        assertThatThrownBy(() -> WireReader.read(bytes))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("'message id'")
                .hasMessageEndingWith("announces a length of 4294967295, more than any message has");
    }

    @ParameterizedTest
    @CsvSource({
        "4-byte garbage in place of a version, ffffffff, version",
        "a text as version, a1330202, version",
        "a negative version, ff02, version",
        "a text as message type, 03a13202, message type",
        "an unknown message type, 0304a0a0a09090a0, message type",
        "a number as message id, 030201a0a09090a0, message id",
        "a map as broker ids, 0302a0a0a08090a0, broker ids",
        "a number among client ids, 0302a0a0a0909101a0, client ids",
        "an ext as payload, 0302a0a0a09090d40000, payload",
        "an error code of 64 bits, 0303a0a0a09090a0a0a0cfffffffffffffffffa0, error code"
    })
    void what_is_no_message_is_refused_with_the_name_of_the_field(String what, String hex, String field) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> WireReader.read(bytes))
                .as(what)
                .isInstanceOf(WireException.class)
                .hasMessageContaining("'" + field + "'");
    }

    @Test
    void no_bytes_are_no_message() {
        assertThatThrownBy(() -> WireReader.read(new byte[0]))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("'version' at byte 0 of 0");
    }

    @Test
    void nil_reads_as_empty() throws IOException {
        WireMessage read = WireReader.read(HexFormat.of().parseHex("0302c0c0c0c0c0c0c0c0c0c0"));

        assertThat(List.of(
                        read.messageId(),
                        read.sourceClientId(),
                        read.sourceBrokerId(),
                        read.sourceTenantGuid(),
                        read.sourceClientInstanceId()))
                .containsOnly("");
        assertThat(List.of(read.brokerIds(), read.clientIds(), read.otherFields(), read.destTenantGuids()))
                .containsOnly(List.of());
        assertThat(read.payload()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"d280000001", "ce80000001", "d3ffffffff80000001", "cf0000000080000001"})
    void an_error_code_of_the_fabric_is_the_same_in_every_form(String code) throws IOException {
        WireMessage read = WireReader.read(HexFormat.of().parseHex("0003a0a0a09090a0a0a0" + code + "a0"));

        assertThat(((ErrorFields) read.typeFields()).errorCode()).isEqualTo(0x80000001);
    }

    @Test
    void other_fields_are_read_and_written_as_utf_8() throws IOException {
        List<String> fields = List.of("Größe", "大きい", "emoji", "\uD83D\uDE00");
        byte[] bytes = WireWriter.write(withOtherFields(fields));

        assertThat(new String(bytes, UTF_8)).contains("Größe", "大きい", "\uD83D\uDE00");
        assertThat(WireReader.read(bytes).otherFields()).isEqualTo(fields);
    }

    @Test
    void random_bytes_never_cause_another_exception() {
        Random random = new Random(20_261_124);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 2) {
                bytes[0] = (byte) random.nextInt(5);
                bytes[1] = (byte) random.nextInt(4);
            }
            Throwable refusal = catchThrowable(() -> WireReader.read(bytes));
            assertThat(refusal == null || refusal instanceof WireException)
                    .as("%s for %s", refusal, HexFormat.of().formatHex(bytes))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void one_byte_changed_anywhere_never_causes_another_exception(Vector vector) {
        byte[] bytes = vector.bytes().clone();
        for (int at = 0; at < Math.min(bytes.length, 400); at++) {
            byte before = bytes[at];
            for (int value : new int[] {0x00, 0x7f, 0xc0, 0xc1, 0xc6, 0xcf, 0xdb, 0xdd, 0xdf, 0xff}) {
                bytes[at] = (byte) value;
                Throwable refusal = catchThrowable(() -> WireReader.read(bytes));
                if (refusal != null && !(refusal instanceof WireException)) {
                    assertThat(refusal).as("byte %s is %x", at, value).isInstanceOf(WireException.class);
                }
            }
            bytes[at] = before;
        }
    }

    private static WireMessage withOtherFields(List<String> fields) {
        return new WireMessage(
                3,
                "id",
                "",
                "",
                List.of(),
                List.of(),
                new byte[0],
                new WireMessage.EventFields(),
                fields,
                "",
                List.of(),
                "");
    }
}
