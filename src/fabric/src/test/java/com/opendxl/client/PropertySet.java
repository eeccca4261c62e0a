package com.opendxl.client;

/** A property of the JVM that is set until this is closed. */
record PropertySet(String name, String before) implements AutoCloseable {
    static PropertySet set(String name, String value) {
        return new PropertySet(name, System.setProperty(name, value));
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
