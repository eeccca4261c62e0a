package io.github.dxlcdi.benchmarks;

import io.github.dxlcdi.benchmarks.measure.Results;
import io.github.dxlcdi.benchmarks.report.Report;

/** The command: measures, one at a time and in turn, everybody who receives detections. */
public final class Benchmark {
    private Benchmark() {}

    /** See {@code --help}. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Results results = options.tableOnly() ? Results.read(options.results()) : Course.run(options);
        System.out.println(new Report(results).markdown());
    }
}
