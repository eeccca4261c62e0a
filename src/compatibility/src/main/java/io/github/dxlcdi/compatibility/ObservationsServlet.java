package io.github.dxlcdi.compatibility;

import com.opendxl.client.DxlClient;
import io.github.dxlcdi.client.spi.FabricConnection;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * What the tests ask: what was seen, and how it stands with the fabric. A servlet, because Open Liberty keeps class loaders
 * of applications with REST resources for longer.
 */
@WebServlet({"/observations", "/connection"})
public class ObservationsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Observations observations;

    @Inject
    private transient DxlClient client;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(request.getServletPath().equals("/connection") ? connection() : observations());
    }

    /** One line each. */
    private String observations() {
        return observations.all().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    /** The phase, the number of messages that wait for observers, and the last error. */
    private String connection() {
        FabricConnection.State state =
                ((FabricConnection.Source) client).fabricConnection().state();
        return state.phase() + " " + state.queueDepth() + " "
                + state.lastError().orElse("");
    }
}
