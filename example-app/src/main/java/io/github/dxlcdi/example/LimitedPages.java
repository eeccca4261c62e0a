package io.github.dxlcdi.example;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.*;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Refuses another page where as many follow as may: each holds a connection of the server. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface LimitedPages {
    /** Asks before the stream begins, when a status can still be sent. */
    @Provider
    @LimitedPages
    @ApplicationScoped
    class Limit implements ContainerRequestFilter {
        @Inject
        RecentDetections recent;

        @Override
        public void filter(ContainerRequestContext request) {
            if (recent.isFull()) {
                request.abortWith(Response.status(503).header("Retry-After", 10).build());
            }
        }
    }
}
