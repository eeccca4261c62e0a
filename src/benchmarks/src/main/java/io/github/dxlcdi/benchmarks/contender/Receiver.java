package io.github.dxlcdi.benchmarks.contender;

import io.github.dxlcdi.benchmarks.measure.Snapshot;
import io.github.dxlcdi.benchmarks.measure.Tally;
import io.github.dxlcdi.benchmarks.profile.Profile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The process of one receiver: does what the driver says on standard input, a line each, and answers with a line each. */
public final class Receiver {
    /** Begins each answer; what else is printed is no answer. */
    public static final String ANSWER = ">";

    /** Null while none is made. */
    private static Profile profile;

    private Receiver() {}

    /** Arguments: the simple name of a {@link Subscriber}, and the components of an {@link Endpoint}. */
    public static void main(String[] arguments) throws Exception {
        Subscriber subscriber = (Subscriber) Class.forName(Receiver.class.getPackageName() + "." + arguments[0])
                .getDeclaredConstructor()
                .newInstance();
        subscriber.start(
                new Endpoint(
                        arguments[1],
                        Integer.parseInt(arguments[2]),
                        Path.of(arguments[3]),
                        Integer.parseInt(arguments[4])),
                Tally.OF_THIS_JVM);
        say("ready");
        obey();
        // What a subscriber has started need not end by itself.
        System.exit(0);
    }

    private static void obey() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            say(answer(command, Tally.OF_THIS_JVM));
        }
    }

    /**
     * Does what is wanted.
     *
     * @param command {@code snapshot}, {@code count}, {@code note N}, {@code times}, {@code profile} or {@code
     *     profiled}
     */
    public static String answer(String command, Tally tally) throws IOException {
        String[] words = command.split(" ");
        return switch (words[0]) {
            case "snapshot" -> Snapshot.now(tally).line();
            case "count" -> String.valueOf(tally.count());
            case "note" -> {
                tally.noteTimes(Integer.parseInt(words[1]));
                yield "noting";
            }
            case "times" ->
                Arrays.stream(tally.times()).mapToObj(Long::toString).collect(Collectors.joining(" "));
            case "profile" -> {
                profile = Profile.begin();
                yield "profiling";
            }
            case "profiled" ->
                profile.end().entrySet().stream()
                        .map(stage -> stage.getKey().name() + "=" + stage.getValue())
                        .collect(Collectors.joining(" "));
            default -> throw new IllegalArgumentException(command);
        };
    }

    private static void say(String answer) {
        System.out.println(ANSWER + answer);
        System.out.flush();
    }
}
