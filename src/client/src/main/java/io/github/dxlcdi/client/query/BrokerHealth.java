package io.github.dxlcdi.client.query;

import java.time.Instant;

/**
 * How a broker is ({@code broker/health}).
 *
 * @param connectedClients clients that are connected to it
 * @param incomingMessages messages that it has received; per second or since its start, as the broker counts
 * @param outgoingMessages messages that it has sent, counted alike
 * @param services services that its clients have registered ({@code localServiceCounter})
 * @param startTime when it was started ({@code startTime}, epoch seconds)
 */
public record BrokerHealth(
        long connectedClients, long incomingMessages, long outgoingMessages, long services, Instant startTime) {
    static BrokerHealth of(Answer answer) {
        return new BrokerHealth(
                answer.number("connectedClients"),
                answer.number("incomingMessages"),
                answer.number("outgoingMessages"),
                answer.number("localServiceCounter"),
                answer.epochSeconds("startTime"));
    }
}
