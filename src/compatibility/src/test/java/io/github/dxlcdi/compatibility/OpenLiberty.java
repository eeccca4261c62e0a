package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/** Open Liberty, unpacked by the build of {@code liberty/}; applications go to its folder {@code dropins}. */
final class OpenLiberty extends Server {
    private static final Path HOME = Path.of(System.getProperty("liberty.home", "../../liberty/target/liberty/wlp"));
    private static final String SERVER_XML = """
            <server>
              <featureManager>
                <feature>cdi-4.0</feature>
                <feature>concurrent-3.0</feature>
                <feature>jdbc-4.3</feature>
                <feature>jsonp-2.1</feature>
                <feature>mpConfig-3.1</feature>
                <feature>mpHealth-4.0</feature>
                <feature>restfulWS-3.1</feature>
                <feature>servlet-6.0</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="localhost" httpPort="%d" httpsPort="-1"/>
              <applicationMonitor updateTrigger="polled" pollingRate="100ms"/>
              %s
            </server>
            """;

    /** Further elements of server.xml. */
    private final String more;

    OpenLiberty() {
        this("");
    }

    OpenLiberty(String more) {
        this.more = more;
    }

    @Override
    protected ProcessBuilder command(Path folder, int port, String jvmOption) throws IOException {
        Path server = Files.createDirectories(folder.resolve("servers/compatibility"));
        Files.createDirectories(dropins());
        Files.writeString(server.resolve("server.xml"), SERVER_XML.formatted(port, more));
        Files.writeString(server.resolve("jvm.options"), jvmOption + "\n");
        ProcessBuilder builder =
                new ProcessBuilder(HOME.resolve("bin/server").toAbsolutePath().toString(), "run", "compatibility");
        builder.environment().put("WLP_USER_DIR", folder.toString());
        return builder;
    }

    @Override
    protected void awaitStarted() {
        await("server is ready").atMost(START_LIMIT).until(() -> process().isAlive() && log().contains("CWWKF0011I"));
    }

    @Override
    protected void start(String name, Path archive) {
        long before = count("CWWKZ000[13]I", name);
        String file = archive.getFileName().toString();
        String type = file.substring(file.lastIndexOf('.'));
        try {
            // By renaming, so that the server never sees half a file.
            Path copy = Files.copy(archive, folder().resolve(name + type), StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, dropins().resolve(name + type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(name + " has started").atMost(START_LIMIT).until(() -> {
            assertThat(log().lines()).noneMatch(line -> line.contains("CWWKZ0002E"));
            return count("CWWKZ000[13]I", name) > before;
        });
    }

    @Override
    protected void end(String name) {
        long before = count("CWWKZ0009I", name);
        try {
            Files.deleteIfExists(dropins().resolve(name + ".war"));
            Files.deleteIfExists(dropins().resolve(name + ".ear"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(name + " has stopped").atMost(START_LIMIT).until(() -> count("CWWKZ0009I", name) > before);
    }

    /** That of the application that was there last, even if it was nothing but a servlet. */
    @Override
    long loadersKept() {
        return 1;
    }

    /** With what is logged for administrators, which the console leaves out. */
    @Override
    String log() {
        return read(folder().resolve("servers/compatibility/logs/messages.log"));
    }

    private Path dropins() {
        return folder().resolve("servers/compatibility/dropins");
    }

    private long count(String code, String name) {
        return Pattern.compile(code + ": .*\\b" + Pattern.quote(name) + "\\b")
                .matcher(log())
                .results()
                .count();
    }
}
