package io.github.dxlcdi.client.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dxlcdi.client.wire.WireMessage.ErrorFields;
import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireMessage.ResponseFields;
import io.github.dxlcdi.client.wire.WireMessage.TypeFields;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a DXL message, checked from the first to the last, and where in them each field stands. A field is made
 * into an object when it is asked for, anew each time: most are never asked for. What they mean stands at {@link
 * WireMessage}.
 *
 * <p>Any number of threads may read it; the bytes are its own and must not change.
 */
public final class WireOutline {
    /** The fields in the order of the wire, as errors name them. */
    enum Field {
        VERSION("version"),
        MESSAGE_TYPE("message type"),
        MESSAGE_ID("message id"),
        SOURCE_CLIENT_ID("source client id"),
        SOURCE_BROKER_ID("source broker id"),
        BROKER_IDS("broker ids"),
        CLIENT_IDS("client ids"),
        PAYLOAD("payload"),
        REPLY_TO_TOPIC("reply-to topic"),
        REQUEST_MESSAGE_ID("request message id"),
        SERVICE_ID("service id"),
        ERROR_CODE("error code"),
        ERROR_MESSAGE("error message"),
        OTHER_FIELDS("other fields"),
        SOURCE_TENANT("source tenant"),
        DESTINATION_TENANTS("destination tenants"),
        SOURCE_CLIENT_INSTANCE_ID("source client instance id");

        private static final int COUNT = values().length;

        private final String words;

        Field(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Of no message at all: every field is empty. */
    public static final WireOutline EMPTY = new WireOutline(new byte[0]);

    /** The thumbprint of a client's certificate, and a UUID of the connection. */
    private static final Pattern CLIENT_INSTANCE =
            Pattern.compile("([0-9a-f]{40}):(?i:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    private final byte[] bytes;

    /** Where its content begins; 0 if the message does not have it. */
    private final int[] starts = new int[Field.COUNT];

    /** Bytes of a text, elements of a list, the value of a number. */
    private final int[] sizes = new int[Field.COUNT];

    private boolean allOldRaw;
    private boolean someBinOrNil;

    WireOutline(byte[] bytes) {
        this.bytes = bytes;
    }

    void forms(boolean allOldRaw, boolean someBinOrNil) {
        this.allOldRaw = allOldRaw;
        this.someBinOrNil = someBinOrNil;
    }

    void put(Field field, int start, int size) {
        starts[field.ordinal()] = start;
        sizes[field.ordinal()] = size;
    }

    public int version() {
        return size(Field.VERSION);
    }

    /** The number of one of the four {@link TypeFields}. */
    public int type() {
        return size(Field.MESSAGE_TYPE);
    }

    public String messageId() {
        return text(Field.MESSAGE_ID);
    }

    public String sourceClientId() {
        return text(Field.SOURCE_CLIENT_ID);
    }

    public String sourceBrokerId() {
        return text(Field.SOURCE_BROKER_ID);
    }

    public List<String> brokerIds() {
        return texts(Field.BROKER_IDS);
    }

    public List<String> clientIds() {
        return texts(Field.CLIENT_IDS);
    }

    public byte[] payload() {
        int start = start(Field.PAYLOAD);
        return Arrays.copyOfRange(bytes, start, start + size(Field.PAYLOAD));
    }

    /** The payload where it is, for reading alone. */
    public ByteBuffer payloadBytes() {
        return ByteBuffer.wrap(bytes, start(Field.PAYLOAD), size(Field.PAYLOAD));
    }

    /** Of a request. */
    public String replyToTopic() {
        return text(Field.REPLY_TO_TOPIC);
    }

    /** Of an answer, be it a refusal. */
    public String requestMessageId() {
        return text(Field.REQUEST_MESSAGE_ID);
    }

    /** Of a request or an answer. */
    public String serviceId() {
        return text(Field.SERVICE_ID);
    }

    /** Of a refusal. */
    public int errorCode() {
        return size(Field.ERROR_CODE);
    }

    /** Of a refusal. */
    public String errorMessage() {
        return text(Field.ERROR_MESSAGE);
    }

    public List<String> otherFields() {
        return texts(Field.OTHER_FIELDS);
    }

    public String sourceTenantGuid() {
        return text(Field.SOURCE_TENANT);
    }

    public List<String> destTenantGuids() {
        return texts(Field.DESTINATION_TENANTS);
    }

    public String sourceClientInstanceId() {
        return text(Field.SOURCE_CLIENT_INSTANCE_ID);
    }

    /** Whether a text, list or payload is {@code bin} or {@code nil}: to a DXL broker it is no message then. */
    public boolean hasBinOrNil() {
        return someBinOrNil;
    }

    /**
     * Whether it has the form of a message that a DXL broker has stamped or made itself: version 3, all texts and the
     * payload in the old raw family, nothing behind the last field, the id of a broker, and with it a thumbprint as
     * client id that the instance id begins with, or that broker's own id as both. A DXL broker gives this form to each
     * message that it can read, with the true ids, and hands on what it can't read as it is. Other brokers check
     * nothing.
     */
    public boolean isStamped() {
        return version() == WireMessage.CURRENT_VERSION
                && allOldRaw
                && size(Field.SOURCE_BROKER_ID) > 0
                && (isClientsInstance() || isBrokersOwn());
    }

    private boolean isClientsInstance() {
        Matcher instance = CLIENT_INSTANCE.matcher(sourceClientInstanceId());
        return instance.matches() && instance.group(1).equals(sourceClientId());
    }

    private boolean isBrokersOwn() {
        String instanceId = sourceClientInstanceId();
        return sourceClientId().equals(sourceBrokerId())
                && (instanceId.isEmpty() || instanceId.equals(sourceBrokerId()));
    }

    /** All of it as objects. */
    public WireMessage message() {
        return new WireMessage(
                version(),
                messageId(),
                sourceClientId(),
                sourceBrokerId(),
                brokerIds(),
                clientIds(),
                payload(),
                typeFields(),
                otherFields(),
                sourceTenantGuid(),
                destTenantGuids(),
                sourceClientInstanceId());
    }

    private TypeFields typeFields() {
        return switch (type()) {
            case RequestFields.TYPE -> new RequestFields(replyToTopic(), serviceId());
            case ResponseFields.TYPE -> new ResponseFields(requestMessageId(), serviceId());
            case ErrorFields.TYPE -> new ErrorFields(requestMessageId(), serviceId(), errorCode(), errorMessage());
            default -> new EventFields();
        };
    }

    private int start(Field field) {
        return starts[field.ordinal()];
    }

    private int size(Field field) {
        return sizes[field.ordinal()];
    }

    private String text(Field field) {
        return new String(bytes, start(field), size(field), UTF_8);
    }

    private List<String> texts(Field field) {
        int count = size(field);
        return count == 0 ? List.of() : WireReader.texts(bytes, start(field), count);
    }
}
