package io.github.dxlcdi.fabric;

import com.opendxl.client.util.UuidGenerator;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Invents detections: a plausible file and what an endpoint would have thought of it and done about it. */
final class RandomDetection {
    /** TIE publishes no names for the numbers; 5 is the one that its own examples show for a malicious file. */
    private static final int ACTION_OF_EXAMPLES = 5;

    private static final int NO_ACTION = 0;

    private static final List<Sample> SAMPLES = List.of(
            new Sample("FOCUS_MALWARE2.EXE", TrustLevel.KNOWN_MALICIOUS, ACTION_OF_EXAMPLES),
            new Sample("invoice_2026-11.pdf.exe", TrustLevel.KNOWN_MALICIOUS, ACTION_OF_EXAMPLES),
            new Sample("svch0st.exe", TrustLevel.KNOWN_MALICIOUS, ACTION_OF_EXAMPLES),
            new Sample("crack_keygen.exe", TrustLevel.MOST_LIKELY_MALICIOUS, ACTION_OF_EXAMPLES),
            new Sample("Rechnung März.scr", TrustLevel.MOST_LIKELY_MALICIOUS, ACTION_OF_EXAMPLES),
            new Sample("update_flash.js", TrustLevel.MOST_LIKELY_MALICIOUS, ACTION_OF_EXAMPLES),
            new Sample("toolbar-setup.msi", TrustLevel.MIGHT_BE_MALICIOUS, ACTION_OF_EXAMPLES),
            new Sample("remote_support.exe", TrustLevel.MIGHT_BE_MALICIOUS, NO_ACTION),
            new Sample("build-4711.dll", TrustLevel.UNKNOWN, NO_ACTION),
            new Sample("inventory-agent.exe", TrustLevel.UNKNOWN, NO_ACTION),
            new Sample("notepad++.exe", TrustLevel.MIGHT_BE_TRUSTED, NO_ACTION),
            new Sample("putty.exe", TrustLevel.MOST_LIKELY_TRUSTED, NO_ACTION));

    private record Sample(String name, TrustLevel reputation, int action) {}

    private RandomDetection() {}

    static FileDetection make() {
        Sample sample = SAMPLES.get(ThreadLocalRandom.current().nextInt(SAMPLES.size()));
        return FileDetection.builder()
                .agentGuid(UuidGenerator.generateIdAsString())
                .detectionTime(Instant.now())
                .hashes(randomHashes())
                .localReputation(sample.reputation())
                .name(sample.name())
                .remediationAction(sample.action())
                .build();
    }

    private static Hashes randomHashes() {
        Map<String, String> hashes = new LinkedHashMap<>();
        hashes.put("md5", randomHex(16));
        hashes.put("sha1", randomHex(20));
        hashes.put("sha256", randomHex(32));
        return Hashes.of(hashes);
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
