package com.opendxl.client;

/** A system property that is set until this is closed. */
record SystemProperty(String name, String before) implements AutoCloseable {
    static SystemProperty set(String name, String value) {
        return new SystemProperty(name, System.setProperty(name, value));
    }

    @Override
    public void close() {
        if (before == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, before);
        }
    }
}
