package io.github.dxlcdi.example;

import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import jakarta.json.*;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.math.BigInteger;
import java.time.Instant;
import java.util.*;
import java.util.concurrent.ThreadLocalRandom;

/** A detection as a JSON text asks for it. What that leaves out is made up; all that is wrong with it is told at once. */
final class ForcedDetection {
    private static final Map<String, Integer> HEX_DIGITS = Map.of("md5", 32, "sha1", 40, "sha256", 64);
    private static final List<String> NAMES = List.of("FOCUS_MALWARE2.EXE", "svch0st.exe", "Offer.docm", "7z.msi");

    final List<String> problems = new ArrayList<>();
    private final Map<String, String> hashes = new HashMap<>();
    private final FileDetection.Builder detection = FileDetection.builder();

    ForcedDetection(String json) {
        makeUp(ThreadLocalRandom.current());
        try (JsonParser parser = Json.createParser(new StringReader(json))) {
            parser.next();
            parser.getObject().forEach(this::read);
            parser.hasNext(); // Throws if more follows.
        } catch (RuntimeException notAnObject) {
            problems.add("The body is no JSON object: " + notAnObject.getMessage());
        }
    }

    /** To be asked for only without problems. */
    FileDetection detection() {
        return detection.hashes(Hashes.of(hashes)).build();
    }

    private void makeUp(ThreadLocalRandom random) {
        HEX_DIGITS.forEach((type, digits) -> {
            int bits = 4 * digits;
            hashes.put(type, new BigInteger(bits, random).setBit(bits - 1).toString(16));
        });
        detection
                .agentGuid("{" + UUID.randomUUID() + "}")
                .detectionTime(Instant.now())
                .localReputation(TrustLevel.known().get(random.nextInt(9)))
                .name(NAMES.get(random.nextInt(NAMES.size())))
                .remediationAction(5);
    }

    private void read(String field, JsonValue value) {
        switch (field) {
            case "agentGuid" -> detection.agentGuid(take(field, value, "\".{1,100}\"", "text of 1 to 100 characters"));
            case "name" -> detection.name(take(field, value, "\".{1,1000}\"", "text of 1 to 1000 characters"));
            case "detectionTime" ->
                detection.detectionTime(Instant.ofEpochSecond(
                        Long.parseLong(take(field, value, "\\d{1,11}", "whole seconds since 1970"))));
            case "localReputation" ->
                detection.localReputation(new TrustLevel(
                        Integer.parseInt(take(field, value, "\\d\\d?|100", "a whole number from 0 to 100"))));
            case "remediationAction" ->
                detection.remediationAction(
                        Integer.parseInt(take(field, value, "\\d{1,9}", "a whole number of up to 9 digits")));
            case "hashes" -> readHashes(value);
            default ->
                take(field, value, "", "agentGuid, detectionTime, hashes, localReputation, name, remediationAction");
        }
    }

    private void readHashes(JsonValue value) {
        hashes.clear();
        if (value instanceof JsonObject given) {
            given.forEach((type, hash) -> {
                Integer digits = HEX_DIGITS.get(type);
                String pattern = digits == null ? "" : "\"[0-9a-fA-F]{" + digits + "}\"";
                hashes.put(
                        type, take("hashes." + type, hash, pattern, "hex: md5 of 32, sha1 of 40, sha256 of 64 digits"));
            });
        } else {
            take("hashes", value, "", "an object");
        }
    }

    /** The content of a value whose JSON matches; for others a placeholder, and a problem. */
    private String take(String field, JsonValue value, String pattern, String allowed) {
        String json = value instanceof JsonString text ? '"' + text.getString() + '"' : value.toString();
        if (json.matches("(?s)" + pattern)) {
            return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
        }
        String wrong = field + ": " + json;
        problems.add((wrong.length() <= 90 ? wrong : wrong.substring(0, 90) + "…") + "; allowed: " + allowed);
        return "0";
    }
}
