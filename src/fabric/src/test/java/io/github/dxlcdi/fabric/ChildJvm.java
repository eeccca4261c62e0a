package io.github.dxlcdi.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with the class path of this one, spoken to line by line. Ends with {@link #close()} or with us. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private boolean ended;

    private ChildJvm(Process process) {
        this.process = process;
        this.commands = process.outputWriter(UTF_8);
        Thread reader = new Thread(this::readLines, "lines of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    public static ChildJvm start(Class<?> main, List<String> options, String... arguments) throws IOException {
        return start(
                Path.of(System.getProperty("java.home")),
                System.getProperty("java.class.path"),
                main,
                options,
                arguments);
    }

    /** The same on another JDK and with another class path. */
    public static ChildJvm start(
            Path javaHome, String classPath, Class<?> main, List<String> options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Has the main method of a child end when its parent does: reads commands until there can't be any more. */
    public static void onCommands(java.util.function.Consumer<String> commands) throws IOException {
        BufferedReader in = new BufferedReader(new java.io.InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.accept(line);
        }
        Runtime.getRuntime().halt(0);
    }

    /** Gives a command and waits for the line that answers it. */
    public long ask(String command, Duration patience) throws Exception {
        commands.write(command + "\n");
        commands.flush();
        return await(command, patience);
    }

    /**
     * The number of the first line {@code word number} that no call has told yet; waits for one when there is none. Lines
     * that begin with other words stay for whoever asks for them.
     */
    public synchronized long await(String word, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
            for (String line : unread) {
                if (line.startsWith(word + " ")) {
                    unread.remove(line);
                    return Long.parseLong(line.substring(word.length() + 1));
                }
            }
            if (ended) {
                break;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        throw new AssertionError("No line '" + word + "'; there were " + all);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** All that it has said so far. */
    public List<String> lines() {
        return all;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void readLines() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard(line);
            }
        } catch (IOException e) {
            // The process has ended.
        }
        end();
    }

    private synchronized void heard(String line) {
        all.add(line);
        unread.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
