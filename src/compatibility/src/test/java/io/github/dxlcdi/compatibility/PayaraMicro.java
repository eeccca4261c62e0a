package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Payara Micro; applications come and go by its API, called by {@link PayaraLauncher} in the server's process. */
final class PayaraMicro extends Server {
    static final Path JAR = Path.of(System.getProperty("payara.jar", "payara-micro.jar"));

    private int commands;

    @Override
    protected ProcessBuilder command(Path folder, int port, String jvmOption) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), jvmOption, temporaryFiles(folder)));
        command.addAll(openPackages());
        command.addAll(List.of(
                "-cp",
                JAR + File.pathSeparator + folderOfLauncher(folder),
                PayaraLauncher.class.getName(),
                String.valueOf(port)));
        return new ProcessBuilder(command);
    }

    @Override
    protected void awaitStarted() {
        awaitDone(0);
    }

    @Override
    protected void start(String name, Path archive) {
        command("deploy " + name + " " + archive);
    }

    @Override
    protected void end(String name) {
        command("undeploy " + name);
    }

    /** Of the first application: its thread that writes the log begins with that one. */
    @Override
    long loadersKept() {
        return 1;
    }

    /** Says "Archive type was not recognized". */
    @Override
    boolean takesEars() {
        return false;
    }

    private void command(String line) {
        try {
            Writer commands = process().outputWriter();
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitDone(++commands);
    }

    private void awaitDone(int command) {
        String done = PayaraLauncher.DONE + command + " ";
        await("command " + command)
                .atMost(START_LIMIT)
                .until(() -> process().isAlive() && console().contains(done));
        assertThat(console()).as("command %s", command).contains(done + "true");
    }

    /** Where it unpacks itself to; otherwise that would stay when a test kills it. */
    static String temporaryFiles(Path folder) throws IOException {
        return "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp"));
    }

    /** The launcher alone: applications prefer what else the server's class path holds to their own classes. */
    private static Path folderOfLauncher(Path folder) throws IOException {
        Path classes = folder.resolve("launcher");
        Path launcher = Path.of(PayaraLauncher.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(classes.resolve(launcher).getParent());
        Files.copy(TARGET.resolve("test-classes").resolve(launcher), classes.resolve(launcher));
        return classes;
    }

    /** What the manifest grants to a server that is started with {@code -jar}. */
    private static List<String> openPackages() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            List<String> options = new ArrayList<>();
            for (String name : List.of("Add-Opens", "Add-Exports")) {
                String value = manifest.getValue(name);
                if (value != null) {
                    Stream.of(value.split(" +"))
                            .forEach(opened ->
                                    options.add("--" + name.toLowerCase(Locale.ROOT) + "=" + opened + "=ALL-UNNAMED"));
                }
            }
            return options;
        }
    }
}
