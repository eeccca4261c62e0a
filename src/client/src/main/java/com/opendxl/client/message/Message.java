package com.opendxl.client.message;

import com.opendxl.client.DxlClient;
import com.opendxl.client.util.UuidGenerator;
import io.github.dxlcdi.client.spi.Received;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.TypeFields;
import io.github.dxlcdi.client.wire.WireOutline;
import io.github.dxlcdi.client.wire.WireReader;
import io.github.dxlcdi.client.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A message of the fabric: what all kinds have in common. Ids are opaque texts. Collections are never null, are the
 * message's own and may be changed; they keep the order of the wire.
 */
public abstract class Message implements Received {
    /** The name of the encoding of a message's ids and topics. */
    public static final String CHARSET_ASCII = "US-ASCII";
    /** The name of the encoding of all other text: {@code new String(payload, Message.CHARSET_UTF8)}. */
    public static final String CHARSET_UTF8 = "UTF-8";

    /** The version of the wire format that {@link #toBytes()} writes. */
    public static final long MESSAGE_VERSION = WireMessage.CURRENT_VERSION;

    /** What {@link #getMessageType()} says of a {@link Request}: 0. */
    public static final byte MESSAGE_TYPE_REQUEST = WireMessage.RequestFields.TYPE;
    /** That of a {@link Response}: 1. */
    public static final byte MESSAGE_TYPE_RESPONSE = WireMessage.ResponseFields.TYPE;
    /** That of an {@link Event}: 2. */
    public static final byte MESSAGE_TYPE_EVENT = WireMessage.EventFields.TYPE;
    /** That of an {@link ErrorResponse}: 3. */
    public static final byte MESSAGE_TYPE_ERROR = WireMessage.ErrorFields.TYPE;

    private static final byte[] NO_PAYLOAD = {};

    /** What was received, of which most is never asked for; for a message that was made here, nothing. */
    private final WireOutline wire;

    private final long receivedMillis;
    private String destinationTopic;

    // Each null until it is asked for or set
    private String messageId;
    private String sourceClientId;
    private String sourceClientInstanceId;
    private String sourceBrokerId;
    private String sourceTenantGuid;
    private volatile byte[] payload;
    private volatile Lists lists;

    /** A message with an id of its own and an empty topic, which is set before it is sent; for subclasses. */
    protected Message() {
        this("");
    }

    /** A message of {@code client} to {@code destinationTopic}. */
    public Message(DxlClient client, String destinationTopic) {
        this(client.getUniqueId(), destinationTopic);
    }

    /** A message whose sender is filled in when a client sends it. */
    public Message(String destinationTopic) {
        this("", destinationTopic);
    }

    /**
     * A message of the client with this id.
     *
     * @throws IllegalArgumentException if the topic is null
     */
    public Message(String sourceClientId, String destinationTopic) {
        if (destinationTopic == null) {
            throw new IllegalArgumentException("A message needs a destination topic, but it is null");
        }
        wire = WireOutline.EMPTY;
        receivedMillis = System.currentTimeMillis();
        this.messageId = UuidGenerator.generateIdAsString();
        this.sourceClientId = textOrEmpty(sourceClientId);
        this.destinationTopic = destinationTopic;
    }

    /** A received message, whose topic the packet around it tells. */
    Message(WireOutline wire, long receivedMillis) {
        this.wire = wire;
        this.receivedMillis = receivedMillis;
        destinationTopic = "";
    }

    /** Version of the wire format that the message was read from, 0 to 3 or above; 0 for one that was made here. */
    public long getVersion() {
        return wire.version();
    }

    /** One of {@link #MESSAGE_TYPE_REQUEST}, {@code _RESPONSE}, {@code _EVENT}, {@code _ERROR}. */
    public abstract byte getMessageType();

    /** Id of this message: a UUID, in braces when a client made it. */
    public String getMessageId() {
        String known = messageId;
        if (known == null) {
            known = wire.messageId();
            messageId = known;
        }
        return known;
    }

