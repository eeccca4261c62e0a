package io.github.dxlcdi.benchmarks.report;

import io.github.dxlcdi.benchmarks.measure.Results;
import java.util.List;

/**
 * One thing that ours is to reach.
 *
 * @param text what it is about
 * @param bound how what is measured is to compare with what is asked
 * @param asked the bound
 * @param measured the median of the rounds
 * @param verdict whether it is reached
 */
record Goal(String text, Bound bound, double asked, double measured, Verdict verdict) {
    private static final double AGREEMENT = 0.9;

    /** @param rounds what each has given, one at least */
    static Goal of(String text, Bound bound, double asked, List<Double> rounds) {
        double median = Results.median(rounds);
        boolean holds = bound.holds(median, asked);
        long agreeing = rounds.stream()
                .filter(round -> bound.holds(round, asked) == holds)
                .count();
        Verdict verdict = agreeing < AGREEMENT * rounds.size() ? Verdict.CLOSE : holds ? Verdict.YES : Verdict.NO;
        return new Goal(text, bound, asked, median, verdict);
    }

    /** On which side of what is asked the good ones are. */
    enum Bound {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }

        private boolean holds(double measured, double asked) {
            return this == AT_LEAST ? measured >= asked : measured <= asked;
        }

        @Override
        public String toString() {
            return sign;
        }
    }

    /** What a run says of a goal. */
    enum Verdict {
        YES("yes"),
        NO("no"),
        /** More than a tenth of the rounds say other than the median: the next run may, too. */
        CLOSE("close");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
