package io.github.dxlcdi.client.service;

import com.opendxl.client.exception.DxlException;

/** The broker has answered, and the answer is no. */
public final class RefusedException extends DxlException {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }

    static boolean isBehind(Throwable failure) {
        return failure instanceof RefusedException || failure.getCause() instanceof RefusedException;
    }
}
