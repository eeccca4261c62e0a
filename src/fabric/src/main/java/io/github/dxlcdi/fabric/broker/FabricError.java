package io.github.dxlcdi.fabric.broker;

/** Why the fabric itself refuses a request. */
enum FabricError {
    SERVICE_UNAVAILABLE(0x80000001, "unable to locate service for request"),
    SERVICE_OVERLOADED(0x80000002, "service is overloaded");

    private final int code;
    private final String text;

    FabricError(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** With the highest bit set, so negative. */
    int code() {
        return code;
    }

    String text() {
        return text;
    }
}