    /**
     * Id of the client that sent it. A DXL broker puts the SHA-1 thumbprint of the client's certificate here, but only
     * if it can read the message: what {@link #isStamped} says. Otherwise, and behind a plain MQTT broker, it is what
     * the sender wrote, and may be empty.
     */
    public String getSourceClientId() {
        String known = sourceClientId;
        if (known == null) {
            known = wire.sourceClientId();
            sourceClientId = known;
        }
        return known;
    }

    public void setSourceClientId(String sourceClientId) {
        this.sourceClientId = textOrEmpty(sourceClientId);
    }

    /** Id of the sender's connection; the client id if there is none. As true as {@link #getSourceClientId} is. */
    public String getSourceClientInstanceId() {
        String own = ownInstanceId();
        return own.isEmpty() ? getSourceClientId() : own;
    }

    private String ownInstanceId() {
        String known = sourceClientInstanceId;
        if (known == null) {
            known = wire.sourceClientInstanceId();
            sourceClientInstanceId = known;
        }
        return known;
    }

    public void setSourceClientInstanceId(String sourceClientInstanceId) {
        this.sourceClientInstanceId = textOrEmpty(sourceClientInstanceId);
    }

    /** Id of the broker that the sender is connected to; as true as {@link #getSourceClientId} is, and may be empty. */
    public String getSourceBrokerId() {
        String known = sourceBrokerId;
        if (known == null) {
            known = wire.sourceBrokerId();
            sourceBrokerId = known;
        }
        return known;
    }

    /** The topic it is sent to, or was received on. */
    public String getDestinationTopic() {
        return destinationTopic;
    }

    public void setDestinationTopic(String destinationTopic) {
        this.destinationTopic = destinationTopic;
    }

    /** The application's bytes, not copied. */
    public byte[] getPayload() {
        byte[] known = payload;
        return known == null ? readPayload() : known;
    }

    @Override
    public ByteBuffer payloadBytes() {
        byte[] known = payload;
        return known == null ? wire.payloadBytes() : ByteBuffer.wrap(known);
    }

    private synchronized byte[] readPayload() {
        if (payload == null) {
            payload = wire.payload();
        }
        return payload;
    }

    /** Sets the application's bytes, not copied; null means none. */
    public void setPayload(byte[] payload) {
        this.payload = payload == null ? NO_PAYLOAD : payload;
    }

    /** Brokers that it is meant for; empty: all. */
    public Set<String> getBrokerIds() {
        return lists().brokerIds;
    }

    public void setBrokerIds(Set<String> brokerIds) {
        lists().brokerIds = copy(brokerIds);
    }

    /** Clients that it is meant for; empty: all. */
    public Set<String> getClientIds() {
        return lists().clientIds;
    }

    public void setClientIds(Set<String> clientIds) {
        lists().clientIds = copy(clientIds);
    }

    /**
     * Names and values that travel with the message. A broker adds {@code dxl.certs}, the thumbprints of the sender's
     * certificate chain, but only if it is not there: a sender can forge it.
     */
    public Map<String, String> getOtherFields() {
        return lists().otherFields;
    }

    public void setOtherFields(Map<String, String> otherFields) {
        lists().otherFields = otherFields == null ? new LinkedHashMap<>() : new LinkedHashMap<>(otherFields);
    }

    /** The tenant of the sender, written by its broker; empty if there is none, never null. */
    public String getSourceTenantGuid() {
        String known = sourceTenantGuid;
        if (known == null) {
            known = wire.sourceTenantGuid();
            sourceTenantGuid = known;
        }
        return known;
    }

    /** Sets it; a broker replaces it. */
    public void setSourceTenantGuid(String sourceTenantGuid) {
        this.sourceTenantGuid = textOrEmpty(sourceTenantGuid);
    }

    /** Tenants that it is meant for; empty: all. */
    public Set<String> getDestTenantGuids() {
        return lists().destTenantGuids;
    }

