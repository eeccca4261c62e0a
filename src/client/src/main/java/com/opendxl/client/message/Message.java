package com.opendxl.client.message;

import com.opendxl.client.DxlClient;
import com.opendxl.client.util.UuidGenerator;
import io.github.dxlcdi.client.spi.Received;
import io.github.dxlcdi.client.wire.WireMessage;
import io.github.dxlcdi.client.wire.WireMessage.TypeFields;
import io.github.dxlcdi.client.wire.WireReader;
import io.github.dxlcdi.client.wire.WireWriter;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
    /** The bytes of the ids and topics of a message. */
    public static final Charset CHARSET_ASCII = StandardCharsets.US_ASCII;
    /** The bytes of all other text. */
    public static final Charset CHARSET_UTF8 = StandardCharsets.UTF_8;

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

    private final long receivedMillis = System.currentTimeMillis();
    private long version;
    private String messageId;
    private String sourceClientId;
    private String sourceClientInstanceId = "";
    private String sourceBrokerId = "";
    private String destinationTopic;
    private byte[] payload = NO_PAYLOAD;
    private Set<String> brokerIds = new LinkedHashSet<>();
    private Set<String> clientIds = new LinkedHashSet<>();
    private Map<String, String> otherFields = new LinkedHashMap<>();
    private String sourceTenantGuid = "";
    private Set<String> destTenantGuids = new LinkedHashSet<>();

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
        this.messageId = UuidGenerator.generateIdAsString();
        this.sourceClientId = sourceClientId == null ? "" : sourceClientId;
        this.destinationTopic = destinationTopic;
    }

    /** A received message, whose topic the packet around it tells. */
    Message(WireMessage wire) {
        version = wire.version();
        messageId = wire.messageId();
        sourceClientId = wire.sourceClientId();
        sourceClientInstanceId = wire.sourceClientInstanceId();
        sourceBrokerId = wire.sourceBrokerId();
        destinationTopic = "";
        payload = wire.payload();
        brokerIds.addAll(wire.brokerIds());
        clientIds.addAll(wire.clientIds());
        otherFields = pairs(wire.otherFields());
        sourceTenantGuid = wire.sourceTenantGuid();
        destTenantGuids.addAll(wire.destTenantGuids());
    }

    /** Version of the wire format that the message was read from, 0 to 3 or above; 0 for one that was made here. */
    public long getVersion() {
        return version;
    }

    /** One of {@link #MESSAGE_TYPE_REQUEST}, {@code _RESPONSE}, {@code _EVENT}, {@code _ERROR}. */
    public abstract byte getMessageType();

    /** Id of this message: a UUID, in braces when a client made it. */
    public String getMessageId() {
        return messageId;
    }

    /**
     * Id of the client that sent it. A DXL broker puts the SHA-1 thumbprint of the client's certificate here; behind a
     * plain MQTT broker it is what the sender wrote, and may be empty.
     */
    public String getSourceClientId() {
        return sourceClientId;
    }

    public void setSourceClientId(String sourceClientId) {
        this.sourceClientId = sourceClientId == null ? "" : sourceClientId;
    }

    /** Id of the sender's connection; the client id if there is none. */
    public String getSourceClientInstanceId() {
        return sourceClientInstanceId.isEmpty() ? sourceClientId : sourceClientInstanceId;
    }

    public void setSourceClientInstanceId(String sourceClientInstanceId) {
        this.sourceClientInstanceId = sourceClientInstanceId == null ? "" : sourceClientInstanceId;
    }

    /** Id of the broker that the sender is connected to; empty behind a plain MQTT broker. */
    public String getSourceBrokerId() {
        return sourceBrokerId;
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
        return payload;
    }

    /** Sets the application's bytes, not copied; null means none. */
    public void setPayload(byte[] payload) {
        this.payload = payload == null ? NO_PAYLOAD : payload;
    }

    /** Brokers that it is meant for; empty: all. */
    public Set<String> getBrokerIds() {
        return brokerIds;
    }

    public void setBrokerIds(Set<String> brokerIds) {
        this.brokerIds = copy(brokerIds);
    }

    /** Clients that it is meant for; empty: all. */
    public Set<String> getClientIds() {
        return clientIds;
    }

    public void setClientIds(Set<String> clientIds) {
        this.clientIds = copy(clientIds);
    }

    /**
     * Names and values that travel with the message. A broker adds {@code dxl.certs}, the thumbprints of the sender's
     * certificate chain, but only if it is not there: a sender can forge it.
     */
    public Map<String, String> getOtherFields() {
        return otherFields;
    }

    public void setOtherFields(Map<String, String> otherFields) {
        this.otherFields = otherFields == null ? new LinkedHashMap<>() : new LinkedHashMap<>(otherFields);
    }

    /** The tenant of the sender, written by its broker; empty if there is none, never null. */
    public String getSourceTenantGuid() {
        return sourceTenantGuid;
    }

    /** Sets it; a broker replaces it. */
    public void setSourceTenantGuid(String sourceTenantGuid) {
        this.sourceTenantGuid = sourceTenantGuid == null ? "" : sourceTenantGuid;
    }

    /** Tenants that it is meant for; empty: all. */
    public Set<String> getDestTenantGuids() {
        return destTenantGuids;
    }

    /** Sets them, copied; null counts as none. */
    public void setDestTenantGuids(Set<String> destTenantGuids) {
        this.destTenantGuids = copy(destTenantGuids);
    }

    /** The message in version {@link #MESSAGE_VERSION} of the wire format, without its topic. */
    public final byte[] toBytes() throws IOException {
        return WireWriter.write(new WireMessage(
                WireMessage.CURRENT_VERSION,
                messageId,
                sourceClientId,
                sourceBrokerId,
                List.copyOf(brokerIds),
                List.copyOf(clientIds),
                payload,
                typeFields(),
                flat(otherFields),
                sourceTenantGuid,
                List.copyOf(destTenantGuids),
                sourceClientInstanceId));
    }

    /**
     * Reads a message of any version. Its topic is empty until it is set: it is not part of the bytes.
     *
     * @throws IOException if the bytes are no DXL message; the text names the field and what stood there
     */
    public static Message fromBytes(byte[] bytes) throws IOException {
        WireMessage wire = WireReader.read(bytes);
        TypeFields fields = wire.typeFields();
        if (fields instanceof WireMessage.RequestFields request) {
            return new Request(wire, request);
        } else if (fields instanceof WireMessage.ResponseFields response) {
            return new Response(wire, response);
        } else if (fields instanceof WireMessage.ErrorFields error) {
            return new ErrorResponse(wire, error);
        }
        return new Event(wire);
    }

    @Override
    public Instant receivedAt() {
        return Instant.ofEpochMilli(receivedMillis);
    }

    /** What only this kind of message has; the four kinds of the wire say it, another one can't be sent. */
    TypeFields typeFields() {
        throw new UnsupportedOperationException(getClass().getName() + " is none of the four kinds of a DXL message");
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
