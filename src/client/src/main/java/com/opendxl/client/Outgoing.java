package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.connection.Connection;
import io.github.dxlcdi.client.transport.MqttTopic;
import io.github.dxlcdi.client.transport.PacketSize;
import io.github.dxlcdi.client.wire.ForeignText;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Messages on their way out: every one bears this client's id, and no more are under way than there is room. Any thread. */
final class Outgoing {
    private final String clientId;
    private final Connection connection;
    private final SendRoom room;
    private final Duration patience;
    private final int maxPacketSize;

    /**
     * @param patience how long a message may wait for room
     * @param maxPacketSize bytes of the largest packet that is sent; 0: of any
     */
    Outgoing(String clientId, Connection connection, Duration patience, int maxPacketSize) {
        this.clientId = clientId;
        this.connection = connection;
        this.room = new SendRoom(connection::isEventLoop);
        this.patience = patience;
        this.maxPacketSize = maxPacketSize == 0 ? PacketSize.MOST : Math.min(maxPacketSize, PacketSize.MOST);
    }

    /** Returns when the operating system has it. */
    void send(Event event) throws DxlException {
        String topic = MqttTopic.requireName(event.getDestinationTopic());
        awaitSent(publish(topic, bytes(topic, event), patience), "send an event");
    }

    /** Returns when the operating system has it; its topic is the requester's choice, so a wrong one is no wrong argument. */
    void send(Response response) throws DxlException {
        String topic = answerTopic(response);
        awaitSent(publish(topic, bytes(topic, response), patience), "send a response");
    }

    /** Done when the operating system has it; waits for nothing, and fails if there is no room. */
    CompletableFuture<Void> sendAtOnce(Response response) throws DxlException {
        String topic = answerTopic(response);
        return publish(topic, bytes(topic, response), Duration.ZERO);
    }

    /** Done when the operating system has it. */
    CompletableFuture<Void> publish(String topic, byte[] body) throws DxlException {
        return publish(topic, body, patience);
    }

    /**
     * As {@link SendRoom#send}, with a patience of {@code wait} or that of all messages, whichever is shorter.
     */
    CompletableFuture<Void> send(byte[] body, Duration wait, Function<Duration, CompletableFuture<Void>> sending)
            throws DxlException {
        return room.send(body.length, wait.compareTo(patience) < 0 ? wait : patience, sending);
    }

    /** Waits until the operating system has it; the event loop, which hands it over, can't wait for itself. */
    void awaitSent(CompletableFuture<Void> sent, String what) throws DxlException {
        if (sent.isDone() || !connection.isEventLoop()) {
            Waiting.await(sent, what);
        }
    }

    private CompletableFuture<Void> publish(String topic, byte[] body, Duration wait) throws DxlException {
        return room.send(body.length, wait, waited -> connection.publish(topic, body));
    }

    private static String answerTopic(Response response) throws DxlException {
        try {
            return MqttTopic.requireName(response.getDestinationTopic());
        } catch (IllegalArgumentException e) {
            throw new DxlException("The request can't be answered: it names no proper topic for the answer", e);
        }
    }

    /**
     * The message as it is sent, with this client as its source.
     *
     * @throws DxlException if its packet is larger than is allowed: a broker would close the connection, and lose what
     *     waits on it
     */
    byte[] bytes(String topic, Message message) throws DxlException {
        message.setSourceClientId(clientId);
        byte[] body;
        try {
            body = message.toBytes();
        } catch (IOException e) {
            throw new DxlException("The message can't be written", e);
        }
        long packet = PacketSize.ofPublish(topic, body.length);
        if (packet > maxPacketSize) {
            throw new DxlException("DXL0406 The message to " + ForeignText.shown(topic)
                    + " is not sent: its packet has "
                    + packet + " bytes, and the limit is " + maxPacketSize + ". DXL brokers close the connection when a"
                    + " packet exceeds their messageSizeLimit, 1048576 by default; send less, or if the brokers allow"
                    + " more, set dxl.max-packet-size or the system property dxlClient.maxPacketSize");
        }
        return body;
    }
}
