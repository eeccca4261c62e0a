package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An application server as a process on a port of its own. A kind of server says in a subclass how it is launched, and how
 * an application gets in and out; all else is the same for all.
 */
abstract class Server implements AutoCloseable {
    static final Path TARGET = Path.of("target").toAbsolutePath();
    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    static final Duration START_LIMIT = Duration.ofSeconds(120);

    private static final long STOP_LIMIT_SECONDS = 30;

    /** What is kept only softly would look like a leak. */
    private static final String NO_SOFT_REFERENCES = "-XX:SoftRefLRUPolicyMSPerMB=0";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> deployed = new LinkedHashSet<>();
    private Process process;
    private ProcessHandle java;
    private Path folder;
    private int port;

    /** One of each kind, not yet launched. */
    static Stream<Server> all() {
        return chosen(new OpenLiberty(), new PayaraMicro());
    }

    /** With those on which not all the rest was tried. */
    static Stream<Server> withHealthPage() {
        return chosen(new OpenLiberty(), new PayaraMicro(), new WildFly());
    }

    private static Stream<Server> chosen(Server... servers) {
        String only = System.getProperty("server", "");
        return Stream.of(servers).filter(server -> server.toString().contains(only));
    }

    /**
     * Starts the process.
     *
     * @param folder all that the server writes goes here
     */
    protected abstract ProcessBuilder command(Path folder, int port, String jvmOption) throws IOException;

    /** Returns when the server can take applications. */
    protected abstract void awaitStarted();

    /** Deploys {@code name}.war or .ear, a WAR at {@code /name}; returns when it has started, and fails if it can't. */
    protected abstract void start(String name, Path archive);

    /** Returns when the application has stopped. */
    protected abstract void end(String name);

    /** Whether it takes an EAR. */
    boolean takesEars() {
        return true;
    }

    /** Class loaders of applications that it keeps after they have gone, whatever these applications are. */
    long loadersKept() {
        return 0;
    }

    /** Where it tells which checks of readiness there are. */
    URI readinessPage() {
        return at("/health/ready");
    }

    /** All that was logged so far. */
    String log() {
        return console();
    }

    final void launch(String name, Map<String, String> environment) {
        launch(name, environment, NO_SOFT_REFERENCES);
    }

    final void launch(String name, Map<String, String> environment, String jvmOption) {
        try {
            folder = emptied(TARGET.resolve("servers").resolve(this + "-" + name));
            port = freePort();
            ProcessBuilder builder = command(folder, port, jvmOption)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("console.log").toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitStarted();
        // A shell script may stand between.
        java = process.descendants().findFirst().orElse(process.toHandle());
    }

    final void deploy(String name, Path archive) {
        deployed.add(name);
        start(name, archive);
    }

    final void undeploy(String name) {
        end(name);
        deployed.remove(name);
    }

    final void undeployAll() {
        Set.copyOf(deployed).forEach(this::undeploy);
    }

    final Process process() {
        assertThat(process.isAlive())
                .as("%s runs; it wrote: %s", this, console())
                .isTrue();
        return process;
    }

    final Path folder() {
        return folder;
    }

    /** What it printed so far. */
    final String console() {
        return read(folder.resolve("console.log"));
    }

    static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body; empty if the answer is not 200. */
    final String get(String path) {
        return answer(at(path))
                .filter(response -> response.statusCode() == 200)
                .map(HttpResponse::body)
                .orElse("");
    }

    /** Whether every check of readiness is UP. */
    final boolean isReady() {
        return answer(readinessPage())
                .filter(response -> response.statusCode() == 200)
                .isPresent();
    }

    /** UP or DOWN, from the one check of that name; empty if there is none. */
    final Optional<String> readiness(String check) {
        return answer(readinessPage()).map(response -> statusOf(check, response.body()));
    }

    private static String statusOf(String check, String body) {
        try {
            List<?> checks = (List<?>) JSON.std.mapFrom(body).get("checks");
            return checks.stream()
                    .map(one -> (Map<?, ?>) one)
                    .filter(one -> one.get("name").equals(check))
                    .map(one -> (String) one.get("status"))
                    .reduce((one, another) -> fail("%s is there twice: %s", check, body))
                    .orElse(null);
        } catch (IOException e) {
            // A page of the server's own, before the application has started.
            return null;
        }
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    /** Empty if there is none. */
    private Optional<HttpResponse<String>> answer(URI page) {
        HttpRequest request =
                HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(10)).build();
        try {
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Class loaders that have loaded our client, after the garbage was collected. */
    final long loadersOfTheClient() {
        jcmd("GC.run");
        return jcmd("VM.class_hierarchy", "com.opendxl.client.DxlClient")
                .lines()
                .filter(line -> line.contains("com.opendxl.client.DxlClient/"))
                .count();
    }

    /** Threads that run code of ours or of Netty's, or bear our name. */
    final List<String> ourThreads() {
        return Stream.of(jcmd("Thread.print").split("\n\n"))
                // Which is ours, but no part of the application.
                .filter(thread -> !thread.contains(PayaraLauncher.class.getName()))
                .filter(thread -> thread.startsWith("\"dxl-")
                        || thread.contains("at com.opendxl.")
                        || thread.contains("at io.github.dxlcdi.")
                        || thread.contains("at io.netty."))
                .toList();
    }

    /** Ends it as an operator does; returns how long it took. */
    final Duration stop() {
        long before = System.nanoTime();
        process.destroy();
        try {
            assertThat(process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("stopped within %s s", STOP_LIMIT_SECONDS)
                    .isTrue();
            java.onExit().orTimeout(STOP_LIMIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Duration.ofNanos(System.nanoTime() - before);
    }

    @Override
    public void close() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The folder, there and empty. */
    static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    private String jcmd(String... arguments) {
        try {
            Path output = folder.resolve("jcmd.out");
            List<String> command = Stream.concat(
                            Stream.of(JAVA.resolveSibling("jcmd").toString(), String.valueOf(java.pid())),
                            Stream.of(arguments))
                    .toList();
            Process jcmd = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!jcmd.waitFor(30, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
                jcmd.destroyForcibly();
                fail(command + " failed: " + read(output));
            }
            return read(output);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
