package io.github.dxlcdi.client.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A service that is registered with the fabric. What the broker does not tell is empty or 0.
 *
 * @param id its id ({@code serviceGuid}): name it in a request to ask this one
 * @param type its type, the same for all that serve alike ({@code serviceType})
 * @param topics the topics of requests that it answers ({@code requestChannels})
 * @param metadata what it says of itself ({@code metaData})
 * @param ttl how long a registration lasts unless it is renewed ({@code ttlMins})
 * @param clientId the client that registered it ({@code clientGuid}): the thumbprint of its certificate
 * @param clientInstanceId the connection of that client ({@code clientInstanceGuid})
 * @param brokerId the broker that this client is connected to ({@code brokerGuid})
 * @param registrationTime when it was registered ({@code registrationTime}, epoch seconds)
 * @param local whether that broker is the one that was asked ({@code local})
 */
public record ServiceRecord(
        String id,
        String type,
        List<String> topics,
        Map<String, String> metadata,
        Duration ttl,
        String clientId,
        String clientInstanceId,
        String brokerId,
        Instant registrationTime,
        boolean local) {
    static ServiceRecord of(Answer answer) {
        return new ServiceRecord(
                answer.text("serviceGuid"),
                answer.text("serviceType"),
                answer.texts("requestChannels"),
                answer.textsByName("metaData"),
                answer.minutes("ttlMins"),
                answer.text("clientGuid"),
                answer.text("clientInstanceGuid"),
                answer.text("brokerGuid"),
                answer.epochSeconds("registrationTime"),
                answer.flag("local"));
    }
}
