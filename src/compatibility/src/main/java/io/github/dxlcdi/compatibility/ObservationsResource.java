package io.github.dxlcdi.compatibility;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.client.spi.FabricConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Collectors;

/** What the tests ask: what was seen, and how it stands with the fabric. */
@Path("/")
@ApplicationScoped
@Produces(MediaType.TEXT_PLAIN)
public class ObservationsResource {
    @Inject
    private Observations observations;

    @Inject
    private DxlClient client;

    /** One line each. */
    @GET
    @Path("observations")
    public String observations() {
        return observations.all().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    /** The phase, the number of messages that wait for observers, and the last error. */
    @GET
    @Path("connection")
    public String connection() {
        FabricConnection.State state =
                ((FabricConnection.Source) client).fabricConnection().state();
        return state.phase() + " " + state.queueDepth() + " "
                + state.lastError().orElse("");
    }
}
