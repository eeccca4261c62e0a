package io.github.dxlcdi.benchmarks.load;

/** How events are put into TLS records. */
public enum Shape {
    /** As many as fit: records of 16 KiB. */
    BULK,
    /** A record for each, several of them in one write. */
    SINGLE
}
