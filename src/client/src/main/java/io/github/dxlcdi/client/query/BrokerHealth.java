package io.github.dxlcdi.client.query;

import java.time.Instant;

/**
 * How a broker is ({@code broker/health}).
 *
 * @param connectedClients clients that are connected to it
 * @param incomingMessages messages that it receives, per second, a fraction such as 0.05; some count since their start
 * @param outgoingMessages messages that it sends, counted alike
 * @param services services that its clients have registered ({@code localServiceCounter})
 * @param startTime when it was started ({@code startTime}, epoch seconds)
 */
public record BrokerHealth(
        long connectedClients, double incomingMessages, double outgoingMessages, long services, Instant startTime) {
    static BrokerHealth of(Answer answer) {
        return new BrokerHealth(
                answer.number("connectedClients"),
                answer.fraction("incomingMessages"),
                answer.fraction("outgoingMessages"),
                answer.number("localServiceCounter"),
                answer.epochSeconds("startTime"));
    }
}
