package io.github.dxlcdi.tie;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.tie.json.PayloadReader;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The keys of a file detection, and both of its JSON forms. */
final class FileDetectionJson {
    private static final String AGENT_GUID = "agentGuid";
    private static final String DETECTION_TIME = "detectionTime";
    private static final String HASHES = "hashes";
    private static final String LOCAL_REPUTATION = "localReputation";
    private static final String NAME = "name";
    private static final String REMEDIATION_ACTION = "remediationAction";

    static final Set<String> KEYS =
            Set.of(AGENT_GUID, DETECTION_TIME, HASHES, LOCAL_REPUTATION, NAME, REMEDIATION_ACTION);

    private static final long FIRST_SECOND = Instant.MIN.getEpochSecond();
    private static final long LAST_SECOND = Instant.MAX.getEpochSecond();

    private FileDetectionJson() {}

    static FileDetection read(Event event) {
        return PayloadReader.read(ReceivedEvent.payload(event), in -> read(in, event));
    }

    private static FileDetection read(PayloadReader in, Event event) throws IOException {
        String agentGuid = null;
        Instant detectionTime = null;
        Hashes hashes = null;
        TrustLevel localReputation = null;
        Optional<String> name = null;
        Integer remediationAction = null;
        Map<String, Object> unknown = Map.of();
        for (String key = in.nextKey(); key != null; key = in.nextKey()) {
            switch (key) {
                case AGENT_GUID -> agentGuid = in.once(agentGuid).text();
                case DETECTION_TIME ->
                    detectionTime = Instant.ofEpochSecond(in.once(detectionTime).integer(FIRST_SECOND, LAST_SECOND));
                case HASHES -> hashes = HashesJson.read(in.once(hashes));
                case LOCAL_REPUTATION ->
                    localReputation = new TrustLevel(in.once(localReputation).int32());
                case NAME -> name = in.once(name).isNull() ? Optional.empty() : Optional.of(in.text());
                case REMEDIATION_ACTION ->
                    remediationAction = in.once(remediationAction).int32();
                default -> {
                    unknown = unknown.isEmpty() ? new LinkedHashMap<>() : unknown;
                    in.value(key, unknown);
                }
            }
        }
        return new FileDetection(
                in.required(AGENT_GUID, agentGuid, "the id of an agent"),
                in.required(DETECTION_TIME, detectionTime, "a time in seconds since 1970"),
                in.required(HASHES, hashes, "a list of hashes"),
                in.required(LOCAL_REPUTATION, localReputation, "a trust level"),
                name == null ? Optional.empty() : name,
                in.required(REMEDIATION_ACTION, remediationAction, "the number of an action"),
                unknown,
                Origin.of(event));
    }

    /** Hashes as an object of hex. */
    static Map<String, Object> userForm(FileDetection detection) {
        return form(detection, detection.hashes().all());
    }

    /** Hashes as a list of base64. */
    static Map<String, Object> wireForm(FileDetection detection) {
        return form(detection, HashesJson.wireForm(detection.hashes()));
    }

    private static Map<String, Object> form(FileDetection detection, Object hashes) {
        Map<String, Object> form = new TreeMap<>(detection.unknownFields());
        form.put(AGENT_GUID, detection.agentGuid());
        form.put(DETECTION_TIME, detection.detectionTime().getEpochSecond());
        form.put(HASHES, hashes);
        form.put(LOCAL_REPUTATION, detection.localReputation().value());
        detection.name().ifPresent(name -> form.put(NAME, name));
        form.put(REMEDIATION_ACTION, detection.remediationAction());
        return form;
    }
}
