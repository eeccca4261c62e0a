package io.github.dxlcdi.liberty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The server that the build made in {@code target/liberty}, as a process on a port of its own. Configured as in
 * production, by environment variables.
 */
public final class LibertyServer implements AutoCloseable {
    /** The build's own, unless another module says where this one's build left it. */
    private static final Path SERVER = Path.of(System.getProperty("liberty.home", "target/liberty/wlp"));

    /** Its name there. */
    private static final String BUILT = "dxl";

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final long STOP_LIMIT_SECONDS = 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final List<ProcessHandle> children;
    private final Path console;
    private final URI address;

    private LibertyServer(Process process, Path console, URI address) {
        this.process = process;
        this.console = console;
        this.address = address;
        await("the example answers").atMost(START_LIMIT).until(() -> {
            assertThat(process.isAlive())
                    .as("server runs; it wrote: %s", console())
                    .isTrue();
            return status("/api/detections") == 200;
        });
        children = process.descendants().toList();
    }

    /** What is changed in the folder of a server. */
    interface Change {
        void in(Path server) throws IOException;
    }

    /** Makes another server of the same installation, with the same configuration and the same application but for a change. */
    static void copy(String server, Change change) throws IOException {
        Path servers = SERVER.resolve("usr/servers");
        Path folder = servers.resolve(server);
        Files.createDirectories(folder.resolve("apps"));
        for (String file : List.of("server.xml", "apps/example-app.war")) {
            Files.copy(servers.resolve(BUILT).resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        change.in(folder);
    }

    /** Starts it and waits until the example answers, connected to a fabric or not. Its output goes to target/{name}. */
    public static LibertyServer start(String name, Map<String, String> environment) throws IOException {
        return start(BUILT, name, environment);
    }

    /** The same for one that {@link #copy} has made. */
    static LibertyServer start(String server, String name, Map<String, String> environment) throws IOException {
        Path logs = Files.createDirectories(Programs.TARGET.resolve("servers").resolve(name));
        Path console = logs.resolve("console.log");
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        SERVER.resolve("bin/server").toAbsolutePath().toString(), "run", server)
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "HTTP_PORT", String.valueOf(port),
                        "LOG_DIR", logs.toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return new LibertyServer(process, console, URI.create("http://localhost:" + port));
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String json) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    public static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }

    /** The newest detections, newest first. */
    public JsonNode detections() {
        return json(get("/api/detections?limit=1000"));
    }

    /** Follows what comes, as a page does. */
    public EventStream follow() {
        HttpRequest request = request("/api/detections/stream").GET().build();
        return new EventStream(
                send(request, HttpResponse.BodyHandlers.ofInputStream()).body());
    }

    /** The status of a stream that is closed at once. */
    int statusOfStream() throws IOException {
        HttpRequest request = request("/api/detections/stream").GET().build();
        HttpResponse<InputStream> response = send(request, HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }

    /** The status line that the example answers to a client that calls the server by another name. */
    String statusFor(String host) throws IOException {
        try (Socket socket =
                new Socket(socketAddress().getAddress(), socketAddress().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /api/detections HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    /** Where the example answers. */
    public URI address() {
        return address;
    }

    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort());
    }

    public void awaitReady() {
        await("ready").atMost(Duration.ofSeconds(20)).until(() -> status("/health/ready") == 200);
    }

    public void awaitNotReady() {
        await("not ready")
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .until(() -> status("/health/ready") == 503);
    }

    /** What it printed so far. */
    public String console() throws IOException {
        return Files.readString(console);
    }

    /** Ends it as an operator does; fails if it is slow or leaves a process. */
    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("stopped within %s s", STOP_LIMIT_SECONDS)
                    .isTrue();
            assertThat(children).as("processes left").noneMatch(ProcessHandle::isAlive);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            children.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private int status(String path) {
        try {
            return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(request.uri() + " doesn't answer", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(10));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
