package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration, to be told all at once. Used by one thread. */
final class Findings {
    private static final int MOST_TOLD = 20;

    private final List<DxlException> all = new ArrayList<>();

    /** A step of reading that may fail. */
    interface Step<T> {
        T take() throws DxlException;
    }

    /** The result of a step; {@code otherwise} if it fails, which is noted. */
    <T> T of(T otherwise, Step<T> step) {
        try {
            return step.take();
        } catch (DxlException e) {
            add(e);
            return otherwise;
        }
    }

    void add(DxlException finding) {
        all.add(finding);
    }

    /** Throws what was noted, if anything was: a single one as it is. */
    void throwAll() throws DxlException {
        if (all.size() == 1) {
            throw all.get(0);
        }
        if (!all.isEmpty()) {
            List<String> told =
                    all.stream().map(Throwable::getMessage).limit(MOST_TOLD).toList();
            throw new DxlException(all.size() + " things are wrong in it. " + String.join(". ", told)
                    + (all.size() > MOST_TOLD ? ". And more" : ""));
        }
    }
}
