package io.github.dxlcdi.example;

import jakarta.inject.Inject;
import jakarta.servlet.*;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers only to names that it is known by. Otherwise any page on the Internet could read the detections: its own name
 * may lead a browser here (DNS rebinding).
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class AllowedHosts implements Filter {
    @Inject
    @ConfigProperty(name = "example.allowed-hosts", defaultValue = "localhost,127.0.0.1,::1")
    Set<String> allowed;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (allows(request.getServerName())) {
            chain.doFilter(request, response);
        } else {
            HttpServletResponse refusal = (HttpServletResponse) response;
            refusal.setStatus(HttpServletResponse.SC_FORBIDDEN);
            refusal.setContentType("text/plain");
            refusal.getWriter().println("This name of the server is not in example.allowed-hosts");
        }
    }

    /** An IPv6 address may come in brackets. */
    boolean allows(String host) {
        return allowed.contains(host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", ""));
    }
}
