package io.github.dxlcdi.benchmarks;

import io.github.dxlcdi.benchmarks.contender.Application;
import io.github.dxlcdi.benchmarks.contender.Contender;
import io.github.dxlcdi.benchmarks.contender.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Open Liberty with an application that receives; unpacked by the build of {@code liberty/}. */
final class LibertyServer implements Receiving {
    private static final Path HOME = Path.of("..", "..", "liberty", "target", "liberty", "wlp");
    private static final String SERVER = "benchmark";
    private static final long LIMIT_NANOS = Duration.ofSeconds(120).toNanos();
    private static final long LOOK_MILLIS = 50;
    private static final long END_SECONDS = 30;
    private static final Pattern STARTED =
            Pattern.compile("CWWKZ0001I: Application benchmark started in ([0-9.,]+) seconds");

    /** The features of the example's server. */
    private static final String SERVER_XML = """
            <server>
              <featureManager>
                <feature>cdi-4.0</feature>
                <feature>concurrent-3.0</feature>
                <feature>jsonp-2.1</feature>
                <feature>mpConfig-3.1</feature>
                <feature>mpHealth-4.0</feature>
                <feature>restfulWS-3.1</feature>
                <feature>servlet-6.0</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="localhost" httpPort="%d" httpsPort="-1"/>
              <applicationMonitor dropinsEnabled="false" updateTrigger="disabled"/>
              <webApplication location="benchmark.war" contextRoot="/"/>
            </server>
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path messages;
    private final int port;
    private final Process process;

    private LibertyServer(Path messages, int port, Process process) {
        this.messages = messages;
        this.port = port;
        this.process = process;
    }

    static LibertyServer start(Contender contender, Endpoint endpoint) throws IOException {
        Path user = endpoint.folder().resolve(contender.name());
        delete(user);
        Path server = Files.createDirectories(user.resolve("servers").resolve(SERVER));
        Application.write(
                Files.createDirectories(server.resolve("apps")).resolve("benchmark.war"), contender.hasLibraries());
        int port = freePort();
        Files.writeString(server.resolve("server.xml"), SERVER_XML.formatted(port));
        List<String> options = new ArrayList<>(contender.jvmOptions());
        options.add("-Ddxl.config-file=" + endpoint.folder().resolve("dxlclient.config"));
        options.add("-Ddxl.keep-alive=" + Endpoint.KEEP_ALIVE_SECONDS + "s");
        Files.write(server.resolve("jvm.options"), options);
        ProcessBuilder builder = new ProcessBuilder(
                        HOME.resolve("bin")
                                .resolve("server")
                                .toAbsolutePath()
                                .normalize()
                                .toString(),
                        "run",
                        SERVER)
                .redirectErrorStream(true)
                .redirectOutput(user.resolve("console.log").toFile());
        builder.environment().put("WLP_USER_DIR", user.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new LibertyServer(server.resolve("logs").resolve("messages.log"), port, builder.start());
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!log().contains("CWWKF0011I") || started().isEmpty()) {
            if (!process.isAlive() || System.nanoTime() - start > LIMIT_NANOS) {
                throw new IOException("The server has not started; it wrote: " + log());
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public String ask(String command) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + port + "/?" + URLEncoder.encode(command, StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("The application answers " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    @Override
    public double startMillis() throws IOException {
        return started().stream()
                .mapToDouble(seconds -> Double.parseDouble(seconds.replace(',', '.')) * 1000)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(END_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                each.destroyForcibly();
            }
        }
    }

    private List<String> started() throws IOException {
        return STARTED.matcher(log()).results().map(found -> found.group(1)).toList();
    }

    private String log() throws IOException {
        return Files.exists(messages) ? Files.readString(messages) : "";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
