package io.github.dxlcdi.benchmarks;

import io.github.dxlcdi.benchmarks.contender.Contender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wanted.
 *
 * @param contenders who takes part
 * @param rounds how often each
 * @param oneLife whether a receiver sleeps between two rounds; else it is ended and started again
 * @param closeLives lives a round of those whose goals are close to what they reach
 * @param warmUp before the first measurement in each shape
 * @param window how long each measurement of the rate takes
 * @param paced events of each measurement of the latency
 * @param warmEvents events that have come before that
 * @param results where results for machines go, or come from
 * @param tableOnly make the table from results that there are
 */
record Options(
        Set<Contender> contenders,
        int rounds,
        boolean oneLife,
        int closeLives,
        Duration warmUp,
        Duration window,
        int paced,
        long warmEvents,
        Path results,
        boolean tableOnly) {
    static final String USAGE =
            """
            Arguments:
              --short            the main contenders only, five short rounds, each receiver in one JVM for all
                                 of them: less than five minutes
              --long             all contenders, five rounds, a new JVM in each, three for those whose goals
                                 are close; the default
              --only NAME,NAME   only these contenders: %s
              --rounds N         another number of rounds
              --results FILE     another place for results.json
              --table            measures nothing, makes the tables from results.json""".formatted(Stream.of(Contender.values()).map(Options::word).collect(Collectors.joining(" ")));

    /** Those whom most goals are about. */
    private static final Set<Contender> MAIN = EnumSet.of(
            Contender.SENDER,
            Contender.FLOOR,
            Contender.DXL_CLIENT,
            Contender.PAHO,
            Contender.HIVEMQ,
            Contender.DXL_CDI,
            Contender.PAHO_OBSERVER,
            Contender.HIVEMQ_OBSERVER,
            Contender.SMALLRYE);

    /** The rates of two lives differ by some percent, and so little is between these and their goals. */
    private static final Set<Contender> CLOSE = EnumSet.of(Contender.FLOOR, Contender.DXL_CDI, Contender.DXL_CDI_64M);

    private static final long WARM_EVENTS = 300_000;
    private static final Path RESULTS = Path.of("target", "results.json");

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with {@link #USAGE} if it is none
     */
    static Options parse(String... arguments) {
        boolean brief = false;
        boolean table = false;
        Path results = RESULTS;
        Optional<Set<Contender>> only = Optional.empty();
        int rounds = 5;
        Queue<String> words = new ArrayDeque<>(List.of(arguments));
        while (!words.isEmpty()) {
            switch (words.poll()) {
                case "--short" -> brief = true;
                case "--long" -> brief = false;
                case "--table" -> table = true;
                case "--only" -> only = Optional.of(contenders(value(words)));
                case "--rounds" -> rounds = Integer.parseInt(value(words));
                case "--results" -> results = Path.of(value(words));
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        Set<Contender> contenders = only.orElse(brief ? MAIN : EnumSet.allOf(Contender.class));
        return brief
                ? new Options(
                        contenders,
                        rounds,
                        true,
                        1,
                        Duration.ofMillis(2_500),
                        Duration.ofMillis(600),
                        1_000,
                        WARM_EVENTS,
                        results,
                        table)
                : new Options(
                        contenders,
                        rounds,
                        false,
                        3,
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(2),
                        5_000,
                        WARM_EVENTS,
                        results,
                        table);
    }

    /** Those of whom more than one life a round is wanted; in the others than the first only their rates are measured. */
    Set<Contender> close() {
        Set<Contender> close = EnumSet.copyOf(CLOSE);
        close.retainAll(contenders);
        return close;
    }

    private static String value(Queue<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(USAGE);
        }
        return words.poll();
    }

    private static Set<Contender> contenders(String names) {
        List<String> wanted = List.of(names.split(","));
        Set<Contender> found = Stream.of(Contender.values())
                .filter(contender -> wanted.contains(word(contender)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Contender.class)));
        if (found.size() != wanted.size()) {
            throw new IllegalArgumentException(USAGE);
        }
        return found;
    }

    private static String word(Contender contender) {
        return contender.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
