package io.github.dxlcdi.client.query;

import com.fasterxml.jackson.jr.ob.JSON;
import com.opendxl.client.DxlClient;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.client.wire.ForeignText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Asks the brokers of a fabric. Each question waits for its answer, so none may be asked on a delivery thread of the
 * client's own ({@link DxlClient#syncRequest(Request, long)} says when). Safe from any thread.
 *
 * <p>Every method throws a {@link DxlException} if the client is not connected, if no answer comes in time, if the broker
 * answers with an error, or if its answer can't be read. A broker whose topic authorisation does not let this client ask is
 * silent.
 */
public final class FabricQueries {
    private static final String SERVICES = "/mcafee/service/dxl/";
    private static final String BROKERS = "brokerregistry/query";
    private static final String HEALTH = "broker/health";
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final DxlClient client;
    private final Duration wait;

    /** Asks by {@code client}, and waits ten seconds for each answer. */
    public FabricQueries(DxlClient client) {
        this(client, WAIT);
    }

    /** Asks by {@code client}, and waits {@code wait} for each answer. */
    public FabricQueries(DxlClient client, Duration wait) {
        this.client = Objects.requireNonNull(client, "client");
        this.wait = Objects.requireNonNull(wait, "wait");
    }

    /** The brokers that the client's own broker knows, itself included ({@code brokerregistry/query}). */
    public List<BrokerRecord> brokers() throws DxlException {
        return ask(BROKERS, Map.of()).objects("brokers").stream()
                .map(BrokerRecord::of)
                .toList();
    }

    /** The services of the whole fabric ({@code svcregistry/query}). */
    public List<ServiceRecord> services() throws DxlException {
        return services(Map.of());
    }

    /** The services of one type, such as {@code /mcafee/service/tie}. */
    public List<ServiceRecord> services(String serviceType) throws DxlException {
        return services(Map.of("serviceType", serviceType));
    }

    /** The service of an id, if it is registered. */
    public Optional<ServiceRecord> service(String serviceId) throws DxlException {
        return services(Map.of("serviceGuid", serviceId)).stream().findFirst();
    }

    /** How many subscriptions the client's own broker has that match {@code topic}, by itself or by a wildcard. */
    public long subscribers(String topic) throws DxlException {
        return ask("broker/subs", Map.of("topic", topic)).number("count");
    }

    /**
     * Whether each of {@code topics} is subscribed at the client's own broker, spelt like this: a wildcard that matches one
     * doesn't count ({@code brokerregistry/topicquery}).
     *
     * @throws IllegalArgumentException if there is no topic
     */
    public boolean isSubscribed(String... topics) throws DxlException {
        return ask("brokerregistry/topicquery", Map.of("topics", atLeastOne(topics)))
                .flag("exists");
    }

    /** As {@link #isSubscribed}, at a broker by the id that {@link #brokers()} tells. */
    public boolean isSubscribedAt(String brokerId, String... topics) throws DxlException {
        return ask("brokerregistry/topicquery", Map.of("brokerGuid", brokerId, "topics", atLeastOne(topics)))
                .flag("exists");
    }

    /** How the client's own broker is ({@code broker/health}). */
    public BrokerHealth health() throws DxlException {
        // All brokers answer who names none, and it is anybody's guess which is the first. This is answered by our own.
        String own = response(BROKERS, Map.of(), Set.of(), any -> true).getSourceBrokerId();
        return own.isEmpty() ? BrokerHealth.of(ask(HEALTH, Map.of())) : health(own);
    }

    /** How a broker is, by the id that {@link #brokers()} tells. */
    public BrokerHealth health(String brokerId) throws DxlException {
        // Other brokers answer as well, whichever are named.
        return BrokerHealth.of(ask(
                HEALTH,
                Map.of(),
                Set.of(brokerId),
                answer -> answer instanceof ErrorResponse
                        || bare(answer.getSourceBrokerId()).equalsIgnoreCase(bare(brokerId))));
    }

    /** An id as some write it, without braces. */
    private static String bare(String id) {
        return id.startsWith("{") && id.endsWith("}") ? id.substring(1, id.length() - 1) : id;
    }

    private static List<String> atLeastOne(String... topics) {
        if (topics.length == 0) {
            throw new IllegalArgumentException("There is no topic to ask for; name one or more");
        }
        return List.of(topics);
    }

    private List<ServiceRecord> services(Map<String, String> which) throws DxlException {
        return ask("svcregistry/query", which).objects("services").stream()
                .map(ServiceRecord::of)
                .toList();
    }

    private Answer ask(String service, Map<String, ?> question) throws DxlException {
        return ask(service, question, Set.of(), any -> true);
    }

    private Answer ask(String service, Map<String, ?> question, Set<String> brokerIds, Predicate<Response> wanted)
            throws DxlException {
        Response response = response(service, question, brokerIds, wanted);
        try {
            Map<String, Object> fields = JSON.std.mapFrom(response.getPayload());
            if (fields != null) {
                return new Answer(fields);
            }
            throw new DxlException(noObject(service));
        } catch (IOException e) {
            throw new DxlException(noObject(service), e);
        }
    }

    private Response response(
            String service, Map<String, ?> question, Set<String> brokerIds, Predicate<Response> wanted)
            throws DxlException {
        Request request = new Request(client, SERVICES + service);
        request.setBrokerIds(brokerIds);
        try {
            request.setPayload(JSON.std.asBytes(question));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        Response response = client.syncRequest(request, wait, wanted);
        if (response instanceof ErrorResponse error) {
            throw new DxlException("The request to " + SERVICES + service + " was refused: "
                    + String.format("0x%08X, ", error.getErrorCode()) + ForeignText.shown(error.getErrorMessage()));
        }
        return response;
    }

    private static String noObject(String service) {
        return "The answer to the request to " + SERVICES + service + " is no JSON object";
    }
}
