package io.github.dxlcdi.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import com.opendxl.client.util.UuidGenerator;
import io.github.dxlcdi.fabric.Peer.Arrived;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A peer that speaks DXL: it asks, registers services and answers, one message after the other. */
public final class DxlPeer implements AutoCloseable {
    public static final String SERVICE = "/mcafee/service/dxl/";
    public static final String EVENT = "/mcafee/event/dxl/";

    private final Peer peer;
    private final String replyTo = "/mcafee/client/" + UuidGenerator.generateIdAsString();

    private DxlPeer(Peer peer) {
        this.peer = peer;
    }

    public static DxlPeer join(Fabric fabric) throws Exception {
        return join(fabric, fabric.identity());
    }

    public static DxlPeer join(Fabric fabric, ClientIdentity identity) throws Exception {
        DxlPeer peer = new DxlPeer(Peer.join(fabric, identity));
        return peer.subscribe(peer.replyTo);
    }

    /** At one of several brokers. */
    public static DxlPeer join(Fabric fabric, FabricBroker broker, ClientIdentity identity) throws Exception {
        DxlPeer peer = new DxlPeer(Peer.join(fabric, broker, identity));
        return peer.subscribe(peer.replyTo);
    }

    public DxlPeer subscribe(String... filters) throws Exception {
        peer.subscribe(filters);
        return this;
    }

    public void unsubscribe(String filter) throws Exception {
        peer.client().unsubscribe(filter);
    }

    /** A registration in the form of the wire, for 60 minutes. */
    public static Map<String, Object> service(String guid, String... channels) {
        return Map.of(
                "serviceType",
                "/test",
                "serviceGuid",
                guid,
                "requestChannels",
                List.of(channels),
                "metaData",
                Map.of("k", "v"),
                "ttlMins",
                60);
    }

    /** Registers a service, waits for the answer and subscribes its channels. */
    public DxlPeer register(String guid, String... channels) throws Exception {
        subscribe(channels);
        answer(request(SERVICE + "svcregistry/register", service(guid, channels)));
        return this;
    }

    public Response unregister(String guid) throws Exception {
        return answer(request(SERVICE + "svcregistry/unregister", Map.of("serviceGuid", guid)));
    }

    /** Asks the broker itself, and returns its answer's JSON object. */
    public Map<String, Object> query(String name, Map<String, ?> question) throws Exception {
        return json(answer(request(SERVICE + name, question)));
    }

    public Request request(String topic, Map<String, ?> payload) throws Exception {
        Request request = new Request(topic);
        request.setPayload(JSON.std.asBytes(payload));
        return send(request);
    }

    public Request request(String topic, String payload) throws Exception {
        Request request = new Request(topic);
        request.setPayload(payload.getBytes(UTF_8));
        return send(request);
    }

    /** Sends a request that asks for its answer here. */
    public Request send(Request request) throws Exception {
        request.setReplyToTopic(replyTo);
        publish(request);
        return request;
    }

    public void publish(Message message) throws Exception {
        peer.publish(message.getDestinationTopic(), message.toBytes());
    }

    public void publishEvent(String topic, String payload) throws Exception {
        Event event = new Event(topic);
        event.setPayload(payload.getBytes(UTF_8));
        publish(event);
    }

    /** The next message, which must be the answer to {@code request}. */
    public Response answer(Request request) throws Exception {
        Message next = next();
        if (next instanceof Response response && response.getRequestMessageId().equals(request.getMessageId())) {
            return response;
        }
        throw new AssertionError("Expected the answer to a request to " + request.getDestinationTopic()
                + ", but there came " + next.getClass().getSimpleName() + " on " + next.getDestinationTopic());
    }

    /** The next message, which must be a refusal of {@code request}. */
    public ErrorResponse refusal(Request request) throws Exception {
        if (answer(request) instanceof ErrorResponse refusal) {
            return refusal;
        }
        throw new AssertionError("The request was not refused");
    }

    /** The next message, which must be a request. */
    public Request nextRequest() throws Exception {
        Message next = next();
        if (next instanceof Request request) {
            return request;
        }
        throw new AssertionError("Expected a request, but there came " + next.getClass());
    }

    public Message next() throws Exception {
        Arrived arrived = peer.next();
        Message message = Message.fromBytes(arrived.body());
        message.setDestinationTopic(arrived.topic());
        return message;
    }

    public int waiting() {
        return peer.waiting();
    }

    /** Has the broker answer a question, so that what it did before has been done. */
    public DxlPeer settle() throws Exception {
        query("broker/health", Map.of());
        return this;
    }

    /** {@link #settle} at a broker among several, which alone answers. */
    public DxlPeer settleAt(FabricBroker broker) throws Exception {
        askedAt(broker);
        return this;
    }

    /** What this broker, among several, answers to a question that only those answer that it names. */
    public Response askedAt(FabricBroker broker) throws Exception {
        Request request = new Request(SERVICE + "broker/subs");
        request.setPayload("{\"topic\":\"/any\"}".getBytes(UTF_8));
        request.setBrokerIds(Set.of(broker.id()));
        return answer(send(request));
    }

    public static Map<String, Object> json(Message message) throws IOException {
        return JSON.std.mapFrom(message.getPayload());
    }

    public static String text(Message message) {
        return new String(message.getPayload(), UTF_8);
    }

    @Override
    public void close() throws Exception {
        peer.close();
    }
}