    /** Sets them, copied; null counts as none. */
    public void setDestTenantGuids(Set<String> destTenantGuids) {
        lists().destTenantGuids = copy(destTenantGuids);
    }

    /** The message in version {@link #MESSAGE_VERSION} of the wire format, without its topic. */
    public final byte[] toBytes() throws IOException {
        return WireWriter.write(new WireMessage(
                WireMessage.CURRENT_VERSION,
                getMessageId(),
                getSourceClientId(),
                getSourceBrokerId(),
                List.copyOf(getBrokerIds()),
                List.copyOf(getClientIds()),
                getPayload(),
                typeFields(),
                flat(getOtherFields()),
                getSourceTenantGuid(),
                List.copyOf(getDestTenantGuids()),
                ownInstanceId()));
    }

    /**
     * Reads a message of any version. Its topic is empty until it is set: it is not part of the bytes.
     *
     * @throws IOException if the bytes are no DXL message; the text names the field and what stood there
     */
    public static Message fromBytes(byte[] bytes) throws IOException {
        return wrap(bytes.clone(), System.currentTimeMillis());
    }

    /**
     * Reads a message as {@link #fromBytes} does, without copying what is not asked for.
     *
     * @param bytes the message's own from now on; they must not be changed any more
     * @param receivedMillis when it came, in milliseconds since the epoch
     * @throws IOException as {@link #fromBytes}
     */
    public static Message wrap(byte[] bytes, long receivedMillis) throws IOException {
        WireOutline wire = WireReader.outline(bytes);
        return switch (wire.type()) {
            case WireMessage.RequestFields.TYPE -> new Request(wire, receivedMillis);
            case WireMessage.ResponseFields.TYPE -> new Response(wire, receivedMillis);
            case WireMessage.ErrorFields.TYPE -> new ErrorResponse(wire, receivedMillis);
            default -> new Event(wire, receivedMillis);
        };
    }

    @Override
    public boolean isStamped() {
        return wire.isStamped();
    }

    @Override
    public Instant receivedAt() {
        return Instant.ofEpochMilli(receivedMillis);
    }

    /** What only this kind of message has; the four kinds of the wire say it, another one can't be sent. */
    TypeFields typeFields() {
        throw new UnsupportedOperationException(getClass().getName() + " is none of the four kinds of a DXL message");
    }

    /** Also two threads that ask at the same time get the same ones. */
    private Lists lists() {
        Lists known = lists;
        return known == null ? readLists() : known;
    }

    private synchronized Lists readLists() {
        if (lists == null) {
            lists = new Lists(wire);
        }
        return lists;
    }

    /** All that is a collection; who asks for one of them pays for all, but few ask. */
    private static final class Lists {
        private Set<String> brokerIds;
        private Set<String> clientIds;
        private Map<String, String> otherFields;
        private Set<String> destTenantGuids;

        Lists(WireOutline wire) {
            brokerIds = new LinkedHashSet<>(wire.brokerIds());
            clientIds = new LinkedHashSet<>(wire.clientIds());
            otherFields = pairs(wire.otherFields());
            destTenantGuids = new LinkedHashSet<>(wire.destTenantGuids());
        }
    }

    static String textOrEmpty(String text) {
        return text == null ? "" : text;
    }

    private static Set<String> copy(Set<String> values) {
        return values == null ? new LinkedHashSet<>() : new LinkedHashSet<>(values);
    }

    /** An odd number of texts has no reading as names and values, so it yields none of them. */
    private static Map<String, String> pairs(List<String> flat) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (flat.size() % 2 == 0) {
            for (int i = 0; i < flat.size(); i += 2) {
                pairs.put(flat.get(i), flat.get(i + 1));
            }
        }
        return pairs;
    }

    private static List<String> flat(Map<String, String> pairs) {
        List<String> flat = new ArrayList<>(2 * pairs.size());
        pairs.forEach((name, value) -> {
            flat.add(name);
            flat.add(value);
        });
        return flat;
    }
}
