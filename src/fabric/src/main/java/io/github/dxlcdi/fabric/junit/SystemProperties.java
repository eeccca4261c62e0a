package io.github.dxlcdi.fabric.junit;

import java.util.HashMap;
import java.util.Map;

/**
 * System properties that were set, and what was there before.
 *
 * @param before null for one that wasn't there
 */
record SystemProperties(Map<String, String> before) {
    static SystemProperties set(Map<String, String> values) {
        Map<String, String> before = new HashMap<>();
        values.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
        return new SystemProperties(before);
    }

    void restore() {
        before.forEach((key, value) -> {
            if (value == null) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, value);
            }
        });
    }
}
