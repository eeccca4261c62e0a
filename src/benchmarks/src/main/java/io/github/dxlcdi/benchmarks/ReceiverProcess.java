package io.github.dxlcdi.benchmarks;

import io.github.dxlcdi.benchmarks.contender.Contender;
import io.github.dxlcdi.benchmarks.contender.Endpoint;
import io.github.dxlcdi.benchmarks.contender.Receiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link Receiver} in a JVM of its own. */
final class ReceiverProcess implements Receiving {
    private static final long END_SECONDS = 5;

    private final Contender contender;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;

    private ReceiverProcess(Contender contender, Path log, Process process) {
        this.contender = contender;
        this.log = log;
        this.process = process;
        answers = process.inputReader();
        commands = new PrintStream(process.getOutputStream(), true);
    }

    static ReceiverProcess start(Contender contender, Endpoint endpoint) throws IOException {
        Path log = endpoint.folder().resolve(contender.name() + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(contender.jvmOptions());
        command.addAll(List.of(
                "-classpath",
                contender.classPath().text(),
                Receiver.class.getName(),
                contender.subscriber(),
                endpoint.host(),
                String.valueOf(endpoint.port()),
                endpoint.folder().toString(),
                String.valueOf(endpoint.frameBytes())));
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        return new ReceiverProcess(contender, log, process);
    }

    @Override
    public void awaitReady() throws IOException {
        answer();
    }

    @Override
    public double startMillis() {
        throw new UnsupportedOperationException("It is no application on a server");
    }

    @Override
    public String ask(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(Receiver.ANSWER)) {
                return line.substring(Receiver.ANSWER.length());
            }
        }
        throw new IOException(contender + " has ended; it wrote: " + Files.readString(log));
    }

    @Override
    public void close() throws InterruptedException {
        commands.close();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
