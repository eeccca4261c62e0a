package io.github.dxlcdi.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.opendxl.client.DxlClient;
import com.opendxl.client.exception.DxlException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
import jakarta.ws.rs.sse.*;
import java.io.*;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What came, what comes, and a way to force a detection. */
@Path("detections")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class DetectionsResource {
    private static final int MAX_BODY = 65_536;

    @Inject
    RecentDetections recent;

    @Inject
    DxlClient client;

    @Inject
    @ConfigProperty(name = "dxl.fabric.embedded", defaultValue = "false")
    boolean embedded;

    @GET
    public Response newest(@QueryParam("limit") @DefaultValue("100") String limit) {
        if (!limit.matches("[1-9]\\d{0,2}|1000")) {
            return refuse(400, List.of("limit is " + limit + "; allowed: a whole number from 1 to 1000"));
        }
        List<String> newest = recent.newest(Integer.parseInt(limit));
        // Written one by one: together they may be large.
        StreamingOutput list = out -> {
            Writer json = new OutputStreamWriter(out, UTF_8);
            String before = "[";
            for (String detection : newest) {
                json.append(before).append(detection);
                before = ",\n";
            }
            json.append(newest.isEmpty() ? "[]" : "]").flush();
        };
        return Response.ok(list).build();
    }

    /** {@link LimitedPages} refuses it when there are too many. */
    @GET
    @Path("stream")
    @LimitedPages
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(
            @Context SseEventSink page, @Context Sse sse, @HeaderParam("Last-Event-ID") @DefaultValue("0") long saw) {
        recent.follow(page, sse, saw);
    }

    /** Sends a detection to the fabric, from where it comes back to the observers like any other. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response force(InputStream body) throws IOException {
        if (!embedded) {
            return refuse(403, List.of("Detections are forced on the embedded fabric only; this one is real"));
        }
        byte[] json = body.readNBytes(MAX_BODY + 1);
        if (json.length > MAX_BODY) {
            return refuse(413, List.of("The body has more than " + MAX_BODY + " bytes"));
        }
        ForcedDetection forced = new ForcedDetection(new String(json, UTF_8));
        if (!forced.problems.isEmpty()) {
            return refuse(400, forced.problems);
        }
        try {
            client.sendEvent(forced.detection().toEvent());
        } catch (DxlException notSent) {
            return refuse(503, List.of("Not sent: " + notSent.getMessage()));
        }
        return Response.accepted(forced.detection().toJson()).build();
    }

    private static Response refuse(int status, List<String> problems) {
        String json =
                Json.createObjectBuilder(Map.of("problems", problems)).build().toString();
        return Response.status(status).entity(json).build();
    }
}
