package io.github.dxlcdi.client.wire;

import java.io.IOException;

/** The bytes are no DXL message; the text names the field, where it was expected and what stood there. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
