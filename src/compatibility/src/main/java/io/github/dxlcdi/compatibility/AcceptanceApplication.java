package io.github.dxlcdi.compatibility;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Its resources are found by the server. */
@ApplicationPath("/api")
public class AcceptanceApplication extends Application {}
