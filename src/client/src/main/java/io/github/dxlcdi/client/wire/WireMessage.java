package io.github.dxlcdi.client.wire;

import java.util.List;

/**
 * A DXL message as the body of an MQTT PUBLISH packet carries it. The topic is not part of it: that is the packet's.
 *
 * <p>Ids are opaque ASCII texts: clients make UUIDs in braces, brokers UUIDs without, and a broker replaces a client's id
 * by the SHA-1 thumbprint of its certificate. A field that the message's version does not know yet is empty.
 *
 * @param version version of the layout, 0 to {@value #CURRENT_VERSION}; what a newer version adds is not read
 * @param messageId id of this message
 * @param sourceClientId id of the sender: its own word until a DXL broker replaces it; may be empty
 * @param sourceBrokerId id of the sender's broker, empty when it has not passed a DXL broker
 * @param brokerIds brokers that it is meant for; empty: all
 * @param clientIds clients that it is meant for; empty: all
 * @param payload the application's bytes; shared, not copied
 * @param typeFields what this type of message has beyond the others
 * @param otherFields names and values by turns, in the order of the wire; since version 1
 * @param sourceTenantGuid tenant of the sender; since version 2
 * @param destTenantGuids tenants that it is meant for; empty: all; since version 2
 * @param sourceClientInstanceId id of the sender's connection, empty when it equals the client id; since version 3
 */
public record WireMessage(
        int version,
        String messageId,
        String sourceClientId,
        String sourceBrokerId,
        List<String> brokerIds,
        List<String> clientIds,
        byte[] payload,
        TypeFields typeFields,
        List<String> otherFields,
        String sourceTenantGuid,
        List<String> destTenantGuids,
        String sourceClientInstanceId) {

    /** The version that this project writes: that of DXL 5.0, with an instance id. */
    public static final int CURRENT_VERSION = 3;

    /** The fields between the payload and the other fields, which differ from type to type. */
    public sealed interface TypeFields {
        /** The number that stands for the type on the wire. */
        int type();
    }

    /** An event, to everybody who subscribed; it has no fields of its own. */
    public record EventFields() implements TypeFields {
        public static final int TYPE = 2;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * A request to a service.
     *
     * @param replyToTopic the topic on which the requester awaits the answer
     * @param serviceId the service asked, empty when the broker is to choose one
     */
    public record RequestFields(String replyToTopic, String serviceId) implements TypeFields {
        public static final int TYPE = 0;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * A service's answer.
     *
     * @param requestMessageId id of the request answered
     * @param serviceId the service that answers
     */
    public record ResponseFields(String requestMessageId, String serviceId) implements TypeFields {
        public static final int TYPE = 1;

        @Override
        public int type() {
            return TYPE;
        }
    }

    /**
     * A refusal, by a service or by the fabric.
     *
     * @param requestMessageId id of the request refused
     * @param serviceId the service asked, may be empty
     * @param errorCode a code; with the highest bit set it comes from the fabric
     * @param errorMessage the reason in words
     */
    public record ErrorFields(String requestMessageId, String serviceId, int errorCode, String errorMessage)
            implements TypeFields {
        public static final int TYPE = 3;

        @Override
        public int type() {
            return TYPE;
        }
    }
}
