package io.github.dxlcdi.benchmarks.contender;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;

/**
 * A detection as one reads it by hand: a record that Jackson fills.
 *
 * @param agentGuid the endpoint
 * @param detectionTime seconds
 * @param hashes of the file
 * @param localReputation how far it is trusted
 * @param name of the file
 * @param remediationAction what was done
 */
record HandReadDetection(
        String agentGuid,
        long detectionTime,
        List<Hash> hashes,
        int localReputation,
        String name,
        int remediationAction) {
    private static final ObjectReader READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(HandReadDetection.class);

    /** Jackson decodes the base64. */
    record Hash(String type, byte[] value) {}

    static HandReadDetection read(byte[] payload) throws IOException {
        return READER.readValue(payload);
    }
}
