package io.github.dxlcdi.client.query;

import java.time.Instant;

/**
 * A broker, as the fabric's brokers know it. What a broker does not tell is empty or 0.
 *
 * @param id its id ({@code guid}), usually a UUID without braces
 * @param hostName its host name ({@code hostname})
 * @param port port for TLS over TCP; 0: none ({@code port})
 * @param webSocketPort port for web sockets; 0: none ({@code webSocketPort})
 * @param version its version ({@code version})
 * @param startTime when it was started; 1970 if it does not tell ({@code startTime}, epoch seconds)
 * @param connectionLimit how many clients it takes; 0: any number ({@code connectionLimit})
 * @param topicRouting whether events go only to brokers that have a subscriber for them ({@code topicRouting})
 */
public record BrokerRecord(
        String id,
        String hostName,
        int port,
        int webSocketPort,
        String version,
        Instant startTime,
        long connectionLimit,
        boolean topicRouting) {
    static BrokerRecord of(Answer answer) {
        return new BrokerRecord(
                answer.text("guid"),
                answer.text("hostname"),
                answer.integer("port"),
                answer.integer("webSocketPort"),
                answer.text("version"),
                answer.epochSeconds("startTime"),
                answer.number("connectionLimit"),
                answer.flag("topicRouting"));
    }
}
