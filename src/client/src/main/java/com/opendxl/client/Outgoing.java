package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.connection.Connection;
import io.github.dxlcdi.client.transport.MqttTopic;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Messages on their way out: every one bears this client's id. Any thread. */
final class Outgoing {
    private final String clientId;
    private final Connection connection;

    Outgoing(String clientId, Connection connection) {
        this.clientId = clientId;
        this.connection = connection;
    }

    /** Done when the operating system has it. */
    CompletableFuture<Void> send(Event event) throws DxlException {
        String topic = MqttTopic.requireName(event.getDestinationTopic());
        return connection.publish(topic, bytes(event));
    }

    /** Done when the operating system has it; its topic is the requester's choice, so a wrong one is no wrong argument. */
    CompletableFuture<Void> send(Response response) throws DxlException {
        String topic;
        try {
            topic = MqttTopic.requireName(response.getDestinationTopic());
        } catch (IllegalArgumentException e) {
            throw new DxlException("The request can't be answered: it names no proper topic for the answer", e);
        }
        return connection.publish(topic, bytes(response));
    }

    /** The message as it is sent, with this client as its source. */
    byte[] bytes(Message message) throws DxlException {
        message.setSourceClientId(clientId);
        try {
            return message.toBytes();
        } catch (IOException e) {
            throw new DxlException("The message can't be written", e);
        }
    }
}
