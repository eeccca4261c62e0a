package io.github.dxlcdi.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import com.sun.management.ThreadMXBean;
import io.github.dxlcdi.client.fuzz.Damage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

/**
 * Whatever the bytes are: a message that is written and read again as the same one, or a {@link WireException}; and never
 * more memory than the bytes account for. A run with a million inputs each: {@code -P fuzz}.
 */
class WireReaderFuzzTest {
    /** Objects for a text of one byte, and what the exception takes. */
    private static final int MEMORY_FOR_EACH_BYTE = 100;

    private static final int MEMORY_FOR_ANY = 32 * 1024;
    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final byte[] NO_PAYLOAD = {};

    /** A beginning that random bytes hardly ever have: version 3, an event, three ids, two lists. */
    private static final byte[] BEGINNING = {3, 2, (byte) 0xa0, (byte) 0xa0, (byte) 0xa0, (byte) 0x90, (byte) 0x90};

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void random_bytes_are_read_or_refused(@ForAll byte[] bytes) throws IOException {
        readAndReadAgain(bytes);
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void random_bytes_after_a_good_beginning_are_read_or_refused(
            @ForAll("beginnings") byte[] beginning, @ForAll byte[] bytes) throws IOException {
        readAndReadAgain(join(beginning, bytes));
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void a_vector_that_was_damaged_is_read_or_refused(@ForAll("vectors") byte[] vector, @ForAll("damage") Damage damage)
            throws IOException {
        readAndReadAgain(damage.of(vector));
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void two_vectors_spliced_are_read_or_refused(
            @ForAll("vectors") byte[] first, @ForAll("vectors") byte[] second, @ForAll @Size(2) int[] cuts)
            throws IOException {
        byte[] head = Arrays.copyOf(first, Math.floorMod(cuts[0], first.length + 1));
        byte[] tail = Arrays.copyOfRange(second, Math.floorMod(cuts[1], second.length + 1), second.length);
        readAndReadAgain(join(head, tail));
    }

    @Provide
    Arbitrary<byte[]> beginnings() {
        return Arbitraries.integers()
                .between(0, BEGINNING.length)
                .flatMap(length -> Arbitraries.integers().between(0, 5).tuple2().map(numbers -> {
                    byte[] beginning = Arrays.copyOf(BEGINNING, Math.max(2, length));
                    beginning[0] = numbers.get1().byteValue();
                    beginning[1] = numbers.get2().byteValue();
                    return beginning;
                }));
    }

    @Provide
    Arbitrary<byte[]> vectors() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (Vector vector : Vector.all().toList()) {
            all.add(vector.bytes());
        }
        for (String name : List.of("real-java-published", "real-java-arrived", "real-node-published")) {
            all.add(Vector.captured(name));
        }
        return Arbitraries.of(all);
    }

    @Provide
    Arbitrary<Damage> damage() {
        return Damage.any();
    }

    private static void readAndReadAgain(byte[] bytes) throws IOException {
        long most = MEMORY_FOR_ANY + (long) MEMORY_FOR_EACH_BYTE * bytes.length;
        // What is refused in a new way for the first time loads classes, and that allocates as well.
        if (allocatedFor(bytes) > most) {
            assertThat(allocatedFor(bytes))
                    .as("allocated for %s bytes", bytes.length)
                    .isLessThan(most);
        }
        WireMessage message = read(bytes);
        if (message != null) {
            WireMessage again = WireReader.read(WireWriter.write(message));
            assertThat(again.payload()).isEqualTo(message.payload());
            assertThat(withoutPayload(again)).isEqualTo(withoutPayload(message));
            Message first = Message.fromBytes(bytes);
            assertThat(fields(Message.fromBytes(first.toBytes()))).isEqualTo(fields(first));
        }
    }

    private static long allocatedFor(byte[] bytes) {
        long before = MEMORY.getCurrentThreadAllocatedBytes();
        read(bytes);
        return MEMORY.getCurrentThreadAllocatedBytes() - before;
    }

    private static WireMessage read(byte[] bytes) {
        try {
            return WireReader.read(bytes);
        } catch (WireException e) {
            assertThat(e.getMessage()).startsWith("not a DXL message: field '").doesNotContain("null");
            return null;
        }
    }

    /** An array isn't equal to another one with the same bytes. */
    private static WireMessage withoutPayload(WireMessage message) {
        return new WireMessage(
                message.version(),
                message.messageId(),
                message.sourceClientId(),
                message.sourceBrokerId(),
                message.brokerIds(),
                message.clientIds(),
                NO_PAYLOAD,
                message.typeFields(),
                message.otherFields(),
                message.sourceTenantGuid(),
                message.destTenantGuids(),
                message.sourceClientInstanceId());
    }

    private static List<Object> fields(Message message) {
        List<Object> fields = new ArrayList<>(List.of(
                message.getMessageType(),
                message.getMessageId(),
                message.getSourceClientId(),
                message.getSourceClientInstanceId(),
                message.getSourceBrokerId(),
                message.getBrokerIds(),
                message.getClientIds(),
                ByteBuffer.wrap(message.getPayload()),
                message.getOtherFields(),
                message.getSourceTenantGuid(),
                message.getDestTenantGuids()));
        if (message instanceof Request request) {
            fields.addAll(List.of(request.getReplyToTopic(), request.getServiceId()));
        } else if (message instanceof Response response) {
            fields.addAll(List.of(response.getRequestMessageId(), response.getServiceId()));
        }
        if (message instanceof ErrorResponse error) {
            fields.addAll(List.of(error.getErrorCode(), error.getErrorMessage()));
        }
        return fields;
    }

    private static byte[] join(byte[] head, byte[] tail) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length + tail.length);
        all.writeBytes(head);
        all.writeBytes(tail);
        return all.toByteArray();
    }
}
