package io.github.dxlcdi.compatibility;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro as the documentation says to start it, with its applications on the command line. */
final class PayaraCommand extends Server {
    private final List<String> options;

    /** @param options beyond those for no cluster and for the port */
    PayaraCommand(String... options) {
        this.options = List.of(options);
    }

    @Override
    protected ProcessBuilder command(Path folder, int port, String jvmOption) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JAVA.toString(),
                jvmOption,
                PayaraMicro.temporaryFiles(folder),
                "-jar",
                PayaraMicro.JAR.toString(),
                "--nocluster",
                "--noHazelcast",
                "--port",
                String.valueOf(port)));
        command.addAll(options);
        return new ProcessBuilder(command);
    }

    @Override
    protected void awaitStarted() {
        await("server is ready").atMost(START_LIMIT).until(() -> {
            process();
            return console().contains(" ready in ");
        });
    }

    @Override
    protected void start(String name, Path archive) {
        throw new UnsupportedOperationException("Its applications are on its command line");
    }

    @Override
    protected void end(String name) {
        throw new UnsupportedOperationException("Its applications end with it");
    }
}
