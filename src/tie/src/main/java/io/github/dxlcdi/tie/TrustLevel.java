package io.github.dxlcdi.tie;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a file is trusted, on TIE's scale: 100 is the most, 1 the least, 0 no decision. Numbers that TIE gives no
 * name are kept as they are. To compare levels use {@link #isAtMost} and {@link #isAtLeast}: as a number, no decision
 * is less than every decision. JSON-B and Jackson write the number.
 *
 * @param value the number on the wire ({@code localReputation}, {@code trustLevel}); any int
 */
@JsonbTypeSerializer(JsonbForm.class)
public record TrustLevel(@JsonValue int value) {
    /** 100: an installer that is known, and so trusted with what it installs. */
    public static final TrustLevel KNOWN_TRUSTED_INSTALLER = new TrustLevel(100);
    /** 99. */
    public static final TrustLevel KNOWN_TRUSTED = new TrustLevel(99);
    /** 85. */
    public static final TrustLevel MOST_LIKELY_TRUSTED = new TrustLevel(85);
    /** 70. */
    public static final TrustLevel MIGHT_BE_TRUSTED = new TrustLevel(70);
    /** 50: the provider knows the file and can't decide. */
    public static final TrustLevel UNKNOWN = new TrustLevel(50);
    /** 30. */
    public static final TrustLevel MIGHT_BE_MALICIOUS = new TrustLevel(30);
    /** 15. */
    public static final TrustLevel MOST_LIKELY_MALICIOUS = new TrustLevel(15);
    /** 1. */
    public static final TrustLevel KNOWN_MALICIOUS = new TrustLevel(1);
    /** 0: no decision yet. */
    public static final TrustLevel NOT_SET = new TrustLevel(0);

    private static final Map<TrustLevel, String> NAMES = Map.of(
            KNOWN_TRUSTED_INSTALLER, "KNOWN_TRUSTED_INSTALLER",
            KNOWN_TRUSTED, "KNOWN_TRUSTED",
            MOST_LIKELY_TRUSTED, "MOST_LIKELY_TRUSTED",
            MIGHT_BE_TRUSTED, "MIGHT_BE_TRUSTED",
            UNKNOWN, "UNKNOWN",
            MIGHT_BE_MALICIOUS, "MIGHT_BE_MALICIOUS",
            MOST_LIKELY_MALICIOUS, "MOST_LIKELY_MALICIOUS",
            KNOWN_MALICIOUS, "KNOWN_MALICIOUS",
            NOT_SET, "NOT_SET");

    private static final List<TrustLevel> KNOWN = NAMES.keySet().stream()
            .sorted(Comparator.comparingInt(TrustLevel::value).reversed())
            .toList();

    /** The levels that have a name, the most trusted first. */
    public static List<TrustLevel> known() {
        return KNOWN;
    }

    /** The level with the name of one of the constants; empty if none has it. */
    public static Optional<TrustLevel> named(String name) {
        return KNOWN.stream().filter(level -> level.name().equals(name)).findFirst();
    }

    /** Whether TIE gives this number a name. */
    public boolean isKnown() {
        return NAMES.containsKey(this);
    }

    /**
     * Whether this is a decision that trusts no more than {@code level} does. False if either is no decision: {@link
     * #NOT_SET}, or another number that is not from 1 to 100.
     */
    public boolean isAtMost(TrustLevel level) {
        return isDecision() && level.isDecision() && value <= level.value;
    }

    /**
     * Whether this is a decision that trusts no less than {@code level} does. False if either is no decision: {@link
     * #NOT_SET}, or another number that is not from 1 to 100.
     */
    public boolean isAtLeast(TrustLevel level) {
        return isDecision() && level.isDecision() && value >= level.value;
    }

    private boolean isDecision() {
        return value >= KNOWN_MALICIOUS.value && value <= KNOWN_TRUSTED_INSTALLER.value;
    }

    /** The name of the constant, such as {@code KNOWN_MALICIOUS}; for other numbers {@code UNNAMED_42}. */
    public String name() {
        return NAMES.getOrDefault(this, "UNNAMED_" + value);
    }

    /** Name and number, such as {@code KNOWN_MALICIOUS (1)}. */
    @Override
    public String toString() {
        return isKnown() ? name() + " (" + value + ")" : name();
    }
}
