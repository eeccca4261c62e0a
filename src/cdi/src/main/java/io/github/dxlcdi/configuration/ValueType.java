package io.github.dxlcdi.configuration;

import com.opendxl.client.Broker;
import com.opendxl.client.exception.MalformedBrokerException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the text of a key becomes a value.
 *
 * @param name what the table of keys calls it
 * @param allowed which values are allowed, in words
 * @param reader the value of a text
 * @param shown what a problem may show of a text
 */
record ValueType<T>(String name, String allowed, Reader<T> reader, UnaryOperator<String> shown) {
    private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,10})\\s*(ms|s|m|h|d)");
    private static final Pattern HOST = Pattern.compile("[^;/@\\s]+");
    private static final Pattern CLIENT_ID = Pattern.compile("[^+#\\p{Cc}]{1,128}");
    private static final Map<String, LongFunction<Duration>> UNITS = Map.of(
            "ms", Duration::ofMillis,
            "s", Duration::ofSeconds,
            "m", Duration::ofMinutes,
            "h", Duration::ofHours,
            "d", Duration::ofDays);

    /** Reads a text, or says why not. */
    interface Reader<T> {
        T read(String text) throws UnreadableValue;
    }

    /** A text is no value; the message says why, unless that is plain from what is allowed. */
    static final class UnreadableValue extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableValue(String why) {
            super(why, null, false, false);
        }
    }

    static ValueType<Boolean> flag() {
        return word("true or false", "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UnreadableValue("");
        });
    }

    static ValueType<String> text(String allowed) {
        return new ValueType<>("text", allowed, text -> text, ShownValue::text);
    }

    /**
     * A host name or address, IPv6 in brackets or not.
     *
     * @param otherwise what is said of anything else
     */
    static ValueType<String> host(String otherwise) {
        return new ValueType<>(
                "text",
                "a host name or address",
                text -> {
                    if (!HOST.matcher(text).matches()) {
                        throw new UnreadableValue(otherwise);
                    }
                    try {
                        return Broker.parse("id;1;" + text).getHostName();
                    } catch (MalformedBrokerException e) {
                        throw new UnreadableValue(otherwise);
                    }
                },
                ShownValue::text);
    }

    /** What may be a level of a topic; far longer ones are no ids. */
    static ValueType<String> clientId() {
        return new ValueType<>(
                "text",
                "1 to 128 characters without + and #",
                text -> inRange(text, CLIENT_ID.matcher(text).matches()),
                ShownValue::text);
    }

    static ValueType<String> secret() {
        return new ValueType<>("text", "any text", text -> text, secret -> ShownValue.MASK);
    }

    static ValueType<String> path(String name, String allowed) {
        return new ValueType<>(name, allowed, text -> text, ShownValue::path);
    }

    /** Of values that are never long. */
    private static <T> ValueType<T> word(String name, String allowed, Reader<T> reader) {
        return new ValueType<>(name, allowed, reader, ShownValue::word);
    }

    static ValueType<String> oneOf(String... words) {
        return word("word", String.join(", ", words), text -> {
            String word = text.toLowerCase(Locale.ROOT);
            return inRange(word, List.of(words).contains(word));
        });
    }

    static ValueType<Integer> count(int least, int most) {
        return word("number", least + " to " + most, text -> {
            int value = number(text, Integer::parseInt);
            return inRange(value, value >= least && value <= most);
        });
    }

    static ValueType<Float> fraction() {
        return word("number", "0 to 1", text -> {
            float value = number(text, Float::parseFloat);
            return inRange(value, value >= 0 && value <= 1);
        });
    }

    static ValueType<Duration> duration(Duration least, Duration most) {
        return word("time", inWords(least) + " to " + inWords(most), text -> {
            Duration value = duration(text);
            return inRange(value, value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
        });
    }

    static ValueType<List<Broker>> brokers() {
        return new ValueType<>(
                "list",
                "`id;port;host[;address]`, `ssl://host[:port]` or `wss://host[:port]`, separated by commas",
                text -> {
                    List<Broker> brokers = new ArrayList<>();
                    for (String line : text.split(",")) {
                        if (!line.isBlank()) {
                            brokers.add(broker(line.strip()));
                        }
                    }
                    return inRange(List.copyOf(brokers), !brokers.isEmpty());
                },
                ShownValue::text);
    }

    private static Broker broker(String line) throws UnreadableValue {
        try {
            return Broker.parse(line);
        } catch (MalformedBrokerException e) {
            return BrokerUrl.read(line).orElseThrow(() -> unreadable(line, e.getMessage()));
        }
    }

    /** Another client than ours may repeat the line, whatever it holds, or say nothing. */
    private static UnreadableValue unreadable(String line, String why) {
        boolean silent =
                why == null || why.contains(line) && !ShownValue.text(line).equals(line);
        return new UnreadableValue(silent ? "" : why);
    }

    private static <T> T inRange(T value, boolean allowed) throws UnreadableValue {
        if (!allowed) {
            throw new UnreadableValue("");
        }
        return value;
    }

    private static <T> T number(String text, Function<String, T> parser) throws UnreadableValue {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new UnreadableValue("");
        }
    }

    private static Duration duration(String text) throws UnreadableValue {
        Matcher simple = SIMPLE_DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (simple.matches()) {
            return UNITS.get(simple.group(2)).apply(Long.parseLong(simple.group(1)));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new UnreadableValue("a time is written as 500ms, 60s, 5m, 1h or PT60S");
        }
    }

    private static String inWords(Duration duration) {
        if (duration.toMillisPart() > 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        return seconds > 0 && seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s";
    }
}
