package org.example.quarantine;

import com.opendxl.client.DxlClient;
import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.time.Instant;
import java.util.Map;

/** Sends a detection as an endpoint would; it comes back over the fabric. */
@RequestScoped
@Path("rehearsal")
public class Rehearsal {
    @ApplicationPath("/")
    public static class Resources extends Application {}

    @Inject
    DxlClient client;

    @POST
    public String detect() throws DxlException {
        client.sendEvent(FileDetection.builder()
                .agentGuid("{68125cd6-a5d8-11e6-348e-000c29663178}")
                .detectionTime(Instant.now())
                .hashes(Hashes.of(Map.of("md5", "eb5e2b9dc51817a086d7b97eb52410ab")))
                .localReputation(TrustLevel.KNOWN_MALICIOUS)
                .name("FOCUS_MALWARE2.EXE")
                .remediationAction(5)
                .build()
                .toEvent());
        return "Sent\n";
    }
}
