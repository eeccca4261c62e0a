package io.github.dxlcdi.liberty;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/** Signs what a client's command line sends for provisioning, as ePO does for those who know the password. */
final class ManagementService implements AutoCloseable {
    private static final String PROVISION = "/remote/DxlBrokerMgmt.generateOpenDXLClientProvisioningPackageCmd";
    static final String USER = "admin";
    static final String PASSWORD = "s3cret";

    private final HttpsServer server;
    private final Path authority;
    private final String brokerLine;

    /** The folder holds what {@link Certificates} wrote; clients are to be sent to the broker of the line. */
    static ManagementService start(Path authority, String brokerLine) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        return new ManagementService(server, authority, brokerLine);
    }

    private ManagementService(HttpsServer server, Path authority, String brokerLine) throws IOException {
        this.server = server;
        this.authority = authority;
        this.brokerLine = brokerLine;
        SSLContext tls = Certificates.serverContext(authority);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext(PROVISION, this::provision);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void provision(HttpExchange exchange) throws IOException {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + login).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        String request = Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
                .filter(parameter -> parameter.startsWith("csrString="))
                .map(parameter -> parameter.substring("csrString=".length()))
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
        String parts = String.join(
                ",", Certificates.authority(authority), Certificates.sign(authority, request), brokerLine, "");
        byte[] answer = ("OK:\r\n" + new ObjectMapper().writeValueAsString(parts)).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
