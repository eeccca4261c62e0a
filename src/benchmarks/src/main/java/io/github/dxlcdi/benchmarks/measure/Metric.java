package io.github.dxlcdi.benchmarks.measure;

/** What is measured, under the name that it has in the results. */
public enum Metric {
    /** Events that arrived per second. */
    RATE("events/s"),
    /** CPU time of the receiver per event, µs. */
    CPU("cpu µs/event"),
    /** Bytes that the receiver allocated per event. */
    BYTES("bytes/event"),
    /** Of a hundred events that were sent, how many never arrived. */
    LOST("lost %"),
    /** Of the machine's CPU time, what others than sender and receiver took, %. */
    OTHERS("others' CPU %"),
    /** From the sender's write to the receiver's code, the median, µs. */
    P50("p50 µs"),
    /** The same, of 99 in a hundred. */
    P99("p99 µs"),
    /** The same, of 999 in a thousand. */
    P999("p99.9 µs"),
    /** How long the application took to start, by what its server says, ms. */
    START("start ms");

    private final String title;

    Metric(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
