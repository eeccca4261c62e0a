package io.github.dxlcdi.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MillisecondTimesTest extends FabricTest {
    private static final long MILLIS = 1_481_301_796_000L;

    @Test
    void a_time_in_milliseconds_is_kept_and_warned_about_once() {
        try (CapturedLog log = new CapturedLog();
                TestApplication app = application().start(Quarantine.class)) {
            awaitSubscribed();
            for (long time : new long[] {1_481_301_796, 100_000_000_000L, MILLIS, MILLIS + 1}) {
                fabric.publish(FileDetection.TOPIC, detection(time));
            }
            await().until(() -> app.get(Quarantine.class).seen().size() == 4);

            assertThat(app.get(Quarantine.class).seen().get(2).detectionTime())
                    .isEqualTo(Instant.ofEpochSecond(MILLIS));
            List<String> warnings = log.lines().stream()
                    .filter(line -> line.contains("DXL1207"))
                    .toList();
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("WARNING DXL1207 Message {")
                    .contains("the detectionTime " + MILLIS + ",")
                    .contains(app.get(Quarantine.class)
                            .seen()
                            .get(2)
                            .origin()
                            .sourceClientId()
                            .orElseThrow());
        }
    }

    private static byte[] detection(long time) {
        return ("{\"agentGuid\":\"a\",\"detectionTime\":" + time
                        + ",\"hashes\":[],\"localReputation\":1,\"remediationAction\":5}")
                .getBytes(UTF_8);
    }
}
