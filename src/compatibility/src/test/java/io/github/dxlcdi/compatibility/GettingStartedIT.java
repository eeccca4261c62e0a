package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The page docs/getting-started.md, followed to the letter but for the ports: its files are written where it says, and its
 * commands are run, with a local Maven repository that this project is not in before.
 */
class GettingStartedIT {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path SCRATCH = Server.TARGET.resolve("getting-started");
    private static final Path REPOSITORY = SCRATCH.resolve("repository");
    private static final Path CLONE = SCRATCH.resolve("dxl-cdi");
    private static final Path APPLICATION = SCRATCH.resolve("quarantine");
    private static final Pattern FILE = Pattern.compile("(?ms)^`([^`]+)`[^\\n]*:\\n\\n```\\w+\\n(.*?)^```$");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static String page;

    @BeforeAll
    static void start_from_nothing() throws Exception {
        Server.emptied(SCRATCH);
        page = Files.readString(PROJECT.resolve("docs/getting-started.md"))
                .replace("9080", String.valueOf(Server.freePort()))
                .replace("8080", String.valueOf(Server.freePort()));
        run(SCRATCH, "cp -a '" + System.getProperty("local.repository") + "' '" + REPOSITORY + "'");
        Server.emptied(REPOSITORY.resolve("io/github/dxlcdi"));
        copySources();
        run(CLONE, commands("## Once", 0));
        var files = FILE.matcher(page).results().toList();
        assertThat(files).hasSize(5);
        for (var file : files) {
            Path path = APPLICATION.resolve(file.group(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.group(2));
        }
    }

    @AfterAll
    static void leave_no_gigabyte() throws IOException {
        Server.emptied(SCRATCH);
    }

    @Test
    void on_open_liberty_the_observer_prints_what_the_page_says() throws Exception {
        followed("### On Open Liberty");
    }

    @Test
    void on_payara_micro_the_observer_prints_what_the_page_says() throws Exception {
        followed("### On Payara Micro");
    }

    /** The files that docs/client.md shows pieces of. */
    @Test
    void with_the_client_alone_or_with_another_one_maven_finds_what_the_page_says() throws Exception {
        Path poms = Path.of("src/test/poms").toAbsolutePath();
        String other = "mvn -q install:install-file -Dfile='" + System.getProperty("acceptance.war")
                + "' -DgroupId=com.opendxl -DartifactId=dxlclient -Dversion=0.2.9 -Dpackaging=jar\n";

        assertThat(libraries(poms.resolve("client.xml"), ""))
                .contains("dxl-client", "netty-handler")
                .containsOnlyOnce("netty-tcnative-boringssl-static")
                .doesNotContain("jackson-databind", "dxl-tie");
        assertThat(libraries(poms.resolve("other-client.xml"), other))
                .contains("dxl-cdi", "dxl-tie", "jackson-core", "dxlclient")
                .doesNotContain("dxl-client", "netty-handler");
    }

    private static List<String> libraries(Path pom, String before) throws Exception {
        Path list = Files.createTempFile(SCRATCH, "libraries-", ".txt");
        run(
                SCRATCH,
                before + "mvn -q -f '" + pom
                        + "' org.apache.maven.plugins:maven-dependency-plugin:3.8.1:list -DoutputFile='" + list + "'");
        return Files.readAllLines(list).stream()
                .map(line -> line.strip().split(":"))
                .filter(parts -> parts.length > 3)
                .map(parts -> parts[1])
                .toList();
    }

    private static void followed(String section) throws Exception {
        String printed = Pattern.compile("(?m)^Quarantine: .*$")
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        Path console = Files.createTempFile(Server.TARGET, "getting-started-", ".log");
        Process server = start(APPLICATION, commands(section, 0), console);
        try {
            Path answer = Files.createTempFile(Server.TARGET, "rehearsal-", ".out");
            Process rehearsal = start(APPLICATION, commands(section, 1), answer);
            try {
                await("the rehearsal has ended").atMost(LIMIT).until(() -> {
                    assertThat(server.isAlive())
                            .as("server runs; see %s", console)
                            .isTrue();
                    return !rehearsal.isAlive();
                });
            } finally {
                rehearsal.descendants().forEach(ProcessHandle::destroyForcibly);
                rehearsal.destroyForcibly();
            }
            assertThat(answer).content().endsWith("Sent\n");
            await("the observer prints").until(() -> Files.readString(console).contains(printed));
        } finally {
            List<ProcessHandle> all = Stream.concat(server.descendants(), Stream.of(server.toHandle()))
                    .toList();
            all.forEach(ProcessHandle::destroy);
            for (ProcessHandle process : all) {
                process.onExit()
                        .completeOnTimeout(process, 20, TimeUnit.SECONDS)
                        .join()
                        .destroyForcibly();
            }
        }
    }

    /** The {@code number}th block of commands in a section. */
    private static String commands(String section, int number) {
        String text = page.substring(page.indexOf("\n" + section));
        return Pattern.compile("(?ms)^```shell\\n(.*?)^```$")
                .matcher(text)
                .results()
                .skip(number)
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static void run(Path folder, String commands) throws IOException, InterruptedException {
        Path output = Files.createTempFile(Server.TARGET, "getting-started-", ".log");
        Process process = start(folder, commands, output);
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            throw new AssertionError(commands + " failed or didn't end; see " + output);
        }
    }

    private static Process start(Path folder, String commands, Path output) throws IOException {
        String script = "set -e\nmvn() { command mvn -B -ntp -Dmaven.repo.local='" + REPOSITORY + "' \"$@\"; }\n";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script + commands)
                .directory(Files.createDirectories(folder).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    /** As a clone would bring them. */
    private static void copySources() throws IOException {
        Set<Path> skipped = Set.of(Path.of("target"), Path.of(".git"));
        Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (skipped.contains(folder.getFileName())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(CLONE.resolve(PROJECT.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, CLONE.resolve(PROJECT.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
