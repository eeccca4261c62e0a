package io.github.dxlcdi.fabric.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireMessage.ResponseFields;
import io.github.dxlcdi.client.wire.WireMessage.TypeFields;
import io.github.dxlcdi.client.wire.WireReader;
import io.github.dxlcdi.client.wire.WireWriter;
import io.github.dxlcdi.fabric.Vectors;
import io.github.dxlcdi.fabric.broker.Stamp.Stamped;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {
    private static final String BROKER_ID = "5a6b7c8d-1111-4222-8333-444455556666";
    private static final Sender SENDER = new Sender("0123", "0123:uuid", "root;0123");

    /** That {@link #event} has. */
    private static final int TEXTS = 11;

    private final Stamp stamp = new Stamp(BROKER_ID);

    private static WireMessage message(TypeFields type, List<String> clientIds, List<String> otherFields) {
        return new WireMessage(
                2,
                "{id}",
                "{says who}",
                "says where",
                List.of("some broker"),
                clientIds,
                "payload".getBytes(UTF_8),
                type,
                otherFields,
                "says tenant",
                List.of("tenant"),
                "");
    }

    private WireMessage stamped(WireMessage message) throws IOException {
        return WireReader.read(stamp.apply(WireWriter.write(message), SENDER).body());
    }

    @Test
    void who_sent_it_is_written_by_the_certificate_and_not_by_the_senders_word() throws Exception {
        WireMessage stamped = stamped(message(new EventFields(), List.of(), List.of("a", "b")));

        assertThat(stamped)
                .usingRecursiveComparison()
                .isEqualTo(new WireMessage(
                        3,
                        "{id}",
                        "0123",
                        BROKER_ID,
                        List.of("some broker"),
                        List.of(),
                        "payload".getBytes(UTF_8),
                        new EventFields(),
                        List.of("a", "b", "dxl.certs", "root;0123"),
                        "",
                        List.of("tenant"),
                        "0123:uuid"));
    }

    @Test
    void certificates_that_the_sender_claims_itself_are_left() throws Exception {
        WireMessage stamped = stamped(message(new EventFields(), List.of(), List.of("dxl.certs", "forged")));

        assertThat(stamped.otherFields()).containsExactly("dxl.certs", "forged");
    }

    @Test
    void a_value_that_is_called_like_the_certificates_field_does_not_pass_for_it() throws Exception {
        WireMessage stamped = stamped(message(new EventFields(), List.of(), List.of("a", "dxl.certs")));

        assertThat(stamped.otherFields()).containsExactly("a", "dxl.certs", "dxl.certs", "root;0123");
    }

    @Test
    void the_client_ids_of_an_event_become_its_receivers() throws Exception {
        Stamped stamped =
                stamp.apply(WireWriter.write(message(new EventFields(), List.of("x", "y"), List.of())), SENDER);

        assertThat(stamped.clientIds()).containsExactlyInAnyOrder("x", "y");
        assertThat(WireReader.read(stamped.body()).clientIds()).isEmpty();
    }

    @Test
    void client_ids_with_one_hash_code_take_little_longer_than_others() {
        double alike = nanosToAddress(StampTest::colliding);
        double others = nanosToAddress(number -> "client " + number);

        // Searched one by one they take some hundred times as long.
        assertThat(alike / others).isLessThan(40);
    }

    private double nanosToAddress(IntFunction<String> clientId) {
        List<String> clientIds = IntStream.range(0, 30_000).mapToObj(clientId).toList();
        byte[] body = WireWriter.write(message(new EventFields(), clientIds, List.of()));
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Stamped stamped = stamp.apply(body, SENDER);
            Parcel parcel = Parcel.of("/topic", stamped.body(), stamped.message(), stamped.clientIds());
            assertThat(parcel.isFor(SENDER)).isFalse();
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
        }
        return least;
    }

    /** One of 59,049 texts with the same {@link String#hashCode}. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int rest = number, block = 0; block < 10; block++, rest /= 3) {
            text.append(List.of("Aa", "BB", "C#").get(rest % 3));
        }
        return text.toString();
    }

    @Test
    void those_of_requests_and_responses_stay() throws Exception {
        for (TypeFields type : List.of(new RequestFields("/reply", ""), new ResponseFields("{request}", ""))) {
            Stamped stamped = stamp.apply(WireWriter.write(message(type, List.of("x"), List.of())), SENDER);

            assertThat(stamped.clientIds()).isEmpty();
            assertThat(WireReader.read(stamped.body()).clientIds()).containsExactly("x");
            assertThat(WireReader.read(stamped.body()).sourceClientId()).isEqualTo("0123");
        }
    }

    @Test
    void an_odd_list_of_other_fields_stays_as_it_is() throws Exception {
        WireMessage stamped = WireReader.read(stamp.apply(Vectors.read("tolerant-event-v1-odd-other-fields"), SENDER)
                .body());

        assertThat(stamped.otherFields()).containsExactly("orphan", "value", "lonely");
        assertThat(stamped.sourceClientId()).isEqualTo("0123");
    }

    @Test
    void what_a_newer_version_adds_is_left_out() throws Exception {
        WireMessage stamped = WireReader.read(
                stamp.apply(Vectors.read("tolerant-event-v4-trailing"), SENDER).body());

        assertThat(stamped.version()).isEqualTo(3);
        assertThat(stamped.payload()).isEqualTo("{\"k\":\"v\"}".getBytes(UTF_8));
    }

    @Test
    void a_binary_payload_is_no_message_to_a_dxl_broker_and_passes_unchanged() throws Exception {
        byte[] body = Vectors.read("tolerant-event-v2-bin8-payload");

        assertThat(stamp.apply(body, SENDER).body()).isSameAs(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c401", "c50001", "c600000001", "nil"})
    void neither_is_one_with_another_field_as_bin_or_nil(String form) throws Exception {
        for (int text = 0; text < TEXTS; text++) {
            byte[] body = event(text, form);

            assertThat(stamp.apply(body, SENDER).body()).as("text %d", text).isSameAs(body);
        }
    }

    @Test
    void str8_is_read_and_becomes_old_raw() throws Exception {
        for (int text = 0; text < TEXTS; text++) {
            WireMessage stamped =
                    WireReader.read(stamp.apply(event(text, "d901"), SENDER).body());

            assertThat(stamped.sourceClientId()).as("text %d", text).isEqualTo("0123");
        }
    }

    /** An event whose texts are one character each, all as old raw but for one. */
    private static byte[] event(int oddText, String form) {
        StringBuilder hex = new StringBuilder();
        int text = 0;
        for (String part : "0302 T T T 91 T 91 T T 92 T T T 91 T T".split(" ")) {
            boolean odd = part.equals("T") && text++ == oddText;
            hex.append(odd && form.equals("nil") ? "c0" : part.replace("T", (odd ? form : "a1") + "78"));
        }
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{\"json\":true}", "\u0003\u0002", "\u0003\u0009"})
    void a_body_that_is_no_message_passes_unchanged(String text) {
        byte[] body = text.getBytes(UTF_8);

        assertThat(stamp.apply(body, SENDER).body()).isSameAs(body);
    }
}
