package io.github.dxlcdi.benchmarks;

import java.io.IOException;

/** One who receives, in a process of its own. */
interface Receiving extends AutoCloseable {
    /** Returns when it has subscribed, or would have. */
    void awaitReady() throws IOException, InterruptedException;

    /** Has it do something, and gives its answer; see {@link io.github.dxlcdi.benchmarks.contender.Receiver#answer}. */
    String ask(String command) throws IOException, InterruptedException;

    /** How long its application took to start, ms. */
    double startMillis() throws IOException;

    /** Ends it. */
    @Override
    void close() throws InterruptedException;
}
